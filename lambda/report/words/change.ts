import { keysOf } from '../../connection/tables';
import {
  CHANGE_KINDS,
  CHANGE_RESULTS,
  type Change,
  type ChangedConnection,
  type ChangeKind,
  type ChangeResult,
  type EarlierChange,
} from '../../judge/change';
import { groupBy } from '../text/group-by';
import { makeHarmless, makeVisible } from '../text/harmless';
import { describeMoment, quoteAuthor } from './author';
import type { ValueWords } from './value-words';

/** The texts of each kind of change. */
export const CHANGE_KIND_WORDS: Readonly<Record<ChangeKind, ValueWords>> = {
  repair: {
    name: 'repair',
    explanation: 'A run repaired connections.',
    remedy: 'Nothing, if each repair is verified. `undo` restores the earlier values.',
  },
  undo: {
    name: 'undo',
    explanation:
      'An operator restored the values from before a run. The connections are held: runs do not repair them.',
    remedy: 'If the undo was correct, change the policy or exempt the connections. Otherwise release the holds.',
  },
  release: {
    name: 'release of holds',
    explanation: 'An operator released holds. Runs can repair these connections again.',
    remedy: 'Nothing.',
  },
  unlock: {
    name: 'unlock',
    explanation: 'An operator ended the lease of a run that had not released it.',
    remedy: 'Check what that run wrote (Dashboard: Monitoring > Logs; the correlation id of a write is the run id).',
  },
  accept_empty_listing: {
    name: 'empty listing accepted',
    explanation:
      'An operator confirmed that the tenant no longer has connections. The confirmation ends with the next listing that has connections.',
    remedy: 'Nothing.',
  },
};

/** The plural names. */
export const CHANGE_KIND_PLURALS: Readonly<Record<ChangeKind, string>> = {
  repair: 'repairs',
  undo: 'undos',
  release: 'releases of holds',
  unlock: 'unlocks',
  accept_empty_listing: 'empty listings accepted',
};

/** The texts of each result of a change. */
export const CHANGE_RESULT_WORDS: Readonly<Record<ChangeResult, ValueWords>> = {
  unverified: {
    name: 'NOT VERIFIED',
    explanation: 'Written, but something else changed too, or it is unknown what was written.',
    remedy: 'Check immediately that users can sign in through the connection.',
  },
  unknown: {
    name: 'UNKNOWN',
    explanation:
      'The connection might have been written. Its value is neither the earlier value nor the new value, or it could not be read.',
    remedy:
      "Check the connection in the Dashboard and the tenant's log (Monitoring > Logs). An undo does not change this connection.",
  },
  overwritten: {
    name: 'restored since',
    explanation:
      "The tenant's log shows the write, and the connection has the earlier value again. No other option was compared.",
    remedy:
      'Check that users can sign in through the connection. Find out who restored the value (Dashboard: Monitoring > Logs). An undo does not change this connection.',
  },
  found: {
    name: 'found written',
    explanation: 'The connection has the new value, so it was written. No other option was compared.',
    remedy: 'Check that users can sign in through the connection.',
  },
  verified: { name: 'verified', explanation: 'Written, read back and verified.', remedy: 'Nothing.' },
  released: { name: 'released', explanation: 'The hold was released; nothing was written.', remedy: 'Nothing.' },
};

/** Whether an operator must check a connection of the change. */
export function isToCheck({ connections }: Change): boolean {
  return connections.some(({ result }) => CHANGE_RESULTS[result].isToCheck);
}

/** Makes the texts of a change harmless for their output. */
export interface ChangeQuotes {
  /** The name of a person. */
  readonly author: (text: string) => string;
  /** The id of a run. */
  readonly run: (text: string) => string;
}

/** Fits an ARN, which is longer than a name. */
const PERSON_COLUMNS = 160;

export function quotePerson(text: string): string {
  return quoteAuthor(text, PERSON_COLUMNS);
}

const PLAIN: ChangeQuotes = { author: quotePerson, run: (text) => makeVisible(text) };

/** `Undo of run 2026-11-26T04-30-00Z-5f0c2a9e by ann on laptop, 2026-11-26 09:10 UTC.` */
export function describeChangeRun({ kind, by, at, of, runId }: Change, { author, run }: ChangeQuotes = PLAIN): string {
  const { name } = CHANGE_KIND_WORDS[kind];
  const undone = of === null || of === '' ? '' : ` of run ${run(of)}`;
  const what = kind === 'repair' ? `Run ${run(runId)}` : `${name.charAt(0).toUpperCase()}${name.slice(1)}${undone}`;
  return `${what} by ${by === null ? 'the function' : author(by)}, ${describeMoment(at)}.`;
}

/** What the change means, and why it is reported only now. */
export function explainChange({ change, to }: EarlierChange): string {
  const { kind, isCut } = change;
  const { explanation, remedy } = CHANGE_KIND_WORDS[kind];
  const words = [
    ...(kind === 'repair' ? [] : [explanation]),
    ...(CHANGE_KINDS[kind].writes || remedy === 'Nothing.' ? [] : [remedy]),
    ...(isCut
      ? [
          'The process ended before it could report its writes. The auditor compared each planned write with the tenant. Writes that were not made are omitted.',
        ]
      : []),
    ...(kind === 'repair' && !isCut ? [to.people ? UNREPORTED.people : UNREPORTED.machines] : []),
  ];
  return words.join(' ');
}

const UNREPORTED = {
  people: 'It is unknown whether an alert of this run was sent.',
  machines: 'The findings messages of this run were not sent.',
};

/** `Reason given: change freeze`; no line without a reason. */
export function explainReason({ reason }: Change, quote = (text: string) => makeHarmless(text, 300)): string[] {
  return reason === null ? [] : [`Reason given: ${quote(reason)}`];
}

/** `not set -> on_first_login`; empty if nothing was written. */
export function describeChangedValue({ before, after, result }: ChangedConnection): string {
  return CHANGE_RESULTS[result].mayHaveWritten ? `${before ?? 'not set'} -> ${after ?? 'not set'}` : '';
}

/** The connections of a change with the same result. */
export interface ChangeGroup {
  readonly result: ChangeResult;
  readonly words: ValueWords;
  readonly isToCheck: boolean;
  readonly connections: readonly ChangedConnection[];
}

/** The connections of a change by their result, most severe first. */
export function groupByResult({ connections }: Change): readonly ChangeGroup[] {
  return keysOf(CHANGE_RESULTS).flatMap((result) => {
    const ours = connections.filter((connection) => connection.result === result);
    const words = CHANGE_RESULT_WORDS[result];
    return ours.length === 0 ? [] : [{ result, words, isToCheck: CHANGE_RESULTS[result].isToCheck, connections: ours }];
  });
}

/** Groups connections that got the same value. */
export function groupByValue(connections: readonly ChangedConnection[]) {
  return groupBy(connections, describeChangedValue);
}

/** `1 UNKNOWN, 2 verified`; empty without connections. */
export function countResults(change: Change): string {
  return groupByResult(change)
    .map(({ words, connections }) => `${connections.length} ${words.name}`)
    .join(', ');
}

/** Whether an undo of this run would change something. */
export function canBeUndone({ kind, connections }: Change): boolean {
  return kind === 'repair' && connections.some(({ result }) => CHANGE_RESULTS[result].canBeUndone);
}
