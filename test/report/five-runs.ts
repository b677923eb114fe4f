import type { Attribution, Finding } from '../../lambda/judge/finding';
import { ending } from '../../lambda/judge/outcome';
import type { Report, Resolved, TrendPoint } from '../../lambda/judge/report';
import { REMEDIATED } from './remediation-samples';
import { DRIFTED, findingOf, reportOf } from './report-samples';

/**
 * The five runs with which each form of a report is checked. All runs are of 2026-11-23. Their earlier runs differ.
 */

const STARTED = '2026-11-23T04:30:00.000Z';
const DAY_MS = 24 * 60 * 60 * 1000;

/** The time of the five runs, minus a number of days. */
function daysAgo(days: number): string {
  return new Date(Date.parse(STARTED) - days * DAY_MS).toISOString();
}

const PERSON: Attribution = {
  kind: 'known',
  at: '2026-11-22T14:07:31.000Z',
  channel: 'dashboard',
  email: 'robin.meier@example.com',
  clientName: null,
  clientId: null,
  address: '203.0.113.24',
  userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15',
};
const APPLICATION: Attribution = {
  kind: 'known',
  at: '2026-11-22T22:41:09.000Z',
  channel: 'api',
  email: null,
  clientName: 'terraform-ci',
  clientId: 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY',
  address: '198.51.100.7',
  userAgent: 'Terraform/1.9.8 terraform-provider-auth0/1.7.2',
};
const BEFORE_THE_LOG: Attribution = { kind: 'unknown', why: 'not_in_log' };

/** The authors of changes, by connection id. The log has no entry for other connections. */
const AUTHORS: ReadonlyMap<string, Attribution> = new Map([
  ['con_Qm2ZVpY6dHrXw0Ab', PERSON],
  ['con_p0OiUyTrEwQaSdFg', PERSON],
  ['con_7tRkLw9sXcVbN1mQ', APPLICATION],
  ['con_litwareAbCdEfGh0', APPLICATION],
]);

/** Adds the author from the log to new and reopened findings. For indeterminate findings no author is looked up. */
function attributed(finding: Finding): Finding {
  if (finding.verdict === 'indeterminate' || finding.lifecycle === 'open') return finding;
  return { ...finding, changedBy: AUTHORS.get(finding.connection.id) ?? BEFORE_THE_LOG };
}

/** One run per day, oldest first, for each number of drifted connections. */
function runs(drifted: readonly number[], more: Partial<TrendPoint> = {}): TrendPoint[] {
  return drifted.map((noncompliant, index) => {
    const at = daysAgo(drifted.length - index);
    return {
      runId: `${at.slice(0, 19).replaceAll(':', '-')}Z-${String(index).padStart(8, '0')}`,
      at,
      complete: true,
      listed: 60,
      noncompliant,
      indeterminate: 2,
      exempt: 1,
      remediated: 0,
      ...more,
    };
  });
}

const KEPT: Pick<Report, 'places' | 'untold'> = {
  places: {
    record: 's3://connectionauditor-prod-history/runs/2026-11-23T04-30-00Z-5f0c2a9e.json',
    html: 's3://connectionauditor-prod-history/reports/2026-11-23T04-30-00Z-5f0c2a9e.html',
  },
  untold: [],
};

/** The first run: all findings are new, and there is nothing to compare with. */
export const FIRST_RUN: Report = {
  ...DRIFTED,
  ...KEPT,
  findings: DRIFTED.findings.map((finding) => attributed({ ...finding, lifecycle: 'new', firstSeen: STARTED })),
  resolved: [],
  trend: [],
  telling: 'at_once',
};

/** The same drift as in the runs before: no message is sent. */
export const NOTHING_CHANGED: Report = {
  ...DRIFTED,
  ...KEPT,
  findings: DRIFTED.findings.map((finding, index) => ({
    ...finding,
    lifecycle: 'open',
    firstSeen: daysAgo(3 + 4 * (index % 3)),
    changedBy: null,
  })),
  resolved: [],
  trend: runs([4, 4, 6, 6, 5, 5, 5, 8, 8, 8, 8]),
  telling: 'nothing_new',
};

const RESOLVED: readonly Resolved[] = [
  {
    connection: { id: 'con_treyAbCdEfGhIjKl', name: 'trey-research', strategy: 'oidc' },
    control: 'set_user_root_attributes',
    code: 'WRONG_VALUE',
    firstSeen: daysAgo(12),
    how: 'compliant',
  },
  {
    connection: { id: 'con_contosoOldAbCdEf', name: 'contoso-old', strategy: 'samlp' },
    control: 'set_user_root_attributes',
    code: 'UNDOCUMENTED_VALUE',
    firstSeen: daysAgo(40),
    how: 'absent',
  },
];

