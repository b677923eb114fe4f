import type { History, PastChange, RepairRecord } from '../../lambda/history/history';
import { keepRecord } from '../../lambda/history/memory';
import type { Change, ChangedConnection } from '../../lambda/judge/change';
import type { Finding } from '../../lambda/judge/finding';
import { type ChangeRecord, ending } from '../../lambda/judge/outcome';
import type { Report } from '../../lambda/judge/report';
import { set } from '../judge/sample-repair';

export const TENANT = 'example.eu.auth0.com';
export const RUN = '2026-11-23T04-30-00Z-5f0c2a9e';
export const NOW = '2026-11-23T04:30:04.120Z';

export function findingOf(id: string, change: Partial<Finding> = {}): Finding {
  return {
    connection: { id, name: 'contoso', displayName: null, strategy: 'oidc' },
    control: 'set_user_root_attributes',
    verdict: 'noncompliant',
    code: 'WRONG_VALUE',
    severity: 'medium',
    actual: null,
    effective: 'on_each_login',
    expected: ['on_first_login'],
    source: 'default',
    rule: 'default',
    reason: null,
    exemption: null,
    repair: set('on_first_login'),
    lifecycle: 'new',
    firstSeen: null,
    changedBy: null,
    ...ending('planned'),
    ...change,
  };
}

export function changeOf(change: Partial<ChangeRecord> = {}): ChangeRecord {
  return { before: null, after: 'on_first_login', otherKeysChanged: [], windowMs: 40, writtenAt: NOW, ...change };
}

export function recordOf(
  phase: RepairRecord['phase'],
  findings: readonly Finding[],
  change: Partial<Report> = {},
): RepairRecord {
  const published = { people: false, machines: false };
  return {
    kind: 'repair',
    phase,
    policyFingerprint: 'made-up',
    report: reportOf(findings, change),
    by: null,
    published,
  };
}

export function reportOf(findings: readonly Finding[], change: Partial<Report> = {}): Report {
  return {
    runId: RUN,
    environment: 'prod',
    tenant: TENANT,
    canonicalHost: TENANT,
    mode: 'remediate',
    startedAt: '2026-11-23T04:30:00.000Z',
    finishedAt: NOW,
    complete: true,
    incomplete: null,
    coverage: { listed: 60, judged: 60 },
    summary: { compliant: 60, noncompliant: 0, not_applicable: 0, indeterminate: 0, exempt: 0 },
    findings,
    notices: [],
    resolved: [],
    subscribers: 2,
    earlierChanges: [],
    trend: [],
    telling: 'at_once',
    places: null,
    otherWriters: 'none_seen',
    historyFailure: null,
    untold: [],
    ...change,
  };
}

/** One connection in a change, written from an absent key to `on_first_login`. */
export function changedOf(id: string, change: Partial<ChangedConnection> = {}): ChangedConnection {
  const values = { before: null, after: 'on_first_login', result: 'verified', at: NOW } as const;
  return { id, name: 'contoso', strategy: 'oidc', ...values, ...change };
}

/** A repair of the function. */
export function madeChange(connections: readonly ChangedConnection[], change: Partial<Change> = {}): Change {
  const { runId, kind, at } = { runId: RUN, kind: 'repair', at: NOW } as const;
  return { runId, kind, at, by: null, reason: null, of: null, isCut: false, connections, ...change };
}

/** The changes of a run for an undo; `undefined` if there is no such run. */
export async function changesOf(
  history: History,
  runId: string,
): Promise<readonly Pick<PastChange, 'connectionId' | 'before' | 'after'>[] | undefined> {
  const run = await history.readRun(runId);
  return run?.undoable.map(({ connectionId, before, after }) => ({ connectionId, before, after }));
}

/** Stores a record over any earlier record of that run. */
export async function keepRun(history: History, record: RepairRecord): Promise<void> {
  const { runId } = record.report;
  await keepRecord(history, record, { runId, version: undefined });
}
