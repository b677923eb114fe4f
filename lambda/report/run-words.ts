import type { Exemption } from '../audit/policy';
import type { FailureReason } from '../audit/ports';
import type { Notice, Report } from '../audit/report';
import { makeHarmless } from './harmless';
import { unreachable } from './unreachable';

/** How much of the tenant was seen: every connection that was listed is in exactly one of the counts. */
export function describeCoverage({ coverage, summary, complete }: Report): string {
  const counts = [
    `${summary.compliant} compliant`,
    `${summary.noncompliant} drifted`,
    `${summary.not_applicable} not applicable`,
    `${summary.indeterminate} indeterminate`,
  ];
  if (coverage.listed === 0) return complete ? 'None: the tenant has no connections.' : 'None was read.';
  const listed = `${coverage.listed} listed${complete ? '' : ' before the run ended early'}`;
  const exempt = summary.exempt > 0 ? ` Of these, ${summary.exempt} exempt.` : '';
  return `${listed}, ${coverage.judged} judged: ${counts.join(', ')}.${exempt}`;
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
    case 'internal':
      return "This is a fault of the auditor. The function's log has the details under the run id; please report it.";
    default:
      return unreachable(reason);
  }
}

/** What a person should know about the run, though it makes nothing incomplete. */
export function describeNotice(notice: Notice): string {
  switch (notice.code) {
    case 'SCOPES_UNKNOWN':
      return 'Auth0 did not say which scopes the token has. If options are hidden, the scope read:connections_options is the first thing to look at.';
    case 'WRITE_SCOPES_IN_REPORT_MODE':
      return `The credentials can write (${notice.scopes.map((scope) => makeHarmless(scope)).join(', ')}) and this run only reports. Take the scopes away: what cannot write cannot be made to.`;
    case 'UNKNOWN_STRATEGY':
      return `${count(notice.connections, 'connection')} of the strategy ${makeHarmless(notice.strategy)}, which the auditor does not know: judged like any other, never written. Look for a newer release.`;
    case 'RULE_MATCHED_NOTHING':
      return `The rule ${makeHarmless(notice.rule)} matched no connection. Is it still needed, and is its match right?`;
    case 'ONLY_DEFAULT':
      return `${count(notice.connections, 'connection')} matched no rule: only the policy's default covers them.`;
    case 'EXEMPTION_EXPIRED':
      return notice.graceUntil === null
        ? `Expired: ${describeExemption(notice.exemption)}. It no longer exempts. Remove it, or renew it with its owner.`
        : `Expired: ${describeExemption(notice.exemption)}. It no longer exempts; nothing is repaired before the end of ${notice.graceUntil}. Renew it with its owner until then, or remove it.`;
    case 'EXEMPTION_EXPIRING':
      return `Expires in ${count(notice.daysLeft, 'day')}: ${describeExemption(notice.exemption)}. Ask its owner.`;
    case 'EXEMPTION_UNUSED':
      return `Unused: ${describeExemption(notice.exemption)}. It fits no connection. Remove it, or correct it.`;
    case 'EXEMPTION_NOT_NEEDED':
      return `No longer needed: ${describeExemption(notice.exemption)}. What it fits is as the policy says. Remove it.`;
    default:
      return unreachable(notice);
  }
}

function describeExemption({ id, name, owner, ticket, expires }: Exemption): string {
  const [of, by, see, until] = [id ?? name ?? '', owner, ticket, expires].map((text) => makeHarmless(text));
  return `exemption of ${of} (${by}, ${see}, until ${until})`;
}

/** `1 connection`, `2 connections`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
