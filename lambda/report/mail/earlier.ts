import type { Change, EarlierChange } from '../../judge/change';
import type { Report } from '../../judge/report';
import { introduce } from '../commands/command';
import { changesCommand, undoCommand } from '../commands/npm';
import type { CommandPlace } from '../commands/place';
import { fill } from '../text/columns';
import {
  type ChangeGroup,
  canBeUndone,
  describeChangedValue,
  describeChangeRun,
  explainChange,
  explainReason,
  groupByResult,
  groupByValue,
} from '../words/change';
import { CHANGE_HEADINGS, changesForPeople, countWrites, partChanges } from '../words/earlier';
import { advise, padStrategies, writeLine } from './list';

/**
 * The number of connections of one change that a mail lists, and the number of changes. The record of the run has them
 * all.
 */
const SHOWN = 12;
const CHANGES_SHOWN = 8;

/** Unreported writes of earlier runs, and changes by operators. They come before the findings of this run. */
export function writeEarlier(report: Report, commands: CommandPlace): string[][] {
  const { ofRuns, ofPeople } = partChanges(changesForPeople(report));
  return [
    writeChanges(`${CHANGE_HEADINGS.ofRuns}: ${countWrites(ofRuns)}`, ofRuns, { report, commands }),
    writeChanges(`${CHANGE_HEADINGS.ofPeople}: ${ofPeople.length}`, ofPeople, { report, commands }),
  ];
}

interface Context {
  readonly report: Report;
  readonly commands: CommandPlace;
}

function writeChanges(heading: string, changes: readonly EarlierChange[], context: Context): string[] {
  if (changes.length === 0) return [];
  const more = changes.length - CHANGES_SHOWN;
  return [
    heading.toUpperCase(),
    ...changes
      .slice(0, CHANGES_SHOWN)
      .flatMap((earlier, index) => [...(index === 0 ? [] : ['']), ...writeChange(earlier, context)]),
    ...(more > 0 ? ['', `  and ${more} more changes`] : []),
    ...(more > 0 ? introduce(['  To list all changes:'], changesCommand(context.commands)) : []),
  ];
}

function writeChange(earlier: EarlierChange, { report, commands }: Context): string[] {
  const { change } = earlier;
  const { runId } = change;
  const more = change.connections.length - SHOWN;
  return [
    ...fill(describeChangeRun(change), { first: '  ' }),
    ...fill(explainChange(earlier), { first: '  ' }),
    ...explainReason(change).flatMap((reason) => fill(reason, { first: '  ' })),
    ...firstOf(change, SHOWN).flatMap((group) => ['', ...writeGroup(group, report)]),
    ...(more > 0 ? [`  and ${more} more; the record of that run lists all of them`] : []),
    ...(canBeUndone(change)
      ? introduce(
          ['', ...advise('Undo', 'Restores the earlier values. The command shows the changes and asks first:')],
          undoCommand(commands, runId),
        )
      : []),
  ];
}

/** The first `most` connections, most severe first. */
function firstOf(change: Change, most: number): readonly (ChangeGroup & { readonly total: number })[] {
  let left = most;
  return groupByResult(change).flatMap((group) => {
    const connections = group.connections.slice(0, left);
    left -= connections.length;
    return connections.length === 0 ? [] : [{ ...group, connections, total: group.connections.length }];
  });
}

function writeGroup(group: ChangeGroup & { readonly total: number }, report: Report): string[] {
  const { words, isToCheck, connections, total } = group;
  const pad = padStrategies(connections.map(({ strategy }) => strategy));
  const isListed = isToCheck || !areHeld(connections, report);
  return [
    ...fill(`${words.name.toUpperCase()}: ${total}`, { first: '  ' }),
    ...fill(isListed ? words.explanation : `${words.explanation} The section HELD lists the connections.`, {
      first: '  ',
    }),
    ...groupByValue(connections).flatMap((same) => {
      const value = describeChangedValue(same[0]);
      return [
        ...(value === '' ? [] : fill(value, { first: '  ' })),
        ...(isListed
          ? same.flatMap((connection) => writeLine(connection, { entry: '  - ', beside: pad(connection.strategy) }))
          : []),
      ];
    }),
    ...(isToCheck ? advise('Do', words.remedy) : []),
  ];
}

/** Whether the section HELD lists all these connections. */
function areHeld(connections: ChangeGroup['connections'], { findings }: Report): boolean {
  const held = new Set(findings.flatMap(({ outcome, connection }) => (outcome === 'held' ? [connection.id] : [])));
  return connections.every(({ id }) => held.has(id));
}
