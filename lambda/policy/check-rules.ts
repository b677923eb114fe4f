import { isKnownStrategy, STRATEGY_NAMES, strategyOf } from '../connection/strategies';
import { strategiesOf, unknownStrategiesOf } from './match';
import { didYouMean } from './nearest';
import { listOf, type Match } from './policy';
import { type Problem, policyProblem, show } from './problem';
import { findShadows, type Reach, reachOf } from './reach';
import type { RulePiece } from './schema';

/** Checks the rules as a list: their ids, their order, and matches that no connection can meet. */
export function checkRules(rules: readonly RulePiece[], byDefault: RulePiece): Problem[] {
  const earlier: Reach[] = [];
  const firstWith = new Map<string, string>();
  const problems = rules.flatMap((rule) => {
    const { path, id, match } = rule;
    const found = [
      ...checkId(rule, firstWith),
      ...checkNames(rule),
      ...checkMatch(rule, earlier),
      ...checkExplicit(rule, match, earlier),
    ];
    if (id !== undefined && !firstWith.has(id)) firstWith.set(id, path);
    if (match !== undefined) earlier.push(reachOf(id === undefined ? path : `${path} (${id})`, match));
    return found;
  });
  return [...problems, ...checkExplicit(byDefault, {}, earlier)];
}

function checkId({ path, id }: RulePiece, firstWith: ReadonlyMap<string, string>): Problem[] {
  const first = id === undefined ? undefined : firstWith.get(id);
  if (first === undefined) return [];
  return [
    policyProblem('DUPLICATE_RULE_ID', `${path}.id`, {
      message: `${first} has the same id`,
      found: show(id),
      allowed: 'a unique id, so that a finding names one rule',
    }),
  ];
}

/** Auth0 adds strategies faster than this table does, so an unknown name is a warning: it can be new or misspelt. */
function checkNames({ path, match }: RulePiece): Problem[] {
  const { strategy } = match ?? {};
  if (strategy === undefined) return [];
  return listOf(strategy).flatMap((name, index) => {
    if (isKnownStrategy(name)) return [];
    return [
      policyProblem('UNKNOWN_STRATEGY', `${path}.match.strategy${Array.isArray(strategy) ? `[${index}]` : ''}`, {
        message: `the auditor does not know this strategy${didYouMean(name, STRATEGY_NAMES)}`,
        found: show(name),
        allowed:
          'a strategy in the reference; or a new strategy of Auth0: its connections are judged and never written',
      }),
    ];
  });
}

function checkMatch({ path, match }: RulePiece, earlier: readonly Reach[]): Problem[] {
  if (match === undefined) return [];
  const at = `${path}.match`;
  const found = show(match);
  const strategies = [...strategiesOf(match)];
  if (strategies.length === 0) {
    // An unknown strategy can be of any group. This check treats it as being in no group: then the rule matches
    // nothing.
    if (unknownStrategiesOf(match).length > 0) return [];
    const allowed = 'strategies in the given groups, or only one of the two conditions';
    return [
      policyProblem('IMPOSSIBLE_MATCH', at, {
        message: 'none of the given strategies is in the given groups',
        found,
        allowed,
      }),
    ];
  }
  if (strategies.every((name) => strategyOf(name).applies === 'never')) {
    const message = 'matches only connections where the setting cannot apply';
    return [
      policyProblem('SETTING_CANNOT_APPLY', at, {
        message,
        found,
        allowed: 'at least one strategy that has the setting',
      }),
    ];
  }
  const shadows = findShadows(match, earlier);
  if (shadows.length === 0) return [];
  const own = reachOf(path, match);
  const twin = earlier.find(
    (other) =>
      shadows.includes(other.rule) &&
      findShadows(match, [other]).length > 0 &&
      findShadows(other.match, [own]).length > 0,
  );
  if (twin !== undefined) {
    const message = `${twin.rule} matches the same connections and decides first`;
    return [policyProblem('DUPLICATE_RULE', at, { message, found, allowed: 'only one rule for these connections' })];
  }
  const message = `the rule can never decide, because earlier rules match all its connections: ${shadows.slice(0, 5).join(', ')}${shadows.length > 5 ? ' and others' : ''}`;
  return [
    policyProblem('UNREACHABLE_RULE', at, {
      message,
      found,
      allowed: 'a position before these rules, or conditions that these rules do not cover',
    }),
  ];
}

/**
 * For strategies that express `on_each_login` by omitting the key, an explicit value shows the Dashboard's toggle as
 * off. A policy must not require that. Strategies that an earlier rule matches completely are ignored.
 */
function checkExplicit(
  { path, expectation }: RulePiece,
  match: Match | undefined,
  earlier: readonly Reach[],
): Problem[] {
  if (expectation?.mustBeExplicit === undefined || match === undefined) return [];
  if (!listOf(expectation.expect).includes('on_each_login')) return [];
  const misled = [...strategiesOf(match)].filter(
    (name) =>
      isKnownStrategy(name) &&
      strategyOf(name).onEachLoginBy === 'absence' &&
      findShadows({ ...match, strategy: name }, earlier).length === 0,
  );
  if (misled.length === 0) return [];
  return [
    policyProblem('EXPLICIT_MISLEADS_DASHBOARD', `${path}.mustBeExplicit`, {
      message: `the Dashboard shows an explicit on_each_login as off for ${misled.join(', ')}`,
      found: 'true',
      allowed: 'other strategies, or an earlier rule for these strategies',
    }),
  ];
}
