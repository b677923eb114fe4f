import { keysOf } from '../../connection/tables';
import { CHANGE_KINDS, CHANGE_RESULTS, type ChangeResult, type EarlierChange } from '../../judge/change';
import type { Report } from '../../judge/report';

/** The earlier changes that people have not heard of. */
export function changesForPeople({ earlierChanges }: Pick<Report, 'earlierChanges'>): readonly EarlierChange[] {
  return earlierChanges.filter(({ to }) => to.people);
}

/** The results that a person should look at, of all changes that people hear of now. */
export function resultsToCheck(report: Pick<Report, 'earlierChanges'>): readonly ChangeResult[] {
  const found = new Set(
    changesForPeople(report).flatMap(({ change }) => change.connections.map(({ result }) => result)),
  );
  return keysOf(CHANGE_RESULTS).filter((result) => CHANGE_RESULTS[result].isToCheck && found.has(result));
}

/** Writes of runs that nobody reported, and changes that people made: what a heading parts. */
export function partChanges(changes: readonly EarlierChange[]): {
  readonly ofRuns: readonly EarlierChange[];
  readonly ofPeople: readonly EarlierChange[];
} {
  return {
    ofRuns: changes.filter(({ change }) => change.kind === 'repair'),
    ofPeople: changes.filter(({ change }) => change.kind !== 'repair'),
  };
}

/** What stands over each of the two. */
export const CHANGE_HEADINGS = {
  ofRuns: 'Written by earlier runs, not reported until now',
  ofPeople: 'Changed by people',
} as const;

/** How many connections these changes wrote to, or may have. */
export function countWrites(changes: readonly EarlierChange[]): number {
  const writing = changes.filter(({ change }) => CHANGE_KINDS[change.kind].writes);
  return writing.reduce((sum, { change }) => sum + change.connections.length, 0);
}
