import { isKnownStrategy, STRATEGY_NAMES } from '../connection/strategies';
import { keysOf } from '../connection/tables';
import { CONDITIONS, type Condition, type ConditionKind, type Conditions, type StatedConditions } from './conditions';
import { listOf, type Match } from './policy';
import { show } from './problem';

/** The same table, typed for code that handles any of its rows. */
const KINDS: { readonly [Key in keyof Conditions]: ConditionKind<Conditions[Key]> } = CONDITIONS;

/** A match cannot be read as it is meant. It must not be read as a wider match. */
export class MatchError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MatchError';
  }
}

/**
 * The conditions of a rule's match, made one time per policy. A connection matches if all conditions are met. Throws
 * `MatchError` if a condition is unknown, if the schema does not allow its value, or if no condition is stated: such a
 * match would match connections by mistake.
 */
export function compileMatch(match: Match, rule: string): readonly Condition[] {
  const unknown = Object.keys(match).find((key) => !Object.hasOwn(KINDS, key));
  if (unknown !== undefined) {
    throw new MatchError(`rule ${rule}: unknown condition ${show(unknown)}; known conditions are ${KEYS.join(', ')}`);
  }
  const stated = statedIn(match);
  if (stated.length === 0) throw new MatchError(`rule ${rule}: no condition, so the rule would match every connection`);
  const bad = stated.find((key) => !KINDS[key].schema.safeParse(match[key]).success);
  if (bad !== undefined) throw new MatchError(`rule ${rule}: bad value of the condition ${bad}: ${show(match[bad])}`);
  return stated.flatMap((key) => compileOne(key, match));
}

/** The conditions of a match that do not depend only on the strategy of a connection. */
export function compileBesideStrategy(match: Match): readonly Condition[] {
  return statedIn(match).flatMap((key) => (KINDS[key].reach.by === 'strategy' ? [] : compileOne(key, match)));
}

/** Represents every unknown strategy that no rule names. No match can name this text. */
export const UNDOCUMENTED_STRATEGY = '(undocumented)';

/** The unknown strategies that a match names. */
export function unknownStrategiesOf({ strategy }: Match): readonly string[] {
  return strategy === undefined ? [] : listOf(strategy).filter((name) => !isKnownStrategy(name));
}

/** The strategies that a match admits. */
export function strategiesOf(match: Match): ReadonlySet<string> {
  const names = [...STRATEGY_NAMES, ...unknownStrategiesOf(match), UNDOCUMENTED_STRATEGY];
  return new Set(names.filter(strategyMatcher(match)));
}

/** Returns a function that determines whether a match admits a strategy. */
export function strategyMatcher(match: Match): (strategy: string) => boolean {
  const admitting = statedIn(match).map((key) => admittedBy(key, match));
  return (strategy) => admitting.every((admits) => admits(strategy));
}

/** One condition of a match, cut into the parts that the linter compares. Each part is a separate match. */
export interface Axis {
  readonly key: keyof Conditions;
  readonly parts: readonly Match[];
}

/** A match, cut along each condition that does not depend only on the strategy. */
export function axesOf(match: Match): readonly Axis[] {
  return KEYS.flatMap((key) => axisOf(key, match));
}

/** Returns a function that determines whether this condition of `wide` matches everything that a part matches. */
export function coverOf<Key extends keyof Conditions>(
  key: Key,
  wide: StatedConditions,
): (part: StatedConditions) => boolean {
  const covers = coverOfValue<Conditions[Key]>(KINDS[key], wide[key]);
  return (part) => covers(part[key]);
}

const KEYS = keysOf(KINDS);

/** The conditions that a match states, in the order of the table. */
function statedIn(match: Match): readonly (keyof Conditions)[] {
  return KEYS.filter((key) => match[key] !== undefined);
}

function compileOne<Key extends keyof Conditions>(key: Key, match: StatedConditions): readonly Condition[] {
  return compileValue<Conditions[Key]>(KINDS[key], match[key]);
}

function compileValue<T>({ compile }: ConditionKind<T>, value: T | undefined): readonly Condition[] {
  return value === undefined ? [] : compile(value);
}

function admittedBy<Key extends keyof Conditions>(key: Key, match: StatedConditions): (strategy: string) => boolean {
  return admittedByValue<Conditions[Key]>(KINDS[key], match[key]);
}

function admittedByValue<T>({ reach }: ConditionKind<T>, value: T | undefined): (strategy: string) => boolean {
  return value === undefined || reach.by !== 'strategy' ? () => true : reach.admits(value);
}

function axisOf<Key extends keyof Conditions>(key: Key, match: StatedConditions): readonly Axis[] {
  const parts = partsOf<Conditions[Key]>(KINDS[key], match[key]);
  return parts === undefined ? [] : [{ key, parts: parts.map((part) => ({ [key]: part })) }];
}

/** `undefined` if only the strategy decides the condition. One part without a value if no parts are known. */
function partsOf<T>({ reach }: ConditionKind<T>, value: T | undefined): readonly (T | undefined)[] | undefined {
  if (reach.by === 'strategy') return undefined;
  const parts = value === undefined ? reach.unstated : reach.parts(value);
  return parts.length === 0 ? [undefined] : parts;
}

function coverOfValue<T>({ reach }: ConditionKind<T>, wide: T | undefined): (part: T | undefined) => boolean {
  if (wide === undefined) return () => true;
  if (reach.by === 'strategy') return () => false;
  const covers = reach.covers(wide);
  return (part) => part !== undefined && covers(part);
}
