import type { FailureReason } from '../../connection/tenant';
import type { OtherWriters, Report } from '../../judge/report';
import { makeVisible } from '../text/harmless';
import { unreachable } from '../text/unreachable';
import { countOutcomes } from './outcome';

/** Whether connections may be missing from the listing. A run can also be incomplete for want of time to repair. */
export function isListingCut({ complete, findings }: Report): boolean {
  return !complete && !findings.some(({ stopped }) => stopped === 'time');
}

/** How much of the tenant was seen, and as what: every connection that was listed is in exactly one of the counts. */
export function describeCoverage(report: Report): string {
  const { coverage, summary, findings, complete } = report;
  const counts = [
    `${summary.compliant} compliant`,
    `${summary.noncompliant} drifted`,
    `${summary.not_applicable} not applicable`,
    `${summary.indeterminate} indeterminate`,
  ];
  if (coverage.listed === 0) return complete ? 'None: the tenant has no connections.' : 'None was read.';
  const listed = `${coverage.listed} listed${isListingCut(report) ? ' before the run ended early' : ''}`;
  const { remediated, already_compliant, gone } = countOutcomes(findings);
  const since = [
    ...(summary.exempt > 0 ? [`${summary.exempt} exempt`] : []),
    ...(remediated > 0 ? [`${remediated} fixed since`] : []),
    ...(already_compliant + gone > 0 ? [`${already_compliant + gone} right or deleted since`] : []),
  ];
  const ofThese = since.length === 0 ? '' : ` Of these, ${since.join(', ')}.`;
  return `${listed}, ${coverage.judged} judged: ${counts.join(', ')}.${ofThese}`;
}

/** A few words for why a run did not see everything, for a subject. */
export function nameFailure(reason: FailureReason): string {
  switch (reason) {
    case 'setup_needed':
      return 'setup needed';
    case 'secret_unusable':
      return 'secret unusable';
    case 'credentials_refused':
      return 'credentials refused';
    case 'scope_missing':
      return 'scope missing';
    case 'request_refused':
      return 'request refused';
    case 'no_answer':
      return 'no answer';
    case 'bad_answer':
      return 'bad answer';
    case 'listing_never_ends':
      return 'listing never ends';
    case 'out_of_time':
      return 'out of time';
    case 'log_too_long':
      return 'log too long';
    case 'internal':
      return 'internal error';
    default:
      return unreachable(reason);
  }
}

/** What a person does about it, in the order in which to try. */
export function remedyFor(reason: FailureReason): string {
  switch (reason) {
    case 'setup_needed':
      return 'Name the tenant in the environment and fill the secret; the README has both steps.';
    case 'secret_unusable':
      return 'Put JSON of the shape {"client_id": "...", "client_secret": "..."} into the secret, for an application of this tenant, and see that the role may read it.';
    case 'credentials_refused':
      return "Compare the secret's client_id and client_secret with the machine-to-machine application (Dashboard: Applications > Applications), and see that it is authorized for the Auth0 Management API. If its secret was rotated, put the new one into the secret.";
    case 'scope_missing':
      return 'Grant the scope in the Dashboard: Applications > APIs > Auth0 Management API > Machine to Machine Applications, open the application, tick the scope, Update.';
    case 'request_refused':
      return "Auth0 refused the request and will refuse it again. See whether the domain is this tenant's, and what the tenant's own log says (Dashboard: Monitoring > Logs).";
    case 'no_answer':
      return 'Auth0 did not answer in time, however often it was asked. See https://status.auth0.com and the domain; if both are well, run it again.';
    case 'bad_answer':
      return 'Something answered, and not as the Management API does: see whether the domain is right and no proxy stands before it, then run it again.';
    case 'listing_never_ends':
      return 'Auth0 kept offering the same page. Run it again; if it happens twice, open a ticket with Auth0 and give the run id.';
    case 'out_of_time':
      return 'The tenant took longer than the function may run. Give the function more time, or lower its rate reserve, then run it again.';
    case 'log_too_long':
      return "The tenant's log holds more writes than one look-up reads. Look there yourself (Dashboard: Monitoring > Logs).";
    case 'internal':
      return "This is a fault of the auditor. The function's log has the details under the run id; please report it.";
    default:
      return unreachable(reason);
  }
}

/** What the tenant's log told about others who wrote while we did: an edit between our read and our write would be lost. */
export function describeOtherWriters(otherWriters: OtherWriters): string {
  switch (otherWriters) {
    case 'not_looked_for':
      return "not looked for. Grant read:logs, and the tenant's log is asked after each run that writes.";
    case 'none_seen':
      return "none seen in the tenant's log.";
    case 'seen':
      return "SEEN in the tenant's log; each is told with its connection.";
    case 'log_unreadable':
      return "not known: the tenant's log could not be read. Look there (Dashboard: Monitoring > Logs).";
    default:
      return unreachable(otherWriters);
  }
}

/** `04:30:02Z`: the day stands at the end of the message. */
export function describeTime(at: string): string {
  return `${makeVisible(at.slice('2026-11-23T'.length, '2026-11-23T04:30:02'.length), 8)}Z`;
}

/** `1 connection`, `2 connections`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
