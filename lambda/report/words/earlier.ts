import { keysOf } from '../../connection/tables';
import { CHANGE_KINDS, CHANGE_RESULTS, type ChangeResult, type EarlierChange } from '../../judge/change';
import type { Report } from '../../judge/report';

/** The earlier changes that recipients of alerts have not been notified of. */
export function changesForPeople({ earlierChanges }: Pick<Report, 'earlierChanges'>): readonly EarlierChange[] {
  return earlierChanges.filter(({ to }) => to.people);
}

/** The results that an operator must check, over all changes that this run reports to recipients. */
export function resultsToCheck(report: Pick<Report, 'earlierChanges'>): readonly ChangeResult[] {
  const found = new Set(
    changesForPeople(report).flatMap(({ change }) => change.connections.map(({ result }) => result)),
  );
  return keysOf(CHANGE_RESULTS).filter((result) => CHANGE_RESULTS[result].isToCheck && found.has(result));
}

/** Splits changes into unreported writes of runs and changes by operators. Each part has a heading. */
export function partChanges(changes: readonly EarlierChange[]): {
  readonly ofRuns: readonly EarlierChange[];
  readonly ofPeople: readonly EarlierChange[];
} {
  return {
    ofRuns: changes.filter(({ change }) => change.kind === 'repair'),
    ofPeople: changes.filter(({ change }) => change.kind !== 'repair'),
  };
}

/** The headings of the two parts. */
export const CHANGE_HEADINGS = {
  ofRuns: 'Written by earlier runs, not reported until now',
  ofPeople: 'Changed by operators',
} as const;

/** The number of connections that these changes wrote to, or might have written to. */
export function countWrites(changes: readonly EarlierChange[]): number {
  const writing = changes.filter(({ change }) => CHANGE_KINDS[change.kind].writes);
  return writing.reduce((sum, { change }) => sum + change.connections.length, 0);
}
