import { introduce } from '../../lambda/report/commands/command';
import { reportCommand } from '../../lambda/report/commands/npm';
import type { CommandPlace } from '../../lambda/report/commands/place';
import { fill } from '../../lambda/report/text/columns';
import { makeVisible } from '../../lambda/report/text/harmless';
import { describeMoment } from '../../lambda/report/words/author';
import { CHANGE_KIND_WORDS } from '../../lambda/report/words/change';
import { count } from '../../lambda/report/words/run';
import { factsOf, nameActor } from './describe-change';
import { type Entry, newestRun, oldestOf } from './entries';

const COLUMNS = 80;

interface Context {
  /** The folder or bucket of the history, as readable text. */
  readonly place: string;
  readonly commands: CommandPlace;
}

/** The entries in lines of at most 80 columns, the period that they cover, and the command that writes a report again. */
export function writeList(entries: readonly Entry[], { place, commands }: Context): string {
  if (entries.length === 0) return 'This history contains no runs and no changes.';
  const last = newestRun(entries);
  return [
    ...entries.flatMap(describeEntry),
    '',
    ...fill(`${describeReach(entries)} Records of earlier runs stay in the history until they expire.`, {
      columns: COLUMNS,
    }),
    `History: ${makeVisible(place, 500)}`,
    ...(last === undefined
      ? []
      : introduce(['To write the report of the last run as an HTML page:'], reportCommand(commands, last))),
  ].join('\n');
}

/** The state keeps a limited number of runs and of changes, so the two lists begin at different times. */
function describeReach(entries: readonly Entry[]): string {
  const { runs, changes } = oldestOf(entries);
  const since = (at: string | null): string => (at === null ? 'none' : `since ${describeMoment(at)}`);
  return `Runs: ${since(runs)}. Changes: ${since(changes)}.`;
}

/** `2026-11-26 04:30 UTC  2026-11-26T04-30-00Z-5f0c2a9e  repair`, with the known facts below. */
function describeEntry(entry: Entry): string[] {
  const { at, runId, kind, run, change, isUnreported, by } = entry;
  const facts = [
    ...(run === undefined ? [count(change?.connections ?? 0, 'connection')] : numbersOf(run)),
    ...(change === undefined
      ? [by === undefined ? 'by: unknown' : `by ${nameActor(by)}`]
      : factsOf(change, isUnreported)),
    ...(run?.mode === undefined ? [] : [`${run.mode} mode`]),
  ];
  return [
    `${describeMoment(at)}  ${makeVisible(runId)}  ${kind === 'audit' ? kind : CHANGE_KIND_WORDS[kind].name}`,
    ...fill(facts.join(', '), { first: '  ', columns: COLUMNS }),
  ];
}

function numbersOf({ complete, listed, noncompliant, indeterminate, exempt, remediated }: Entry['run'] & object) {
  return [
    ...(complete ? [] : ['INCOMPLETE']),
    `${listed} listed`,
    `${noncompliant} noncompliant`,
    `${indeterminate} indeterminate`,
    `${exempt} exempt`,
    `${remediated} repaired`,
  ];
}
