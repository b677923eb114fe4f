import { axesOf, coverOf, strategiesOf, strategyMatcher } from './match';
import type { Match } from './policy';

/** What a rule takes. */
export interface Reach {
  readonly rule: string;
  readonly match: Match;
  readonly admits: (strategy: string) => boolean;
}

export function reachOf(rule: string, match: Match): Reach {
  return { rule, match, admits: strategyMatcher(match) };
}

/**
 * The earlier rules that together take every connection a match could take; none where that is not proven. Sound, not
 * complete: the match is cut into cells (one strategy, and one part of each other condition), and each cell has to lie
 * inside one earlier rule.
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

/** An earlier rule, and which parts of each axis it takes whole. */
interface Rival {
  readonly rule: string;
  readonly admits: (strategy: string) => boolean;
  readonly covered: readonly (readonly boolean[])[];
}

/** Every choice of one part on each axis, as indices. */
function* cellsOf([first, ...rest]: readonly number[]): Generator<readonly number[]> {
  if (first === undefined) {
    yield [];
    return;
  }
  for (let part = 0; part < first; part += 1) for (const others of cellsOf(rest)) yield [part, ...others];
}
