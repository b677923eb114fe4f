import type { Attribution, Finding, UnknownAuthor } from '../../judge/finding';
import { makeHarmless } from '../text/harmless';
import { unreachable } from '../text/unreachable';

/** Makes a foreign text harmless for its output: a mail shows it as text, a chat also as code. */
type Quote = (text: string) => string;

/** `changed by ann@example.com in the Dashboard, 2026-11-22 14:03 UTC, from 203.0.113.7`; `undefined` if unknown. */
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

/** The same without `changed by`, for a place whose heading already has it. */
export function describeWriter(changedBy: Attribution | null, quote: Quote): string | undefined {
  return describeAuthor(changedBy, quote)?.replace(/^changed (by )?/, '');
}

/** The same as a line below its connection; no line if the author is unknown. */
export function authorLines({ changedBy }: Pick<Finding, 'changedBy'>): string[] {
  const author = describeAuthor(changedBy);
  return author === undefined ? [] : [author];
}

/** Names a repair by its run, and an undo by its operator. */
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

/** A person makes an edit in the Dashboard, so the name of the Dashboard's own application is omitted. */
function nameApplication(name: string | null, id: string | null, channel: 'dashboard' | 'api', quote: Quote): string {
  if (channel === 'dashboard') return '';
  if (name === null && id === null) return 'an unnamed application';
  return `the application ${[name, id].flatMap((text) => (text === null ? [] : [quote(text)])).join(', ')}`;
}

/** Why the author of a change is unknown. The texts continue `The author is`. */
export const UNKNOWN_AUTHOR_WORDS: Readonly<Record<UnknownAuthor, string>> = {
  no_scope: 'unknown. Grant read:logs so that the auditor can look up the author.',
  not_in_log:
    "unknown: the tenant's log has no entry. The change is older than the log's retention, or a few seconds old, or it created the connection.",
  too_many:
    "unknown: the tenant's log has more writes than one look-up reads. Search the log manually (Dashboard: Monitoring > Logs).",
  log_unreadable: "unknown: the tenant's log could not be read.",
  log_late:
    "unknown: the change came after a repair of this auditor, and the tenant's log did not show it yet. Search the log manually (Dashboard: Monitoring > Logs).",
  record_unread:
    'unknown: the write has the id of a run whose record was not read. The command changes lists the runs.',
};

/** The same for a list: one sentence per reason. */
export function explainUnknownAuthors(findings: readonly Pick<Finding, 'changedBy'>[]): string[] {
  const reasons = findings.flatMap(({ changedBy }) => (changedBy?.kind === 'unknown' ? [changedBy.why] : []));
  return [...new Set(reasons)].map((why) => {
    const number = reasons.filter((reason) => reason === why).length;
    const which =
      number < findings.length ? `${number} of these changes` : number === 1 ? 'this change' : 'these changes';
    return `The author of ${which} is ${UNKNOWN_AUTHOR_WORDS[why]}`;
  });
}

/** `2026-11-22 14:03 UTC`. */
export function describeMoment(at: string): string {
  const time = Date.parse(at);
  if (Number.isNaN(time)) return 'at an invalid time';
  // Never the input text itself: the parser also accepts texts such as `#0` as times.
  const [day = '', moment = ''] = new Date(time).toISOString().split('T');
  return `${day} ${moment.slice(0, 5)} UTC`;
}

const EMAIL = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*\.[A-Za-z]{2,24}$/;

/** Shows a plain e-mail address unchanged, so that the reader can write to it. Makes any other text harmless. */
export function quoteAuthor(text: string, columns?: number): string {
  return EMAIL.test(text) && text.length <= 60 ? text : makeHarmless(text, columns);
}
