import type { EarlierChange } from '../../lambda/judge/change';
import type { Report } from '../../lambda/judge/report';
import { fill } from '../../lambda/report/text/columns';
import { makeHarmless } from '../../lambda/report/text/harmless';
import {
  type ChangeGroup,
  countResults,
  describeChangedValue,
  describeChangeRun,
  explainChange,
  explainReason,
  groupByResult,
  groupByValue,
} from '../../lambda/report/words/change';
import { CHANGE_HEADINGS, countWrites, partChanges } from '../../lambda/report/words/earlier';

/** The JSON lists the further connections of a change. */
const SHOWN = 20;

/** The unreported writes of earlier runs, and the changes by people; no lines if there are none. */
export function writeEarlier({ earlierChanges }: Report, columns: number): string[] {
  const { ofRuns, ofPeople } = partChanges(earlierChanges);
  return [
    ...writeChanges(`${CHANGE_HEADINGS.ofRuns}: ${countWrites(ofRuns)}`, ofRuns, columns),
    ...writeChanges(`${CHANGE_HEADINGS.ofPeople}: ${ofPeople.length}`, ofPeople, columns),
  ];
}

function writeChanges(heading: string, changes: readonly EarlierChange[], columns: number): string[] {
  if (changes.length === 0) return [];
  return [heading, ...changes.flatMap((earlier) => writeChange(earlier, columns)), ''];
}

function writeChange(earlier: EarlierChange, columns: number): string[] {
  const { change } = earlier;
  const counts = countResults(change);
  const words = [
    describeChangeRun(change),
    ...(counts === '' ? [] : [`${counts}.`]),
    explainChange(earlier),
    ...explainReason(change),
  ];
  const rows = groupByResult(change).flatMap((group) => writeGroup(group, columns));
  return [...fill(words.join(' '), { first: '- ', columns }), ...rows];
}

/** The name is the last column because text written from right to left cannot reorder the columns before it. */
function writeGroup({ words, isToCheck, connections }: ChangeGroup, columns: number): string[] {
  const { name, explanation, remedy } = words;
  const more = connections.length - SHOWN;
  return [
    ...(isToCheck ? fill(`${name}: ${explanation} ${remedy}`, { first: '  ', columns }) : []),
    ...groupByValue(connections.slice(0, SHOWN)).flatMap((same) => {
      const value = describeChangedValue(same[0]);
      return [
        ...fill([...(value === '' ? [] : [value]), name].join(', '), { first: '  ', columns }),
        ...same.flatMap((connection) =>
          fill(
            `${makeHarmless(connection.id, 40)}  ${makeHarmless(connection.strategy, 24)}  ${makeHarmless(connection.name)}`,
            { first: '    ', columns },
          ),
        ),
      ];
    }),
    ...(more > 0 ? [`    and ${more} more; --format json lists all`] : []),
  ];
}
