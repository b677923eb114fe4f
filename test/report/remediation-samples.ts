import type { Finding } from '../../lambda/judge/finding';
import { type ChangeRecord, ending } from '../../lambda/judge/outcome';
import type { Report } from '../../lambda/judge/report';
import { findingOf, reportOf } from './report-samples';

const LOCKS_OUT = { actual: 'never_on_login', effective: 'never_on_login', source: 'explicit' } as const;
const ENTERPRISE = {
  rule: 'enterprise',
  reason: 'People edit their profile in the portal; the directory is not to overwrite it.',
} as const;

export function changeOf(change: Partial<ChangeRecord> = {}): ChangeRecord {
  return {
    before: null,
    after: 'on_first_login',
    otherKeysChanged: [],
    windowMs: 143,
    writtenAt: '2026-11-23T04:30:03.511Z',
    ...change,
  };
}

const entra = findingOf({
  connection: { id: 'con_7tRkLw9sXcVbN1mQ', name: 'contoso-entra', displayName: 'Contoso', strategy: 'waad' },
  severity: 'high',
  ...LOCKS_OUT,
  ...ENTERPRISE,
  ...ending('remediated', { change: changeOf({ before: 'never_on_login', windowMs: 151 }) }),
});
const saml = findingOf({
  connection: { id: 'con_Qm2ZVpY6dHrXw0Ab', name: 'fabrikam-saml', displayName: 'Fabrikam SSO', strategy: 'samlp' },
  severity: 'high',
  ...LOCKS_OUT,
  ...ENTERPRISE,
  ...ending('failed_verification', {
    change: changeOf({ before: 'never_on_login', otherKeysChanged: ['options.signInEndpoint'], windowMs: 212 }),
    detail: 'After the write, these fields are not as expected: options.signInEndpoint.',
  }),
});
const samlToo = findingOf({
  connection: { id: 'con_tailspinAbCdEfGh', name: 'tailspin-saml', strategy: 'samlp' },
  ...ENTERPRISE,
  ...ending('skipped_stopped', { stopped: 'failures' }),
});
const social = ['google-oauth2', 'facebook', 'github'].map((strategy, index) =>
  findingOf({
    connection: { id: `con_s0c1a1AbCdEfGhI${index}`, name: strategy, strategy },
    ...ending('remediated', { change: changeOf({ windowMs: 98 + index * 17 }) }),
  }),
);
const adfs = findingOf({
  connection: { id: 'con_litwareAbCdEfGh0', name: 'litware-adfs', strategy: 'adfs' },
  ...ENTERPRISE,
  ...ending('remediated', { change: changeOf({ otherKeysChanged: ['options.certs', 'options.thumbprints'] }) }),
});
const oidc = findingOf({
  connection: { id: 'con_wingtipAbCdEfGh0', name: 'wingtip-oidc' },
  ...ENTERPRISE,
  ...ending('failed', {
    detail:
      'Repairing: PATCH /api/v2/connections/con_wingtipAbCdEfGh0: 400 operation_not_supported (The issuer could not be reached).',
  }),
});
const encrypted = findingOf({
  connection: { id: 'con_legacyDbAbCdEfGh', name: 'legacy-customers', strategy: 'auth0' },
  repair: { action: 'manual', reason: 'encrypted_configuration' },
  ...ending('skipped_unsafe'),
});
const masked = findingOf({
  connection: { id: 'con_proseAbCdEfGhIj0', name: 'proseware-okta', strategy: 'okta' },
  ...ENTERPRISE,
  ...ending('skipped_unsafe', { unsafe: 'masked_secret' }),
});
const moved = findingOf({
  connection: { id: 'con_adatumAbCdEfGhI0', name: 'adatum-ping', strategy: 'pingfederate' },
  ...ENTERPRISE,
  ...ending('skipped_conflict', {
    detail: 'The connection changed after it was judged. The next run judges it again.',
  }),
});
const rightByNow = findingOf({
  connection: { id: 'con_lamnaAbCdEfGhIj0', name: 'lamna-oidc' },
  ...ENTERPRISE,
  ...ending('already_compliant'),
});

const remediate = { mode: 'remediate' } as const;

/** A run with fixed and skipped findings, and one failed verification. */
export const REMEDIATED: Report = reportOf({
  ...remediate,
  findings: [entra, saml, samlToo, ...social, adfs, oidc, encrypted, masked, moved, rightByNow],
  otherWriters: 'none_seen',
});

/** A policy that was changed by mistake: most connections of the tenant would be rewritten. */
export const OVER_CAP: Report = reportOf({
  ...remediate,
  findings: [
    ...Array.from({ length: 41 }, (_, index) =>
      findingOf({
        connection: {
          id: `con_${String(index).padStart(16, '0')}`,
          name: `customer-${String(index).padStart(3, '0')}`,
        },
        ...ending('skipped_cap'),
      }),
    ),
    encrypted,
  ],
  notices: [{ code: 'CAP_EXCEEDED', planned: 41, allowed: 25 }],
});

/** An operator set the kill switch while the run was writing. */
export const STOPPED: Report = reportOf({
  ...remediate,
  findings: [
    entra,
    ...[samlToo, oidc, ...social].map(
      (finding): Finding => ({ ...finding, ...ending('skipped_stopped', { stopped: 'kill_switch' }) }),
    ),
  ],
  otherWriters: 'no_scope',
});

/**
 * Results of earlier runs: two connections whose repairs are repeatedly reverted, and one connection that was undone.
 */
export const KEPT_BACK: Report = reportOf({
  ...remediate,
  findings: [
    { ...entra, ...ending('quarantined') },
    { ...adfs, ...ending('quarantined') },
    {
      ...samlToo,
      ...ending('held', {
        detail: 'Held since 2026-11-19 14:03 UTC: ann on laptop undid the repair of run 2026-11-19T04-30-00Z-77ab01c4.',
      }),
    },
    encrypted,
  ],
});

const REFUSAL = 'The issuer could not be reached (https://login.wingtip.example/.well-known/openid-configuration).';
/**
 * Two connections that Auth0 refused in three runs in a row, one of them just tried again, and one that is set back.
 */
export const RESTING: Report = reportOf({
  ...remediate,
  findings: [
    {
      ...oidc,
      ...ending('quarantined', {
        quarantine: 'refused',
        refusal: REFUSAL,
        detail: 'Refused in 3 consecutive runs, from 2026-11-20 to 2026-11-22. Next attempt: 2026-11-29.',
      }),
    },
    {
      ...adfs,
      ...ending('quarantined', {
        quarantine: 'refused_again',
        refusal: 'Invalid certificate.',
        detail: 'Refused in 4 consecutive runs, from 2026-11-13 to 2026-11-23. Next attempt: 2026-11-30.',
      }),
    },
    { ...entra, ...ending('quarantined', { quarantine: 'set_back' }) },
    rightByNow,
  ],
});
/** One of the connections, in the run that pauses it. */
export const BEGINS_TO_REST: Report = {
  ...RESTING,
  findings: RESTING.findings
    .filter(({ quarantine }) => quarantine === 'refused')
    .map((finding) => ({ ...finding, lifecycle: 'open', firstSeen: '2026-11-20T04:30:00.000Z' })),
};
