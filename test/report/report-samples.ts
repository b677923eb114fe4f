import { type Finding, sortFindings } from '../../lambda/judge/finding';
import { ending } from '../../lambda/judge/outcome';
import type { Report } from '../../lambda/judge/report';
import { set } from '../judge/sample-repair';

type Change = Partial<Omit<Finding, 'connection'>> & { readonly connection?: Partial<Finding['connection']> };

export function findingOf({ connection, ...rest }: Change = {}): Finding {
  return {
    connection: { id: 'con_k3uMFpYAAdLQl3bO', name: 'contoso', displayName: null, strategy: 'oidc', ...connection },
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
    firstSeen: '2026-11-23T04:30:00.000Z',
    changedBy: null,
    ...ending('planned'),
    ...rest,
  };
}

/** A complete first run over 60 connections, most of them compliant. The counts are derived from the findings. */
export function reportOf(change: Partial<Report> = {}): Report {
  const findings = sortFindings(change.findings ?? []);
  const indeterminate = findings.filter(({ verdict }) => verdict === 'indeterminate').length;
  const noncompliant = findings.length - indeterminate;
  const listed = change.coverage?.listed ?? Math.max(60, findings.length + 9);
  const notApplicable = Math.min(9, listed - findings.length);
  return {
    runId: '2026-11-23T04-30-00Z-5f0c2a9e',
    environment: 'prod',
    tenant: 'example.eu.auth0.com',
    canonicalHost: 'example.eu.auth0.com',
    mode: 'report',
    startedAt: '2026-11-23T04:30:00.000Z',
    finishedAt: '2026-11-23T04:30:04.120Z',
    complete: true,
    incomplete: null,
    coverage: { listed, judged: listed - indeterminate },
    summary: {
      compliant: listed - findings.length - notApplicable,
      noncompliant,
      not_applicable: notApplicable,
      indeterminate,
      exempt: findings.filter(({ exemption }) => exemption !== null).length,
    },
    notices: [],
    resolved: [],
    earlierChanges: [],
    trend: [],
    subscribers: 2,
    telling: 'at_once',
    places: null,
    otherWriters: 'not_looked_for',
    historyFailure: null,
    untold: [],
    ...change,
    findings,
  };
}

export const NOTHING_READ: Partial<Report> = {
  complete: false,
  incomplete: {
    reason: 'credentials_refused',
    message: 'POST /oauth/token: 401 access_denied (Unauthorized); Auth0 refused the client id or the client secret.',
    missingScopes: [],
  },
  coverage: { listed: 0, judged: 0 },
};

/** A run with one or more findings of each kind. */
export const DRIFTED: Report = reportOf({
  findings: [
    findingOf({
      connection: { id: 'con_Qm2ZVpY6dHrXw0Ab', name: 'fabrikam-saml', displayName: 'Fabrikam SSO', strategy: 'samlp' },
      severity: 'high',
      actual: 'never_on_login',
      effective: 'never_on_login',
      source: 'explicit',
      rule: 'enterprise',
      reason: 'People edit their profile in the portal; the directory is not to overwrite it.',
    }),
    findingOf({
      connection: { id: 'con_7tRkLw9sXcVbN1mQ', name: 'contoso-entra', displayName: 'Contoso', strategy: 'waad' },
      severity: 'high',
      actual: 'never_on_login',
      effective: 'never_on_login',
      source: 'explicit',
      rule: 'enterprise',
      reason: 'People edit their profile in the portal; the directory is not to overwrite it.',
    }),
    findingOf({
      connection: {
        id: 'con_p0OiUyTrEwQaSdFg',
        name: 'okta-emea',
        displayName: 'Okta – Contoso & Söhne',
        strategy: 'okta',
      },
      severity: 'high',
      code: 'UNDOCUMENTED_VALUE',
      actual: 'on_every_login',
      effective: null,
      source: 'explicit',
      rule: 'enterprise',
      reason: 'People edit their profile in the portal; the directory is not to overwrite it.',
      repair: { action: 'manual', reason: 'undocumented_value' },
      outcome: 'skipped_unsafe',
    }),
    ...['google-oauth2', 'facebook', 'github'].map((strategy, index) =>
      findingOf({ connection: { id: `con_s0c1a1AbCdEfGhI${index}`, name: strategy, strategy } }),
    ),
    findingOf({
      connection: { id: 'con_legacyDbAbCdEfGh', name: 'legacy-customers', strategy: 'auth0' },
      repair: { action: 'manual', reason: 'encrypted_configuration' },
      outcome: 'skipped_unsafe',
    }),
    findingOf({
      connection: { id: 'con_northwindAbCdEfG', name: 'northwind-adfs', strategy: 'adfs' },
      exemption: {
        reason: 'Their directory is the source of names until the merger is done.',
        owner: 'identity-team',
        ticket: 'IAM-1187',
        expires: '2026-12-31',
      },
      outcome: 'skipped_exempt',
    }),
    ...['adatum-oidc', 'woodgrove-oidc'].map((name, index) =>
      findingOf({
        connection: { id: `con_hiddenAbCdEfGhI${index}`, name },
        verdict: 'indeterminate',
        code: 'OPTIONS_EMPTY',
        actual: null,
        effective: null,
        source: null,
        rule: 'enterprise',
        repair: { action: 'manual', reason: 'options_not_visible' },
        outcome: 'skipped_unsafe',
      }),
    ),
  ],
  notices: [
    { code: 'WRITE_SCOPES_IN_REPORT_MODE', scopes: ['update:connections', 'update:connections_options'] },
    { code: 'UNKNOWN_STRATEGY', strategy: 'hologram', connections: 1 },
    {
      code: 'EXEMPTION_EXPIRING',
      exemption: {
        name: 'tailspin-*',
        reason: 'Migration',
        owner: 'b2b-team',
        ticket: 'IAM-1042',
        expires: '2026-11-30',
      },
      daysLeft: 7,
    },
  ],
});
