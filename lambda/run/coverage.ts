import type { Verdict } from '../judge/evaluate';
import type { Notice } from '../judge/report';
import { dateOf, dayOf } from '../policy/days';
import type { DatedExemption } from '../policy/exemptions';
import type { CompiledPolicy, ResolvedExpectation } from '../policy/expectation';

/** What of a policy was used: counts that stay small however many connections there are. */
export interface Coverage {
  readonly rules: Map<string, number>;
  /** For each exemption that named a connection: whether one of them deviates, or might. */
  readonly exemptions: Map<DatedExemption, { isNeeded: boolean }>;
}

export function newCoverage(): Coverage {
  return { rules: new Map(), exemptions: new Map() };
}

export function countIn(
  coverage: Coverage,
  { rule }: ResolvedExpectation,
  exemptions: readonly DatedExemption[],
  { verdict }: Verdict,
): void {
  coverage.rules.set(rule, (coverage.rules.get(rule) ?? 0) + 1);
  for (const exemption of exemptions) {
    const before = coverage.exemptions.get(exemption)?.isNeeded === true;
    coverage.exemptions.set(exemption, {
      isNeeded: before || verdict === 'noncompliant' || verdict === 'indeterminate',
    });
  }
}

/** What the policy's keepers should know. Only a complete listing can say that something was not there. */
export function coverageNotices(coverage: Coverage, policy: CompiledPolicy): Notice[] {
  const idle = policy.rules
    .filter(({ expectation }) => !coverage.rules.has(expectation.rule))
    .map(({ expectation }): Notice => ({ code: 'RULE_MATCHED_NOTHING', rule: expectation.rule }));
  const byDefault = coverage.rules.get('default') ?? 0;
  const uncovered: Notice[] =
    policy.rules.length > 0 && byDefault > 0 ? [{ code: 'ONLY_DEFAULT', connections: byDefault }] : [];
  return [...idle, ...uncovered, ...policy.exemptions.all.flatMap((dated) => noticesOf(dated, coverage, policy))];
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
