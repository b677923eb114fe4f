import type { Change, ChangedConnection, EarlierChange } from '../../lambda/judge/change';
import type { Finding } from '../../lambda/judge/finding';
import { ending } from '../../lambda/judge/outcome';
import type { Report } from '../../lambda/judge/report';
import { NOTHING_CHANGED } from './five-runs';
import { changeOf } from './remediation-samples';
import { DRIFTED, findingOf, reportOf } from './report-samples';

/** Runs that report changes of earlier runs and operators, and runs that ended early or did not trust the listing. */

const { places, trend } = NOTHING_CHANGED;
const LAST_NIGHT = '2026-11-22T04:30:00.000Z';
export const ANN = 'arn:aws:sts::111122223333:assumed-role/TenantAdmin/ann.larsen';

export function changedOf(change: Partial<ChangedConnection> = {}): ChangedConnection {
  return {
    id: 'con_7tRkLw9sXcVbN1mQ',
    name: 'contoso-entra',
    strategy: 'waad',
    before: 'never_on_login',
    after: 'on_first_login',
    result: 'verified',
    at: '2026-11-22T04:30:03.000Z',
    ...change,
  };
}

/** A change that neither recipients nor consumers have been notified of. */
export function earlierOf(change: Partial<Change> = {}, to: Partial<EarlierChange['to']> = {}): EarlierChange {
  return {
    change: {
      runId: '2026-11-22T04-30-00Z-77ab01c4',
      kind: 'repair',
      at: LAST_NIGHT,
      by: null,
      reason: null,
      of: null,
      isCut: false,
      connections: [changedOf()],
      ...change,
    },
    to: { people: true, machines: true, ...to },
  };
}

const later = (change: Partial<Report>): Report => reportOf({ mode: 'remediate', places, trend, ...change });

const SAML = changedOf({ id: 'con_Qm2ZVpY6dHrXw0Ab', name: 'fabrikam-saml', strategy: 'samlp' });
const SOCIAL = ['google-oauth2', 'facebook', 'github'].map((strategy, index) =>
  changedOf({ id: `con_s0c1a1AbCdEfGhI${index}`, name: strategy, strategy, before: null }),
);

/** The last run repaired five connections, and its alert was not sent. */
export const UNREPORTED: Report = later({
  earlierChanges: [earlierOf({ connections: [changedOf(), SAML, ...SOCIAL] })],
});

/** The last run ended abnormally while it was writing. This run compared the planned writes with the tenant. */
export const CUT_RUN: Report = later({
  findings: [findingOf({ connection: { name: 'wingtip-oidc' }, ...ending('remediated', { change: changeOf() }) })],
  otherWriters: 'no_scope',
  earlierChanges: [
    earlierOf({
      isCut: true,
      connections: [
        { ...changedOf(), result: 'found' },
        { ...SAML, result: 'unknown' },
        ...SOCIAL.map((one) => ({ ...one, result: 'found' as const })),
      ],
    }),
  ],
});

const READ: readonly Finding[] = DRIFTED.findings
  .filter(({ connection }) => ['fabrikam-saml', 'github'].includes(connection.name))
  .map((finding) => ({ ...finding, ...ending('skipped_incomplete') }));

/** A connection of earlier runs is missing from the listing and still exists. */
export const SHORT_LISTING: Report = later({
  complete: false,
  incomplete: {
    reason: 'listing_short',
    message: 'Connection con_7tRkLw9sXcVbN1mQ is missing from the listing, but it still exists.',
    missingScopes: [],
  },
  coverage: { listed: 41, judged: 41 },
  findings: READ,
});

/** Auth0 lists no connections of a tenant that had connections in the last run. */
export const EMPTY_LISTING: Report = later({
  complete: false,
  incomplete: {
    reason: 'listing_empty',
    message:
      'The listing is empty, but the last complete run listed 60 connections. If the tenant no longer has connections, confirm it.',
    missingScopes: [],
  },
  coverage: { listed: 0, judged: 0 },
});

/** An operator interrupted a run in a terminal while it was repairing. */
export const INTERRUPTED: Report = later({
  places: {
    record: '/home/ann/.local/state/auditor/runs/x.json',
    html: '/home/ann/.local/state/auditor/reports/x.html',
  },
  complete: false,
  incomplete: {
    reason: 'interrupted',
    message: 'An operator interrupted the run before 3 repairs could be made. The next run continues with them.',
    missingScopes: [],
  },
  findings: SOCIAL.concat(SAML, changedOf()).map(({ id, name, strategy }, index) =>
    findingOf({
      connection: { id, name, strategy },
      ...(index < 2
        ? ending('remediated', { change: changeOf() })
        : ending('skipped_stopped', { stopped: 'interrupted' })),
    }),
  ),
  otherWriters: 'no_scope',
});

