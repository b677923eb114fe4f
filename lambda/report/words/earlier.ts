import { keysOf } from '../../connection/tables';
import { CHANGE_KINDS, CHANGE_RESULTS, type ChangeResult, type EarlierChange } from '../../judge/change';
import type { Report } from '../../judge/report';
import { CHANGE_KIND_PLURALS, CHANGE_KIND_WORDS, CHANGE_RESULT_WORDS } from './change';

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

/** `3 UNREPORTED WRITES (1 UNKNOWN)`, `1 undo`: for a subject. */
export function nameChanges(
  report: Pick<Report, 'earlierChanges'>,
): { readonly full: string; readonly short: string }[] {
  const { ofRuns, ofPeople } = partChanges(changesForPeople(report));
  const writes = countWrites(ofRuns);
  const kinds = keysOf(CHANGE_KINDS).filter((kind) => ofPeople.some(({ change }) => change.kind === kind));
  const gravest = nameGravest(ofRuns);
  return [
    ...(writes === 0
      ? []
      : [
          {
            full: `${writes} UNREPORTED WRITE${writes === 1 ? '' : 'S'}${gravest}`,
            short: `${writes} UNREPORTED${gravest}`,
          },
        ]),
    ...kinds.map((kind) => {
      const changes = ofPeople.filter(({ change }) => change.kind === kind);
      const name = changes.length === 1 ? CHANGE_KIND_WORDS[kind].name : CHANGE_KIND_PLURALS[kind];
      const said = `${changes.length} ${name}${nameGravest(changes)}`;
      return { full: said, short: said };
    }),
  ];
}

/** ` (2 UNKNOWN)`: the gravest result, where a person should look at a connection. */
function nameGravest(changes: readonly EarlierChange[]): string {
  const results = changes.flatMap(({ change }) => change.connections.map(({ result }) => result));
  const gravest = keysOf(CHANGE_RESULTS).find((result) => CHANGE_RESULTS[result].isToCheck && results.includes(result));
  if (gravest === undefined) return '';
  return ` (${results.filter((result) => result === gravest).length} ${CHANGE_RESULT_WORDS[gravest].name})`;
}
