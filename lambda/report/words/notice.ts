import type { Mode } from '../../contract';
import type { Notice } from '../../judge/report';
import type { Exemption } from '../../policy/policy';
import { makeHarmless } from '../text/harmless';
import { unreachable } from '../text/unreachable';
import { count } from './run';

/** What a person should know about the run, though it makes nothing incomplete. */
export function describeNotice(notice: Notice, mode: Mode): string {
  switch (notice.code) {
    case 'SCOPES_UNKNOWN':
      return 'Auth0 did not say which scopes the token has. If options are hidden, the scope read:connections_options is the first thing to look at.';
    case 'WRITE_SCOPES_IN_REPORT_MODE':
      return `The credentials can write (${notice.scopes.map((scope) => makeHarmless(scope)).join(', ')}) and this run only reports. Take the scopes away: what cannot write cannot be made to.`;
    case 'WRITE_SCOPES_MISSING':
      return 'The mode is remediate, and the credentials cannot write: update:connections and update:connections_options are both needed. Grant them, or nothing is ever fixed.';
    case 'CAP_EXCEEDED':
      return `${count(notice.planned, 'repair')} planned and ${notice.allowed} allowed. ${
        mode === 'report'
          ? 'This run only reports; one that may write would fix nothing.'
          : 'Over the cap nothing is fixed.'
      }`;
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
