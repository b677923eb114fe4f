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

/** What is said of each kind of change. */
export const CHANGE_KIND_WORDS: Readonly<Record<ChangeKind, ValueWords>> = {
  repair: {
    name: 'repair',
    explanation: 'A run repaired connections.',
    remedy: 'Nothing, if each is verified. `undo` restores the earlier values.',
  },
  undo: {
    name: 'undo',
    explanation: 'A person restored the values from before a run. Runs do not repair these connections: they are held.',
    remedy: 'If the person was right, change the policy or exempt the connections. Otherwise release the holds.',
  },
  release: {
    name: 'release of holds',
    explanation: 'A person ended holds. Runs may repair these connections again.',
    remedy: 'Nothing.',
  },
  unlock: {
    name: 'unlock',
    explanation: 'A person took the lease from a run that had not given it back.',
    remedy: "Check what that run wrote (Dashboard: Monitoring > Logs; the run id is the write's correlation id).",
  },
  accept_empty_listing: {
    name: 'empty listing accepted',
    explanation:
      'A person confirmed that the tenant has no connections any more. This ends with the next listing that has connections.',
    remedy: 'Nothing.',
  },
};

/** The names of several changes of a kind. */
export const CHANGE_KIND_PLURALS: Readonly<Record<ChangeKind, string>> = {
  repair: 'repairs',
  undo: 'undos',
  release: 'releases of holds',
  unlock: 'unlocks',
  accept_empty_listing: 'empty listings accepted',
};

/** What is said of each result of a change. */
export const CHANGE_RESULT_WORDS: Readonly<Record<ChangeResult, ValueWords>> = {
  unverified: {
    name: 'NOT VERIFIED',
    explanation: 'Written, and something else changed too, or nobody knows what was written.',
    remedy: 'Check at once that people can log in through the connection.',
  },
  unknown: {
    name: 'UNKNOWN',
    explanation:
      'The connection has neither the earlier value nor the new one, or could not be read, so nobody knows whether it was written.',
    remedy:
      "Check the connection in the Dashboard and the tenant's log (Monitoring > Logs). An undo does not change it.",
  },
  overwritten: {
    name: 'restored since',
    explanation:
      "The tenant's log shows the write, and the connection has the earlier value again. No other option was compared.",
    remedy:
      'Check that people can log in through the connection, and find out who restored the value (Dashboard: Monitoring > Logs). An undo does not change it.',
  },
  found: {
    name: 'found written',
    explanation: 'The connection has the new value, so it was written. No other option was compared.',
    remedy: 'Check that people can log in through the connection.',
  },
  verified: { name: 'verified', explanation: 'Written, and read back as meant.', remedy: 'Nothing.' },
  released: { name: 'released', explanation: 'Its hold was ended; nothing was written.', remedy: 'Nothing.' },
};

/** Whether a person should look at a connection of the change. */
export function isToCheck({ connections }: Change): boolean {
  return connections.some(({ result }) => CHANGE_RESULTS[result].isToCheck);
}

/** How texts are made harmless where the words stand. */
export interface ChangeQuotes {
  /** A person's name. */
  readonly author: (text: string) => string;
  /** The id of a run. */
  readonly run: (text: string) => string;
}

/** An ARN is longer than a name. */
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

/** What the change means, and why it is told only now. */
export function explainChange({ change, to }: EarlierChange): string {
  const { kind, isCut } = change;
  const { explanation, remedy } = CHANGE_KIND_WORDS[kind];
  const words = [
    ...(kind === 'repair' ? [] : [explanation]),
    ...(CHANGE_KINDS[kind].writes || remedy === 'Nothing.' ? [] : [remedy]),
    ...(isCut
      ? [
          'It was cut before it could report its writes. Each planned write was compared with the tenant; writes that were not made are left out.',
        ]
      : []),
    ...(kind === 'repair' && !isCut ? [to.people ? UNTOLD.people : UNTOLD.machines] : []),
  ];
  return words.join(' ');
}

const UNTOLD = {
  people: 'No alert of this run is known to have gone out.',
  machines: 'The messages of this run on the findings topic did not go out.',
};

/** `Reason given: change freeze`; nothing where none was. */
export function explainReason({ reason }: Change, quote = (text: string) => makeHarmless(text, 300)): string[] {
  return reason === null ? [] : [`Reason given: ${quote(reason)}`];
}

/** `not set -> on_first_login`; nothing where nothing was written. */
export function describeChangedValue({ before, after, result }: ChangedConnection): string {
  return CHANGE_RESULTS[result].mayHaveWritten ? `${before ?? 'not set'} -> ${after ?? 'not set'}` : '';
}

/** The connections of a change by what is known of them, the gravest first. */
export interface ChangeGroup {
  readonly result: ChangeResult;
  readonly words: ValueWords;
  readonly isToCheck: boolean;
  readonly connections: readonly ChangedConnection[];
}

export function groupByResult({ connections }: Change): readonly ChangeGroup[] {
  return keysOf(CHANGE_RESULTS).flatMap((result) => {
    const ours = connections.filter((connection) => connection.result === result);
    const words = CHANGE_RESULT_WORDS[result];
    return ours.length === 0 ? [] : [{ result, words, isToCheck: CHANGE_RESULTS[result].isToCheck, connections: ours }];
  });
}

/** Connections for which the same was written. */
export function groupByValue(connections: readonly ChangedConnection[]) {
  return groupBy(connections, describeChangedValue);
}

/** `1 UNKNOWN, 2 verified`; nothing where there are no connections. */
export function countResults(change: Change): string {
  return groupByResult(change)
    .map(({ words, connections }) => `${connections.length} ${words.name}`)
    .join(', ');
}

/** Whether an undo of this run would change something. */
export function canBeUndone({ kind, connections }: Change): boolean {
  return kind === 'repair' && connections.some(({ result }) => CHANGE_RESULTS[result].canBeUndone);
}
