import type { Attribution, Finding, UnknownAuthor } from '../../judge/finding';
import { makeHarmless } from '../text/harmless';
import { unreachable } from '../text/unreachable';

/** How anyone's text is made harmless where the words stand: in a mail as it is, in a chat also as code. */
type Quote = (text: string) => string;

/** `changed by ann@example.com in the Dashboard, 2026-11-22 14:03 UTC, from 203.0.113.7`; `undefined` where nobody knows. */
export function describeAuthor(changedBy: Attribution | null, quote: Quote = quoteAuthor): string | undefined {
  switch (changedBy?.kind) {
    case undefined:
    case 'unknown':
      return undefined;
    case 'ours':
      return `changed by ${nameOurs(changedBy, quote)}, ${describeMoment(changedBy.at)}`;
    case 'known': {
      const { email, clientName, clientId, channel, address, at } = changedBy;
      const way = channel === 'dashboard' ? ' in the Dashboard' : '';
      const from = address === null ? '' : `, from ${quote(address)}`;
      const by = email === null ? nameApplication(clientName, clientId, channel, quote) : quote(email);
      return `changed${by === '' ? '' : ` by ${by}`}${way}, ${describeMoment(at)}${from}`;
    }
    default:
      return changedBy === undefined ? undefined : unreachable(changedBy);
  }
}

/** The same where a heading says that it was changed. */
export function describeWriter(changedBy: Attribution | null, quote: Quote): string | undefined {
  return describeAuthor(changedBy, quote)?.replace(/^changed (by )?/, '');
}

/** The same as a line below its connection; nothing where nobody knows. */
export function authorLines({ changedBy }: Pick<Finding, 'changedBy'>): string[] {
  const author = describeAuthor(changedBy);
  return author === undefined ? [] : [author];
}

/** A repair is named by its run, an undo by the person who made it. */
function nameOurs({ change, runId, by }: Extract<Attribution, { kind: 'ours' }>, quote: Quote): string {
  switch (change) {
    case 'repair':
      return `a repair of run ${quote(runId)}`;
    case 'undo':
      return by === null ? `the undo ${quote(runId)}` : `${quote(by)} with the undo ${quote(runId)}`;
    default:
      return unreachable(change);
  }
}

/** An edit in the Dashboard is a person's; the Dashboard's own name would say nothing. */
function nameApplication(name: string | null, id: string | null, channel: 'dashboard' | 'api', quote: Quote): string {
  if (channel === 'dashboard') return '';
  if (name === null && id === null) return 'an application without a name';
  return `the application ${[name, id].flatMap((text) => (text === null ? [] : [quote(text)])).join(', ')}`;
}

/** Why nobody can say who moved a connection. */
export const UNKNOWN_AUTHOR_WORDS: Readonly<Record<UnknownAuthor, string>> = {
  no_scope: 'not known: grant read:logs so that the auditor can look it up.',
  not_in_log:
    "not known: before the log's retention. The tenant's log does not name created connections and is some seconds late.",
  too_many:
    "not known: the tenant's log holds more writes than one look-up reads. Look there (Dashboard: Monitoring > Logs).",
  log_unreadable: "not known: the tenant's log could not be read.",
  log_late:
    "not known: somebody wrote after a repair of this auditor, and the tenant's log did not show it yet. Look there (Dashboard: Monitoring > Logs).",
  record_unread:
    'not known: the write carries the id of a run whose record was not read. The command changes lists the runs.',
};

/** The same for a list, once for all of which it is so. */
export function explainUnknownAuthors(findings: readonly Pick<Finding, 'changedBy'>[]): string[] {
  const reasons = findings.flatMap(({ changedBy }) => (changedBy?.kind === 'unknown' ? [changedBy.why] : []));
  return [...new Set(reasons)].map((why) => {
    const number = reasons.filter((reason) => reason === why).length;
    const which = number < findings.length ? `${number} of them` : number === 1 ? 'it' : 'them';
    return `Who changed ${which} is ${UNKNOWN_AUTHOR_WORDS[why]}`;
  });
}

/** `2026-11-22 14:03 UTC`. */
export function describeMoment(at: string): string {
  const time = Date.parse(at);
  if (Number.isNaN(time)) return 'at a time that is none';
  // Not the text itself: the parser takes texts such as `#0` for times too.
  const [day = '', moment = ''] = new Date(time).toISOString().split('T');
  return `${day} ${moment.slice(0, 5)} UTC`;
}

const EMAIL = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*\.[A-Za-z]{2,24}$/;

/** An address that is nothing but one is shown as it is, so that it can be written to; any other text is anyone's. */
export function quoteAuthor(text: string, columns?: number): string {
  return EMAIL.test(text) && text.length <= 60 ? text : makeHarmless(text, columns);
}
