import { keysOf } from '../../connection/tables';
import { CHANGE_KINDS, CHANGE_RESULTS, type ChangeKind, type EarlierChange } from '../../judge/change';
import type { Report } from '../../judge/report';
import { CHANGE_KIND_PLURALS, CHANGE_KIND_WORDS, CHANGE_RESULT_WORDS } from '../words/change';
import { changesForPeople, countWrites, partChanges } from '../words/earlier';
import { type Part, same } from './part';
import { type SubjectWord, sayWord } from './subject-words';

/** The subject word of each kind of change. A kind without a word does not compile. */
const CHANGES: Readonly<Record<ChangeKind, SubjectWord>> = {
  repair: 'unreported-writes',
  undo: 'undo',
  release: 'release-of-holds',
  unlock: 'unlock',
  accept_empty_listing: 'empty-listing-accepted',
};

/** `3 UNREPORTED WRITES (1 UNKNOWN)`, `1 undo`: for a subject. */
export function sayChanges(report: Pick<Report, 'earlierChanges'>): Part[] {
  const { ofRuns, ofPeople } = partChanges(changesForPeople(report));
  const kinds = keysOf(CHANGE_KINDS).filter((kind) => ofPeople.some(({ change }) => change.kind === kind));
  return [
    ...sayWrites(ofRuns),
    ...kinds.map((kind) => {
      const changes = ofPeople.filter(({ change }) => change.kind === kind);
      const name = changes.length === 1 ? CHANGE_KIND_WORDS[kind].name : CHANGE_KIND_PLURALS[kind];
      return same(CHANGES[kind], `${changes.length} ${name}${nameGravest(changes)}`);
    }),
  ];
}

function sayWrites(ofRuns: readonly EarlierChange[]): Part[] {
  const writes = countWrites(ofRuns);
  if (writes === 0) return [];
  const gravest = nameGravest(ofRuns);
  const about = CHANGES.repair;
  const full = `${writes} ${sayWord(about)}${writes === 1 ? '' : 'S'}${gravest}`;
  return [{ about, full, short: `${writes} UNREPORTED${gravest}` }];
}

/** ` (2 UNKNOWN)`: the most severe result that an operator must check. */
function nameGravest(changes: readonly EarlierChange[]): string {
  const results = changes.flatMap(({ change }) => change.connections.map(({ result }) => result));
  const gravest = keysOf(CHANGE_RESULTS).find((result) => CHANGE_RESULTS[result].isToCheck && results.includes(result));
  if (gravest === undefined) return '';
  return ` (${results.filter((result) => result === gravest).length} ${CHANGE_RESULT_WORDS[gravest].name})`;
}
