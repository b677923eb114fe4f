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

/** Connections of one change that a mail lists, and changes; the record of that run has them all. */
const SHOWN = 12;
const CHANGES_SHOWN = 8;

/** What earlier runs wrote and nobody reported, and what people changed: before everything that this run found. */
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
    ...(more > 0 ? introduce(['  To list them all:'], changesCommand(context.commands)) : []),
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
    ...(more > 0 ? [`  and ${more} more; the record of that run has them all`] : []),
    ...(canBeUndone(change)
      ? introduce(
          ['', ...advise('Undo', 'Restores the earlier values. It shows the changes and asks first:')],
          undoCommand(commands, runId),
        )
      : []),
  ];
}

/** So many connections, the gravest first. */
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
    ...fill(isListed ? words.explanation : `${words.explanation} Listed below, under HELD.`, { first: '  ' }),
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

/** Whether another section of the mail lists them all. */
function areHeld(connections: ChangeGroup['connections'], { findings }: Report): boolean {
  const held = new Set(findings.flatMap(({ outcome, connection }) => (outcome === 'held' ? [connection.id] : [])));
  return connections.every(({ id }) => held.has(id));
}
