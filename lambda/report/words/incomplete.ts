import type { FailureReason } from '../../connection/tenant';
import { type Report, RUN_ERRORS } from '../../judge/report';
import type { ValueWords } from './value-words';

/** Whether connections may be missing from the listing. A run can also be incomplete for want of time to repair. */
export function isListingCut({ complete, findings }: Report): boolean {
  return !complete && !findings.some(({ stopped }) => stopped === 'time' || stopped === 'interrupted');
}

/** The heading over what an incomplete run did not see. */
export function titleIncomplete(report: Report): string {
  if (!isListingCut(report)) return 'This run did not finish';
  return doubtOf(report)?.title ?? 'This run did not see everything';
}

/** What is not known after an incomplete run, and that it is no all-clear. */
export function explainIncomplete(report: Report): string {
  const { findings, mode } = report;
  const unseen = doubtOf(report)?.explanation ?? 'Connections that were not read may have drifted.';
  const unknown = isListingCut(report) ? unseen : 'Every connection was judged. Not every repair was made.';
  const hasWritten = findings.some(({ change }) => change !== null);
  const unwritten = mode === 'remediate' && !hasWritten ? ' This run wrote nothing.' : '';
  return `${unknown}${unwritten} This is not an all-clear.`;
}

interface Doubt {
  readonly title: string;
  readonly explanation: string;
  /** How much of the tenant was seen, as far as it is believed. */
  readonly coverage: string;
}

/** A listing that came to its end and is not believed; `undefined` for one that broke off. */
export function doubtOf({ incomplete }: Pick<Report, 'incomplete'>): Doubt | undefined {
  return incomplete === null ? undefined : DOUBTS[incomplete.reason];
}

const DOUBTS: Readonly<Partial<Record<FailureReason, Doubt>>> = {
  listing_short: {
    title: 'The listing is not complete',
    explanation:
      'At least one connection is missing from the listing though it was not deleted; others may be missing too. Findings on missing connections stay open.',
    coverage: 'listed and at least one missing',
  },
  listing_empty: {
    title: 'Auth0 listed no connections',
    explanation: 'The last complete run listed some, so this is not taken as true. Earlier findings stay open.',
    coverage: 'listed',
  },
};

/** A few words for why a run did not see everything, for a subject. */
export function nameFailure(reason: FailureReason): string {
  return RUN_ERROR_WORDS[reason].name;
}

/** What a person does about it, in the order in which to try. */
export function remedyFor(reason: FailureReason): string {
  return RUN_ERROR_WORDS[reason].remedy;
}

/** Whether the next run meets this failure too, so that nobody is told to run it again as it is. */
export function isLasting(reason: FailureReason): boolean {
  return RUN_ERRORS[reason].isLasting;
}

/** What is said of each reason. */
export const RUN_ERROR_WORDS: Readonly<Record<FailureReason, ValueWords>> = {
  setup_needed: {
    name: 'setup needed',
    explanation: 'Nobody has set the tenant or filled the secret yet; no request was made to Auth0.',
    remedy: 'Name the tenant in the environment and fill the secret; the README has both steps.',
  },
  secret_unusable: {
    name: 'secret unusable',
    explanation: 'The secret could not be read, or does not hold the credentials of an application.',
    remedy:
      'Do what the reason says. The secret holds JSON of the shape {"client_id": "...", "client_secret": "..."} (with private_key in place of client_secret for Private Key JWT), for an application of this tenant.',
  },
  credentials_refused: {
    name: 'credentials refused',
    explanation: 'Auth0 refused the credentials.',
    remedy:
      'Do what the reason says. The application is in the Dashboard under Applications > Applications; its credentials are in the secret, or in the variables of the command line.',
  },
  audience_refused: {
    name: 'audience refused',
    explanation: 'The tenant knows no Management API under the domain that the token was asked for.',
    remedy:
      "Where domain is a custom domain, set canonicalDomain in the environment to the tenant's own domain (on the command line: --canonical-domain). The secret is not the cause.",
  },
  scope_missing: {
    name: 'scope missing',
    explanation: 'The application may not read connections, or not their options.',
    remedy:
      'Grant the scope in the Dashboard: Applications > APIs > Auth0 Management API > Machine to Machine Applications, open the application, tick the scope, Update.',
  },
  request_refused: {
    name: 'request refused',
    explanation: 'Auth0 refused a request although the token is good, and will refuse it again.',
    remedy:
      "See whether the domain is this tenant's, and what the tenant's own log says (Dashboard: Monitoring > Logs).",
  },
  unreachable: {
    name: 'unreachable',
    explanation: 'Nothing can answer under the domain from here: the name, the certificate or the proxy is wrong.',
    remedy: 'Check what the reason names: the domain, its certificate, the clock or the proxy. Waiting does not help.',
  },
  no_answer: {
    name: 'no answer',
    explanation: 'Auth0 did not answer in time, or only with errors and rate limits.',
    remedy: 'Follow the advice in the reason. If there is none, check https://status.auth0.com, then run it again.',
  },
  bad_answer: {
    name: 'bad answer',
    explanation: 'The answer is not one of the Management API.',
    remedy: 'Check that the domain is right and that no proxy changes the answer.',
  },
  listing_never_ends: {
    name: 'listing never ends',
    explanation: 'Auth0 kept offering the same page of connections.',
    remedy: 'Run it again; if it happens twice, open a ticket with Auth0 and give the run id.',
  },
  listing_short: {
    name: 'listing short',
    explanation:
      'A connection that an earlier run saw is missing from the listing, and Auth0 does not confirm that it was deleted. Nothing is resolved or written.',
    remedy:
      'Run it again: Auth0 may have left out some. If it happens twice, check that the application may read every connection, and ask Auth0 support.',
  },
  listing_empty: {
    name: 'listing empty',
    explanation: 'Auth0 listed no connections, and the last complete run listed some. Nothing is resolved or written.',
    remedy:
      'Check that the domain and the credentials belong to the right tenant. If the tenant really has no connections any more, confirm it with the command accept-empty-listing.',
  },
  out_of_time: {
    name: 'out of time',
    explanation: 'The time of the run was up before everything was read or repaired.',
    remedy:
      'If every connection was read, the next run continues with the repairs. If not, the next run begins at the first page again: audit from the command line, which has no time limit, run when others use the rate limit less, or ask Auth0 for a higher rate limit. A lower rateReservePercent does not help. See docs/scale.md.',
  },
  interrupted: {
    name: 'interrupted',
    explanation: 'A person ended the run before everything was read or repaired.',
    remedy: 'Run it again; the next run continues from there.',
  },
  log_too_long: {
    name: 'log too long',
    explanation: "One look-up in the tenant's log would take too many requests. It never makes a run incomplete.",
    remedy: 'Look there yourself (Dashboard: Monitoring > Logs).',
  },
  internal: {
    name: 'internal error',
    explanation: 'An error of the auditor itself ended the run.',
    remedy: "This is a fault of the auditor. The function's log has the details under the run id; please report it.",
  },
};
