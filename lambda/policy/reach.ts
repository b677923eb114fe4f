import { covers } from './glob';
import { listOf, strategiesOf } from './match';
import type { Match } from './policy';

/** What a rule takes, made once: the rule, its match, and whether it takes all of a cell. */
export interface Reach {
  readonly rule: string;
  readonly match: Match;
  readonly holds: (cell: Cell) => boolean;
}

/**
 * The earlier rules that together take every connection a match could take; none where that is not proven. Sound, not
 * complete: the match is cut into cells (one strategy, one id, one name pattern, domain-level or not), and each cell
 * has to lie inside one earlier rule.
 */
export function findShadows(match: Match, earlier: readonly Reach[]): readonly string[] {
  const rivals = earlier.filter((rival) => coversTexts(rival.match, match));
  if (rivals.length === 0) return [];
  const shadows = new Set<string>();
  for (const cell of cellsOf(match)) {
    const rival = rivals.find(({ holds }) => holds(cell));
    if (rival === undefined) return [];
    shadows.add(rival.rule);
  }
  return [...shadows];
}

/** A part of what a match could take; `undefined` stands for any id, or any name. */
interface Cell {
  readonly strategy: string;
  readonly isDomainConnection: boolean;
  readonly id: string | undefined;
  readonly name: string | undefined;
}

function* cellsOf(match: Match): Generator<Cell> {
  const ids = match.id === undefined ? [undefined] : listOf(match.id);
  const names = match.name === undefined ? [undefined] : listOf(match.name);
  const levels = match.isDomainConnection === undefined ? [true, false] : [match.isDomainConnection];
  for (const id of ids) {
    for (const name of names) {
      for (const strategy of strategiesOf(match)) {
        for (const isDomainConnection of levels) yield { strategy, isDomainConnection, id, name };
      }
    }
  }
}

export function reachOf(rule: string, match: Match): Reach {
  const strategies = strategiesOf(match);
  const ids = match.id === undefined ? undefined : new Set(listOf(match.id));
  const names = match.name === undefined ? undefined : listOf(match.name);
  return {
    rule,
    match,
    holds: ({ strategy, isDomainConnection, id, name }) =>
      strategies.has(strategy) &&
      (match.isDomainConnection === undefined || match.isDomainConnection === isDomainConnection) &&
      (ids === undefined || (id !== undefined && ids.has(id))) &&
      (names === undefined || names.some((wide) => covers(wide, name ?? '*'))),
  };
}

/** The conditions that are not cut into cells: display name and metadata. */
function coversTexts(wide: Match, narrow: Match): boolean {
  const keys = Object.entries(wide.metadata ?? {});
  return (
    coversAlternatives(wide.displayName, narrow.displayName) &&
    keys.every(([key, value]) => coversAlternatives(value, ownValue(narrow.metadata, key)))
  );
}

type Alternatives = string | readonly string[] | undefined;

function coversAlternatives(wide: Alternatives, narrow: Alternatives): boolean {
  if (wide === undefined) return true;
  if (narrow === undefined) return false;
  return listOf(narrow).every((pattern) => listOf(wide).some((wider) => covers(wider, pattern)));
}

function ownValue(metadata: Match['metadata'], key: string): Alternatives {
  return metadata !== undefined && Object.hasOwn(metadata, key) ? metadata[key] : undefined;
}
