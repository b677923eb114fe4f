import { axesOf, coverOf, strategiesOf, strategyMatcher } from './match';
import type { Match } from './policy';

/** The connections that a rule matches. */
export interface Reach {
  readonly rule: string;
  readonly match: Match;
  readonly admits: (strategy: string) => boolean;
}

export function reachOf(rule: string, match: Match): Reach {
  return { rule, match, admits: strategyMatcher(match) };
}

/**
 * The earlier rules that together match every connection that a match could match; none if this is not proven. Sound,
 * not complete: the match is cut into cells (one strategy, and one part of each other condition), and one earlier rule
 * has to cover each cell.
 */
export function findShadows(match: Match, earlier: readonly Reach[]): readonly string[] {
  const axes = axesOf(match);
  const rivals = earlier
    .map(({ rule, match: wide, admits }): Rival => {
      const covered = axes.map(({ key, parts }) => parts.map(coverOf(key, wide)));
      return { rule, admits, covered };
    })
    .filter(({ covered }) => covered.every((ofAxis) => ofAxis.includes(true)));
  if (rivals.length === 0) return [];
  const shadows = new Set<string>();
  for (const strategy of strategiesOf(match)) {
    const admitting = rivals.filter(({ admits }) => admits(strategy));
    for (const cell of cellsOf(axes.map(({ parts }) => parts.length))) {
      const rival = admitting.find(({ covered }) => cell.every((part, axis) => covered[axis]?.[part]));
      if (rival === undefined) return [];
      shadows.add(rival.rule);
    }
  }
  return [...shadows];
}

/** An earlier rule, and the parts of each axis that it covers completely. */
interface Rival {
  readonly rule: string;
  readonly admits: (strategy: string) => boolean;
  readonly covered: readonly (readonly boolean[])[];
}

/** Every combination of one part from each axis, as indices. */
function* cellsOf([first, ...rest]: readonly number[]): Generator<readonly number[]> {
  if (first === undefined) {
    yield [];
    return;
  }
  for (let part = 0; part < first; part += 1) for (const others of cellsOf(rest)) yield [part, ...others];
}