const UNDONE_RUN_ID = '2026-11-22T04-30-00Z-77ab01c4';
const HELD = `Held since 2026-11-22 14:03 UTC: ${ANN} undid the repair of run ${UNDONE_RUN_ID}.`;
const TWELVE = Array.from({ length: 12 }, (_, index) => {
  const number = String(index).padStart(2, '0');
  return { id: `con_customer${number}AbCdEf`, name: `customer-${number}`, strategy: index < 7 ? 'oidc' : 'samlp' };
});

/** An operator undid the repairs of twelve connections: the findings are reopened and held. */
export const UNDONE_RUN: Report = later({
  findings: TWELVE.map((connection) =>
    findingOf({ connection, lifecycle: 'reopened', ...ending('held', { detail: HELD }) }),
  ),
  earlierChanges: [
    earlierOf({
      runId: '2026-11-22T14-03-00Z-0b1c2d3e',
      kind: 'undo',
      at: '2026-11-22T14:03:20.000Z',
      by: ANN,
      reason: 'The portal relies on the directory until Friday (IAM-2210)',
      of: UNDONE_RUN_ID,
      connections: TWELVE.map((connection) => changedOf({ ...connection, before: 'on_first_login', after: null })),
    }),
  ],
});

/** The first run of a function in remediate mode: it only reports. */
export const FIRST_RUN_REMEDIATE: Report = {
  ...DRIFTED,
  mode: 'remediate',
  places,
  notices: [],
  findings: DRIFTED.findings.map((finding) =>
    finding.outcome === 'planned' ? { ...finding, ...ending('skipped_stopped', { stopped: 'first_run' }) } : finding,
  ),
};

/** The first run of a tenant lists no connections. */
export const NO_CONNECTIONS: Report = reportOf({
  places,
  coverage: { listed: 0, judged: 0 },
  notices: [{ code: 'NO_CONNECTIONS' }],
});

/** Changes by operators to the history alone, and a tenant that lost a third of its connections. */
export const CHANGED_BY_PEOPLE: Report = later({
  notices: [
    { code: 'LISTING_DROPPED', before: 60, now: 40 },
    { code: 'LAST_TOLD_IN_FUTURE', at: '2027-11-22T04:30:04.000Z' },
  ],
  coverage: { listed: 40, judged: 40 },
  earlierChanges: [
    earlierOf({
      runId: '2026-11-22T15-00-00Z-1a2b3c4d',
      kind: 'release',
      by: ANN,
      of: UNDONE_RUN_ID,
      connections: TWELVE.slice(0, 2).map((connection) =>
        changedOf({ ...connection, before: null, after: null, result: 'released' }),
      ),
    }),
    earlierOf({ runId: '2026-11-22T15-10-00Z-2a2b3c4d', kind: 'unlock', by: ANN, of: UNDONE_RUN_ID, connections: [] }),
    earlierOf({
      runId: '2026-11-22T15-20-00Z-3a2b3c4d',
      kind: 'accept_empty_listing',
      by: 'ann on laptop',
      reason: 'tenant closed',
      connections: [],
    }),
    earlierOf({
      runId: '2026-11-22T15-30-00Z-4a2b3c4d',
      kind: 'undo',
      by: 'ann on laptop',
      of: UNDONE_RUN_ID,
      isCut: true,
      connections: [changedOf({ before: 'on_first_login', after: 'never_on_login', result: 'unverified' })],
    }),
  ],
});

/** The runs, by the names of their golden files. */
export const LATER_RUNS: readonly (readonly [name: string, report: Report])[] = [
  ['unreported-then-reported', UNREPORTED],
  ['cut-run', CUT_RUN],
  ['short-listing', SHORT_LISTING],
  ['empty-listing', EMPTY_LISTING],
  ['undone-run', UNDONE_RUN],
  ['undone-run-in-report-mode', { ...UNDONE_RUN, mode: 'report' }],
  ['first-run-remediate', FIRST_RUN_REMEDIATE],
  ['no-connections', NO_CONNECTIONS],
  ['changed-by-people', CHANGED_BY_PEOPLE],
];
