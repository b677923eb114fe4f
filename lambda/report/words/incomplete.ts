import type { FailureReason } from '../../connection/tenant';
import { type Report, RUN_ERRORS } from '../../judge/report';
import type { ValueWords } from './value-words';

/**
 * Whether connections might be missing from the listing. A run is also incomplete if it ends before it made all
 * repairs.
 */
export function isListingCut({ complete, findings }: Report): boolean {
  return !complete && !findings.some(({ stopped }) => stopped === 'time' || stopped === 'interrupted');
}

/** The heading of the section on an incomplete run. */
export function titleIncomplete(report: Report): string {
  if (!isListingCut(report)) return 'This run did not finish';
  return doubtOf(report)?.title ?? 'This run did not read everything';
}

/** States what an incomplete run left unknown, and that the run is not an all-clear. */
export function explainIncomplete(report: Report): string {
  const { findings, mode } = report;
  const unseen = doubtOf(report)?.explanation ?? 'Connections that were not read might have drifted.';
  const unknown = isListingCut(report) ? unseen : 'All connections were judged. Not all repairs were made.';
  const hasWritten = findings.some(({ change }) => change !== null);
  const unwritten = mode === 'remediate' && !hasWritten ? ' This run wrote nothing.' : '';
  return `${unknown}${unwritten} This is not an all-clear.`;
}

interface Doubt {
  readonly title: string;
  readonly explanation: string;
  /** Follows the number of listed connections in the facts of a message. */
  readonly coverage: string;
}

/** The texts for a complete listing that is not trusted; `undefined` if the listing itself broke off. */
export function doubtOf({ incomplete }: Pick<Report, 'incomplete'>): Doubt | undefined {
  return incomplete === null ? undefined : DOUBTS[incomplete.reason];
}

const DOUBTS: Readonly<Partial<Record<FailureReason, Doubt>>> = {
  listing_short: {
    title: 'The listing is not complete',
    explanation:
      'At least one connection is missing from the listing although it was not deleted. Other connections might be missing too. Findings on missing connections stay open.',
    coverage: 'listed (at least one missing)',
  },
  listing_empty: {
    title: 'Auth0 listed no connections',
    explanation:
      'The last complete run listed connections, so the auditor does not trust the empty listing. Earlier findings stay open.',
    coverage: 'listed',
  },
};

/** The short name of a reason, for a subject. */
export function nameFailure(reason: FailureReason): string {
  return RUN_ERROR_WORDS[reason].name;
}

/** What an operator does about it, in the order to try. */
export function remedyFor(reason: FailureReason): string {
  return RUN_ERROR_WORDS[reason].remedy;
}

/** Whether the next run fails in the same way, so that no text recommends to only run it again. */
export function isLasting(reason: FailureReason): boolean {
  return RUN_ERRORS[reason].isLasting;
}

/** The texts of each reason. */
export const RUN_ERROR_WORDS: Readonly<Record<FailureReason, ValueWords>> = {
  setup_needed: {
    name: 'setup needed',
    explanation: 'The tenant is not set or the secret is not filled yet. No request was made to Auth0.',
    remedy: 'Set the tenant in the environment and fill the secret. The README describes both steps.',
  },
  secret_unusable: {
    name: 'secret unusable',
    explanation: 'The secret could not be read, or it does not contain the credentials of an application.',
    remedy:
      'Follow the advice in the reason. The secret must contain JSON of the form {"client_id": "...", "client_secret": "..."} for an application of this tenant. For Private Key JWT, use private_key in place of client_secret.',
  },
  credentials_refused: {
    name: 'credentials refused',
    explanation: 'Auth0 refused the credentials.',
    remedy:
      'Follow the advice in the reason. The application is in the Dashboard under Applications > Applications. Its credentials are in the secret, or in the environment variables of the command line.',
  },
  audience_refused: {
    name: 'audience refused',
    explanation: 'The tenant has no Management API under the domain for which the token was requested.',
    remedy:
      "If domain is a custom domain, set canonicalDomain in the environment to the tenant's own domain (on the command line: --canonical-domain). The secret is not the cause.",
  },
  scope_missing: {
    name: 'scope missing',
    explanation: 'The application is not allowed to read connections, or to read their options.',
    remedy:
      'Grant the scope in the Dashboard: Applications > APIs > Auth0 Management API > Machine to Machine Applications. Open the application, select the scope, and choose Update.',
  },
  request_refused: {
    name: 'request refused',
    explanation: 'Auth0 refused a request although the token is valid, and will refuse it again.',
    remedy: "Check that the domain belongs to this tenant. Read the tenant's log (Dashboard: Monitoring > Logs).",
  },
  unreachable: {
    name: 'unreachable',
    explanation: 'The domain cannot be reached from here: its name, its certificate or the proxy is wrong.',
    remedy:
      'Check what the reason names: the domain, its certificate, the clock or the proxy. The next run fails too until this is fixed.',
  },
  no_answer: {
    name: 'no answer',
    explanation: 'Auth0 did not answer before the time limit, or answered only with errors or rate limits.',
    remedy:
      'Follow the advice in the reason. If there is none, check https://status.auth0.com, then run the audit again.',
  },
  bad_answer: {
    name: 'bad answer',
    explanation: 'The answer did not come from the Management API.',
    remedy: 'Check that the domain is right and that no proxy changes the answer.',
  },
  listing_never_ends: {
    name: 'listing never ends',
    explanation: 'Auth0 returned the same page of connections again and again.',
    remedy: 'Run the audit again. If this happens again, open a ticket with Auth0 and include the run id.',
  },
  listing_short: {
    name: 'listing short',
    explanation:
      'A connection of an earlier run is missing from the listing, and Auth0 does not confirm that it was deleted. Nothing is resolved or written.',
    remedy:
      'Run the audit again: Auth0 might have omitted connections. If this happens again, check that the application is allowed to read every connection, and ask Auth0 support.',
  },
  listing_empty: {
    name: 'listing empty',
    explanation:
      'Auth0 listed no connections, but the last complete run listed connections. Nothing is resolved or written.',
    remedy:
      'Check that the domain and the credentials belong to the right tenant. If the tenant no longer has connections, confirm it with the command accept-empty-listing.',
  },
  out_of_time: {
    name: 'out of time',
    explanation: 'The run reached its time limit before everything was read or repaired.',
    remedy:
      'If all connections were read, the next run continues with the repairs. Otherwise the next run starts again at the first page. Then do one of these: audit from the command line, which has no time limit; run at a time when other applications use less of the rate limit; or ask Auth0 for a higher rate limit. A lower rateReservePercent does not help. The page docs/scale.md of the project has the limits.',
  },
  interrupted: {
    name: 'interrupted',
    explanation: 'An operator interrupted the run before everything was read or repaired.',
    remedy: 'Run the audit again. The next run makes the remaining repairs.',
  },
  log_too_long: {
    name: 'log too long',
    explanation: "A look-up in the tenant's log would need too many requests. This never makes a run incomplete.",
    remedy: 'Search the log manually (Dashboard: Monitoring > Logs).',
  },
  internal: {
    name: 'internal error',
    explanation: 'An error in the auditor ended the run.',
    remedy: "This is a bug in the auditor. Please report it. The function's log has the details under the run id.",
  },
};
