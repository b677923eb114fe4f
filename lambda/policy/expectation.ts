import type { Connection } from '../connection/connection';
import type { LoginKey } from '../connection/fills';
import type { RootAttributes } from '../connection/setting';
import { STRATEGY_NAMES } from '../connection/strategies';
import type { Severity } from '../contract';
import type { Condition } from './conditions';
import { type CompiledExemptions, compileExemptions, type When } from './exemptions';
import {
  compileBesideStrategy,
  compileMatch,
  strategyMatcher,
  UNDOCUMENTED_STRATEGY,
  unknownStrategiesOf,
} from './match';
import { DEFAULT_NOTICE_DAYS, type Expectation, listOf, type Match, type Policy } from './policy';

/** The expectation for one connection, and its rule (`default` if no rule matched). */
export interface ResolvedExpectation {
  readonly rule: string;
  readonly allowed: readonly RootAttributes[];
  readonly repairTo: RootAttributes | undefined;
  readonly severity: Severity | undefined;
  readonly reason: string | undefined;
  readonly mustBeExplicit: boolean;
  /** The rule allows a repair if the mode allows a repair. */
  readonly isRepairable: boolean;
  /** A repair is allowed to write `never_on_login`: the rule allows it and has a reason. */
  readonly allowsNeverOnLogin: boolean;
  /** A repair is allowed although Auth0 fills in these options at the write. */
  readonly allowedFills: readonly LoginKey[];
}

export interface CompiledRule {
  readonly position: number;
  readonly conditions: readonly Condition[];
  readonly expectation: ResolvedExpectation;
}

/** A policy, prepared for many connections on one day. */
export interface CompiledPolicy {
  /** In the order of the file. */
  readonly rules: readonly CompiledRule[];
  readonly byDefault: ResolvedExpectation;
  readonly exemptions: CompiledExemptions;
  readonly noticeDays: number;
  /**
   * `byId`: the rules with an id condition. `byStrategy`: the other rules, by each admitted strategy. In file order.
   */
  readonly byId: ReadonlyMap<string, readonly Candidate[]>;
  readonly byStrategy: ReadonlyMap<string, readonly Candidate[]>;
  /** Whether a rule with a group condition admits a strategy; `undefined` if no rule has a group condition. */
  readonly isInReachOfGroups: ((strategy: string) => boolean) | undefined;
}

/** A rule in an index, and its conditions that the index does not check. */
interface Candidate {
  readonly rule: CompiledRule;
  readonly open: readonly Condition[];
}

/** Does the work one time that every connection would need otherwise. Throws `MatchError` if a rule cannot be read. */
export function compilePolicy(policy: Policy, when: When): CompiledPolicy {
  const written = policy.rules ?? [];
  const rules = written.map((rule, position) => ({
    position,
    conditions: compileMatch(rule.match, rule.id),
    expectation: resolve(rule.id, rule),
  }));
  const indexed = rules.map((rule, position) => ({ rule, match: written[position]?.match ?? {} }));
  return {
    rules,
    byDefault: resolve('default', policy.default),
    exemptions: compileExemptions(policy, when),
    noticeDays: policy.noticeDays ?? DEFAULT_NOTICE_DAYS,
    byId: indexById(indexed),
    byStrategy: indexByStrategy(indexed.filter(({ match }) => match.id === undefined)),
    isInReachOfGroups: reachOfGroups(indexed),
  };
}

/** The expectation of the first rule whose conditions are all met, otherwise the expectation of the default. */
export function resolveExpectation(policy: CompiledPolicy, connection: Connection): ResolvedExpectation {
  const { byStrategy: index } = policy;
  const byId = firstMatching(policy.byId.get(connection.id), connection);
  const byStrategy = firstMatching(index.get(connection.strategy) ?? index.get(UNDOCUMENTED_STRATEGY), connection);
  if (byId === undefined || byStrategy === undefined) return (byId ?? byStrategy)?.expectation ?? policy.byDefault;
  return (byId.position < byStrategy.position ? byId : byStrategy).expectation;
}

/** Plain loops: this runs for every connection and every rule. */
function firstMatching(candidates: readonly Candidate[] = [], connection: Connection): CompiledRule | undefined {
  search: for (const { rule, open } of candidates) {
    for (const { holds } of open) if (!holds(connection)) continue search;
    return rule;
  }
  return undefined;
}

function resolve(rule: string, expectation: Expectation): ResolvedExpectation {
  const allowed = listOf(expectation.expect);
  return {
    rule,
    allowed,
    repairTo: expectation.repairTo ?? (allowed.length === 1 ? allowed[0] : undefined),
    severity: expectation.severity,
    reason: expectation.reason,
    mustBeExplicit: expectation.mustBeExplicit === true,
    isRepairable: expectation.remediate !== false,
    allowsNeverOnLogin: expectation.allowNeverOnLogin === true && expectation.reason !== undefined,
    allowedFills: expectation.allowFilledKeys ?? [],
  };
}

interface IndexedRule {
  readonly rule: CompiledRule;
  readonly match: Match;
}

function indexById(rules: readonly IndexedRule[]): ReadonlyMap<string, readonly Candidate[]> {
  const byId = new Map<string, Candidate[]>();
  for (const { rule, match } of rules) {
    const candidate = { rule, open: rule.conditions.filter(({ on }) => on !== 'id') };
    for (const id of new Set(match.id === undefined ? [] : listOf(match.id))) {
      const candidates = byId.get(id);
      if (candidates === undefined) byId.set(id, [candidate]);
      else candidates.push(candidate);
    }
  }
  return byId;
}

function indexByStrategy(rules: readonly IndexedRule[]): ReadonlyMap<string, readonly Candidate[]> {
  const admitted = rules.map(({ rule, match }) => ({
    candidate: { rule, open: compileBesideStrategy(match) },
    admits: strategyMatcher(match),
  }));
  const named = rules.flatMap(({ match }) => unknownStrategiesOf(match));
  return new Map(
    [...STRATEGY_NAMES, ...named, UNDOCUMENTED_STRATEGY].map((name) => [
      name,
      admitted.filter(({ admits }) => admits(name)).map(({ candidate }) => candidate),
    ]),
  );
}

function reachOfGroups(rules: readonly IndexedRule[]): CompiledPolicy['isInReachOfGroups'] {
  const stating = rules.flatMap(({ match }) => (match.group === undefined ? [] : [strategyMatcher(match)]));
  return stating.length === 0 ? undefined : (strategy) => stating.some((admits) => admits(strategy));
}
