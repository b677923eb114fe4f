import type { Connection } from '../connection/connection';
import { isKnownStrategy, STRATEGY_NAMES, strategyOf } from '../connection/strategies';
import { compileGlob } from './glob';
import type { Match } from './policy';

/** One condition of a match, named by where it stands, such as `strategy` or `metadata.tier`. */
export interface Condition {
  readonly on: string;
  readonly holds: (connection: Connection) => boolean;
}

/** The conditions of a match, made once per policy. A connection matches when all hold. */
export function compileMatch(match: Match): readonly Condition[] {
  const conditions: Condition[] = [];
  if (match.id !== undefined) {
    const ids = new Set(listOf(match.id));
    conditions.push({ on: 'id', holds: ({ id }) => ids.has(id) });
  }
  if (match.strategy !== undefined) {
    const strategies = new Set(listOf(match.strategy));
    conditions.push({ on: 'strategy', holds: ({ strategy }) => strategies.has(strategy) });
  }
  if (match.group !== undefined) {
    const groups = new Set<string>(listOf(match.group));
    conditions.push({
      on: 'group',
      holds: ({ strategy }) => isKnownStrategy(strategy) && groups.has(strategyOf(strategy).group),
    });
  }
  if (match.name !== undefined) {
    const matches = anyGlob(match.name);
    conditions.push({ on: 'name', holds: ({ name }) => matches(name) });
  }
  if (match.displayName !== undefined) {
    const matches = anyGlob(match.displayName);
    conditions.push({
      on: 'displayName',
      holds: ({ displayName }) => displayName !== undefined && matches(displayName),
    });
  }
  for (const [key, value] of Object.entries(match.metadata ?? {})) {
    const matches = anyGlob(value);
    conditions.push({
      on: `metadata.${key}`,
      holds: ({ metadata }) => Object.hasOwn(metadata, key) && matches(metadata[key] ?? ''),
    });
  }
  if (match.isDomainConnection !== undefined) {
    const wanted = match.isDomainConnection;
    conditions.push({ on: 'isDomainConnection', holds: ({ isDomainConnection }) => isDomainConnection === wanted });
  }
  return conditions;
}

/** Stands for every strategy that Auth0 does not document yet. */
export const UNDOCUMENTED_STRATEGY = '(undocumented)';

/** The strategies that a match leaves possible. */
export function strategiesOf({ strategy, group }: Match): ReadonlySet<string> {
  if (strategy === undefined && group === undefined) return new Set([...STRATEGY_NAMES, UNDOCUMENTED_STRATEGY]);
  const groups = group === undefined ? undefined : listOf(group);
  return new Set(
    (strategy === undefined ? STRATEGY_NAMES : listOf(strategy)).filter(
      (name) => groups === undefined || groups.includes(strategyOf(name).group),
    ),
  );
}

/** One value stands for a list of one. */
export function listOf<T extends string>(oneOrMore: T | readonly T[]): readonly T[] {
  return typeof oneOrMore === 'string' ? [oneOrMore] : oneOrMore;
}

function anyGlob(patterns: string | readonly string[]): (text: string) => boolean {
  const globs = listOf(patterns).map(compileGlob);
  const [only] = globs;
  if (globs.length === 1 && only !== undefined) return only.matches;
  return (text) => globs.some(({ matches }) => matches(text));
}