/** A run with fixed and skipped findings and one failed verification. Some findings were known, and one is reopened. */
export const REPAIRED_AND_REFUSED: Report = {
  ...REMEDIATED,
  ...KEPT,
  findings: REMEDIATED.findings.map((finding) => {
    const { strategy, name } = finding.connection;
    if (strategy === 'auth0') return { ...finding, lifecycle: 'open', firstSeen: daysAgo(19), changedBy: null };
    if (name === 'litware-adfs') return attributed({ ...finding, lifecycle: 'reopened', firstSeen: STARTED });
    return attributed({ ...finding, lifecycle: 'new', firstSeen: STARTED });
  }),
  resolved: RESOLVED,
  trend: [
    ...runs([7, 6, 6, 9, 3, 3, 3, 5, 3, 3, 2, 2, 3, 3], { indeterminate: 0, exempt: 0 }).map((run, index) =>
      [3, 7].includes(index) ? { ...run, remediated: run.noncompliant - 3 } : run,
    ),
  ],
  telling: 'at_once',
};

const READ_BEFORE_THE_END: readonly Finding[] = DRIFTED.findings
  .filter(({ connection }) => ['fabrikam-saml', 'github', 'adatum-oidc'].includes(connection.name))
  .map((finding) => {
    const known = finding.connection.name === 'github';
    const age = {
      lifecycle: known ? ('open' as const) : ('new' as const),
      firstSeen: known ? daysAgo(6) : STARTED,
    };
    return attributed({ ...finding, ...age, ...ending('skipped_incomplete') });
  });

/** The tenant stopped answering after the first pages. */
export const INCOMPLETE: Report = {
  ...reportOf({
    mode: 'remediate',
    complete: false,
    incomplete: {
      reason: 'no_answer',
      message:
        'GET /api/v2/connections: 503 service_unavailable; Auth0 gave no usable answer within the time, asked 6 times.',
      missingScopes: [],
    },
    coverage: { listed: 37, judged: 36 },
    findings: READ_BEFORE_THE_END,
  }),
  ...KEPT,
  resolved: [],
  trend: runs([3, 3, 3, 3, 3, 4]).map((run, index) => (index === 4 ? { ...run, complete: false } : run)),
  telling: 'at_once',
};

const STRATEGIES = ['samlp', 'waad', 'okta', 'oidc', 'adfs', 'google-oauth2', 'facebook', 'auth0', 'pingfederate'];

/** A large tenant after its policy was inverted: nearly all connections deviate, a few of them more severely. */
function hugeFinding(_: unknown, index: number): Finding {
  const number = String(index).padStart(5, '0');
  const strategy = STRATEGIES[(index * 7 + (index >> 3)) % STRATEGIES.length] ?? 'oidc';
  const connection = { id: `con_${number}AbCdEfGhIjK`, name: `customer-${number}`, strategy };
  const known = index % 4 === 0;
  const age = {
    lifecycle: known ? ('open' as const) : ('new' as const),
    firstSeen: known ? daysAgo(1 + (index % 90)) : STARTED,
  };
  if (index % 250 === 0) {
    const reached = { actual: 'never_on_login', effective: 'never_on_login', source: 'explicit' } as const;
    return attributed(findingOf({ ...age, connection, severity: 'critical', ...reached }));
  }
  if (index % 40 === 0) {
    return findingOf({
      ...age,
      connection,
      verdict: 'indeterminate',
      code: 'OPTIONS_HIDDEN',
      effective: null,
      source: null,
      repair: { action: 'manual', reason: 'options_not_visible' },
      ...ending('skipped_unsafe'),
    });
  }
  const high = index % 9 === 0;
  return attributed(findingOf({ ...age, connection, severity: high ? 'high' : 'medium' }));
}

/** 10,000 findings. */
export const HUGE: Report = {
  ...reportOf({
    coverage: { listed: 12_400, judged: 12_160 },
    findings: Array.from({ length: 10_000 }, hugeFinding),
    notices: [{ code: 'CAP_EXCEEDED', planned: 9_760, allowed: 25 }],
  }),
  ...KEPT,
  resolved: [],
  trend: runs([12, 12, 14, 14, 2_480, 2_491], { listed: 12_400, indeterminate: 0 }),
  telling: 'at_once',
};

/** The runs, by the names of their golden files. */
export const FIVE_RUNS: readonly (readonly [name: string, report: Report])[] = [
  ['first-run', FIRST_RUN],
  ['nothing-changed', NOTHING_CHANGED],
  ['repaired-and-refused', REPAIRED_AND_REFUSED],
  ['incomplete', INCOMPLETE],
  ['10000-findings', HUGE],
];
