import type { RunRecord } from '../../lambda/history/history';
import type { Finding } from '../../lambda/judge/finding';
import { type ChangeRecord, ending } from '../../lambda/judge/outcome';
import type { Report } from '../../lambda/judge/report';

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
    repair: { action: 'set', to: 'on_first_login' },
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
  phase: RunRecord['phase'],
  findings: readonly Finding[],
  change: Partial<Report> = {},
): RunRecord {
  return { phase, policyFingerprint: 'made-up', report: reportOf(findings, change) };
}

export function reportOf(findings: readonly Finding[], change: Partial<Report> = {}): Report {
  return {
    runId: RUN,
    environment: 'prod',
    tenant: TENANT,
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
    trend: [],
    telling: 'at_once',
    places: null,
    otherWriters: 'none_seen',
    historyFailure: null,
    untold: [],
    ...change,
  };
}
