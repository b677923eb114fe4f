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
  /** Where the history is, for people. */
  readonly place: string;
  readonly commands: CommandPlace;
}

/** The entries in lines of at most 80 columns, how far back they reach, and how to write a report again. */
export function writeList(entries: readonly Entry[], { place, commands }: Context): string {
  if (entries.length === 0) return 'This history knows of no runs and no changes.';
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
      : introduce(['To write the report of the last run as a page:'], reportCommand(commands, last))),
  ].join('\n');
}

/** The state keeps so many runs and so many changes: they go back differently far. */
function describeReach(entries: readonly Entry[]): string {
  const { runs, changes } = oldestOf(entries);
  const since = (at: string | null): string => (at === null ? 'none' : `back to ${describeMoment(at)}`);
  return `Runs: ${since(runs)}. Changes: ${since(changes)}.`;
}

/** `2026-11-26 04:30 UTC  2026-11-26T04-30-00Z-5f0c2a9e  repair`, and below it what is known of it. */
function describeEntry(entry: Entry): string[] {
  const { at, runId, kind, run, change, isUnreported, by } = entry;
  const facts = [
    ...(run === undefined ? [count(change?.connections ?? 0, 'connection')] : numbersOf(run)),
    ...(change === undefined
      ? [by === undefined ? 'by: not known' : `by ${nameActor(by)}`]
      : factsOf(change, isUnreported)),
    ...(run?.mode === undefined ? [] : [`mode ${run.mode}`]),
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
