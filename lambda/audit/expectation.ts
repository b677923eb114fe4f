import type { Severity } from '../contract';
import { type CompiledExemptions, compileExemptions, type When } from './exemptions';
import { type Condition, compileMatch, listOf, strategiesOf, UNDOCUMENTED_STRATEGY } from './match';
import type { Expectation, Match, Policy } from './policy';
import type { Connection, RootAttributes } from './ports';
import { isKnownStrategy, STRATEGY_NAMES } from './strategies';

/** The expectation for one connection, with the rule it comes from (`default` where no rule matched). */
export interface ResolvedExpectation {
  readonly rule: string;
  readonly allowed: readonly RootAttributes[];
  readonly repairTo: RootAttributes | undefined;
  readonly severity: Severity | undefined;
  readonly reason: string | undefined;
  readonly mustBeExplicit: boolean;
  /** The rule lets a repair happen where the mode does. */
  readonly isRepairable: boolean;
  /** A repair may write `never_on_login`: the rule says so, and why. */
  readonly allowsNeverOnLogin: boolean;
}

export interface CompiledRule {
  readonly position: number;
  readonly conditions: readonly Condition[];
  readonly expectation: ResolvedExpectation;
}

/** A policy made ready for many connections, on one day. */
export interface CompiledPolicy {
  /** In the order of the file. */
  readonly rules: readonly CompiledRule[];
  readonly byDefault: ResolvedExpectation;
  readonly exemptions: CompiledExemptions;
  readonly noticeDays: number;
  /** The rules that ask for ids, by id; the others, by each strategy they admit. Both in the order of the file. */
  readonly byId: ReadonlyMap<string, readonly CompiledRule[]>;
  readonly byStrategy: ReadonlyMap<string, readonly CompiledRule[]>;
}

/** Does once what would otherwise be done for every connection. */
export function compilePolicy(policy: Policy, when: When): CompiledPolicy {
  const written = policy.rules ?? [];
  const rules = written.map((rule, position) => ({
    position,
    conditions: compileMatch(rule.match),
    expectation: resolve(rule.id, rule),
  }));
  const indexed = rules.map((rule, position) => ({ rule, match: written[position]?.match ?? {} }));
  return {
    rules,
    byDefault: resolve('default', policy.default),
    exemptions: compileExemptions(policy, when),
    noticeDays: policy.noticeDays ?? 14,
    byId: indexById(indexed),
    byStrategy: indexByStrategy(indexed.filter(({ match }) => match.id === undefined)),
  };
}

/** The expectation of the first rule whose conditions all hold. Total: the default holds for every connection. */
export function resolveExpectation(policy: CompiledPolicy, connection: Connection): ResolvedExpectation {
  const matches = ({ conditions }: CompiledRule) => conditions.every(({ holds }) => holds(connection));
  const strategy = isKnownStrategy(connection.strategy) ? connection.strategy : UNDOCUMENTED_STRATEGY;
  const byId = policy.byId.get(connection.id)?.find(matches);
  const byStrategy = policy.byStrategy.get(strategy)?.find(matches);
  if (byId === undefined || byStrategy === undefined) return (byId ?? byStrategy)?.expectation ?? policy.byDefault;
  return (byId.position < byStrategy.position ? byId : byStrategy).expectation;
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
  };
}

interface IndexedRule {
  readonly rule: CompiledRule;
  readonly match: Match;
}

function indexById(rules: readonly IndexedRule[]): ReadonlyMap<string, readonly CompiledRule[]> {
  const byId = new Map<string, CompiledRule[]>();
  for (const { rule, match } of rules) {
    for (const id of new Set(match.id === undefined ? [] : listOf(match.id))) {
      byId.set(id, [...(byId.get(id) ?? []), rule]);
    }
  }
  return byId;
}

function indexByStrategy(rules: readonly IndexedRule[]): ReadonlyMap<string, readonly CompiledRule[]> {
  const admitted = rules.map(({ rule, match }) => ({ rule, strategies: strategiesOf(match) }));
  return new Map(
    [...STRATEGY_NAMES, UNDOCUMENTED_STRATEGY].map((name) => [
      name,
      admitted.filter(({ strategies }) => strategies.has(name)).map(({ rule }) => rule),
    ]),
  );
}
