import { byText } from '../connection/by-text';
import type { Connection } from '../connection/connection';
import type { Verdict } from '../judge/evaluate';
import type { Notice } from '../judge/notice';
import { dateOf, dayOf } from '../policy/days';
import type { DatedExemption } from '../policy/exemptions';
import type { CompiledPolicy, ResolvedExpectation } from '../policy/expectation';

/** Which parts of a policy were used: counts that stay small regardless of the number of connections. */
export interface Coverage {
  readonly rules: Map<string, number>;
  /** For each exemption that matched a connection: whether one of its connections deviates or might deviate. */
  readonly exemptions: Map<DatedExemption, { isNeeded: boolean }>;
  /** The number of connections that have the setting and get their value from the default, by strategy. */
  readonly byDefault: Map<string, number>;
}

export function newCoverage(): Coverage {
  return { rules: new Map(), exemptions: new Map(), byDefault: new Map() };
}

export function countIn(
  coverage: Coverage,
  { strategy }: Pick<Connection, 'strategy'>,
  { rule }: ResolvedExpectation,
  exemptions: readonly DatedExemption[],
  { verdict }: Verdict,
): void {
  const { byDefault } = coverage;
  if (rule === 'default' && verdict !== 'not_applicable') byDefault.set(strategy, (byDefault.get(strategy) ?? 0) + 1);
  coverage.rules.set(rule, (coverage.rules.get(rule) ?? 0) + 1);
  for (const exemption of exemptions) {
    const before = coverage.exemptions.get(exemption)?.isNeeded === true;
    coverage.exemptions.set(exemption, {
      isNeeded: before || verdict === 'noncompliant' || verdict === 'indeterminate',
    });
  }
}

/** What the maintainers of the policy should know. Only a complete listing can prove that nothing matched. */
export function coverageNotices(coverage: Coverage, policy: CompiledPolicy): Notice[] {
  const idle = policy.rules
    .filter(({ expectation }) => !coverage.rules.has(expectation.rule))
    .map(({ expectation }): Notice => ({ code: 'RULE_MATCHED_NOTHING', rule: expectation.rule }));
  const byDefault = coverage.rules.get('default') ?? 0;
  const outside = outsideOfGroups(coverage, policy);
  // If these are all connections that use the default, one notice covers both facts.
  const isSaid = outside.some(({ connections }) => connections === byDefault);
  const uncovered: Notice[] =
    policy.rules.length > 0 && byDefault > 0 && !isSaid ? [{ code: 'ONLY_DEFAULT', connections: byDefault }] : [];
  return [
    ...idle,
    ...outside,
    ...uncovered,
    ...policy.exemptions.all.flatMap((dated) => noticesOf(dated, coverage, policy)),
  ];
}

/** The most strategies that a notice names. The other strategies count in its number of connections. */
const STRATEGIES_NAMED = 10;

/**
 * A policy with rules by group is expected to cover every connection. Such rules do not match a connection whose group
 * has no rule, nor a connection of an unknown strategy, which belongs to no group.
 */
function outsideOfGroups(
  { byDefault }: Coverage,
  { isInReachOfGroups }: CompiledPolicy,
): Extract<Notice, { code: 'OUTSIDE_GROUP_RULES' }>[] {
  if (isInReachOfGroups === undefined) return [];
  const strategies = [...byDefault]
    .filter(([strategy]) => !isInReachOfGroups(strategy))
    .map(([strategy, connections]) => ({ strategy, connections }))
    .sort((a, b) => b.connections - a.connections || byText(a.strategy, b.strategy));
  if (strategies.length === 0) return [];
  const connections = strategies.reduce((sum, one) => sum + one.connections, 0);
  return [{ code: 'OUTSIDE_GROUP_RULES', connections, strategies: strategies.slice(0, STRATEGIES_NAMED) }];
}

function noticesOf(dated: DatedExemption, coverage: Coverage, policy: CompiledPolicy): Notice[] {
  const { exemption, status, daysLeft } = dated;
  if (status !== 'active') {
    const graceUntil = status === 'grace' ? dateOf(dayOf(exemption.expires) + policy.exemptions.graceDays) : null;
    return [{ code: 'EXEMPTION_EXPIRED', exemption, graceUntil }];
  }
  const use = coverage.exemptions.get(dated);
  return [
    ...(daysLeft <= policy.noticeDays ? [{ code: 'EXEMPTION_EXPIRING', exemption, daysLeft } as const] : []),
    ...(use === undefined ? [{ code: 'EXEMPTION_UNUSED', exemption } as const] : []),
    ...(use?.isNeeded === false ? [{ code: 'EXEMPTION_NOT_NEEDED', exemption } as const] : []),
  ];
}
