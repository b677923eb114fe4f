import type { Attribution, UnknownAuthor } from '../audit/attribute';
import type { Author } from '../audit/ports';
import { escapeCharacter, makeHarmless, UNSEEN } from './harmless';
import { html, type Markup, NOTHING } from './html-markup';
import { dayAndTime } from './html-times';
import { unreachable } from './unreachable';

/** Who moved a connection, when and by which way; where nobody can say, why. */
export function writeAuthor(changedBy: Attribution | null): Markup {
  if (changedBy === null) return html`<span class="muted">not looked up</span>`;
  switch (changedBy.kind) {
    case 'known': {
      const { email, clientName, clientId, channel, at } = changedBy;
      const name = email === null ? (clientName ?? clientId) : null;
      const who = email === null ? (name === null ? 'a person' : makeHarmless(name)) : showAddress(email);
      const way = channel === 'dashboard' ? 'Dashboard' : 'API';
      return html`<bdi>${who}</bdi><small>${way}, ${dayAndTime(at)}</small>${writeTraces(changedBy)}`;
    }
    case 'ours':
      return html`this auditor<small>run ${makeHarmless(changedBy.runId)}</small><small>${dayAndTime(changedBy.at)}</small>`;
    case 'unknown':
      return html`<span class="muted">not known</span><small>${explainUnknown(changedBy.why)}</small>`;
    default:
      return html`${unreachable(changedBy)}`;
  }
}

/** An address of mail is there to be copied, and a page that makes no links needs no more than that all of it is seen. */
function showAddress(email: string): string {
  return email.slice(0, 254).replace(new RegExp(UNSEEN.source, 'gu'), escapeCharacter);
}

/** What tells two machines or two applications apart, for those who ask. */
function writeTraces({ clientName, clientId, email, address, userAgent }: Author): Markup {
  const isNamed = email !== null || clientName !== null;
  const traces = [address, isNamed ? clientId : null, userAgent].filter((trace) => trace !== null);
  if (traces.length === 0) return NOTHING;
  return html`<details><summary>from</summary>${traces.map((trace) => html`<small>${makeHarmless(trace, 120)}</small>`)}</details>`;
}

function explainUnknown(why: UnknownAuthor): string {
  switch (why) {
    case 'no_scope':
      return 'the scope read:logs is not granted';
    case 'not_in_log':
      return "before the tenant's log retention";
    case 'too_many':
      return 'the log holds too many writes';
    case 'log_unreadable':
      return 'the log could not be read';
    default:
      return unreachable(why);
  }
}
