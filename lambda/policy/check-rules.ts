import { isKnownStrategy, STRATEGY_NAMES, strategyOf } from '../connection/strategies';
import { strategiesOf, unknownStrategiesOf } from './match';
import { didYouMean } from './nearest';
import { listOf, type Match } from './policy';
import { type Problem, policyProblem, show } from './problem';
import { findShadows, type Reach, reachOf } from './reach';
import type { RulePiece } from './schema';

/** What is wrong with the rules as a list: ids, order, and connections that no rule can mean. */
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
      message: `the id of ${first}`,
      found: show(id),
      allowed: 'an id of its own, so that a finding names one rule',
    }),
  ];
}

/** Auth0 adds strategies faster than we learn of them: such a name is no error, and it may be a misspelt one. */
function checkNames({ path, match }: RulePiece): Problem[] {
  const { strategy } = match ?? {};
  if (strategy === undefined) return [];
  return listOf(strategy).flatMap((name, index) => {
    if (isKnownStrategy(name)) return [];
    return [
      policyProblem('UNKNOWN_STRATEGY', `${path}.match.strategy${Array.isArray(strategy) ? `[${index}]` : ''}`, {
        message: `a strategy that the auditor does not know${didYouMean(name, STRATEGY_NAMES)}`,
        found: show(name),
        allowed: 'a strategy of the reference, or one that Auth0 has added since: it is judged and never written',
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
    // An unknown strategy may be of any group. This check takes it to be of none: the rule then matches nothing.
    if (unknownStrategiesOf(match).length > 0) return [];
    const allowed = 'strategies of the groups given, or one of the two conditions';
    return [policyProblem('IMPOSSIBLE_MATCH', at, { message: 'no strategy is in the groups given', found, allowed })];
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
    const message = `the same connections as ${twin.rule}, which decides`;
    return [policyProblem('DUPLICATE_RULE', at, { message, found, allowed: 'one rule for the same connections' })];
  }
  const message = `can never decide: all of it is matched before by ${shadows.slice(0, 5).join(', ')}${shadows.length > 5 ? ' and others' : ''}`;
  return [
    policyProblem('UNREACHABLE_RULE', at, {
      message,
      found,
      allowed: 'a place before them, or conditions they leave open',
    }),
  ];
}

/**
 * Where `on_each_login` is expressed by leaving the key out, an explicit one shows the Dashboard's toggle as off: asking
 * for it is asking for a lie. A strategy that an earlier rule takes entirely is not meant.
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
      message: `an explicit on_each_login shows as off in the Dashboard for ${misled.join(', ')}`,
      found: 'true',
      allowed: 'strategies other than these, or a rule for these before it',
    }),
  ];
}
