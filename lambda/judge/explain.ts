import type { Connection } from '../connection/connection';
import { type DatedExemption, exemptionsOf } from '../policy/exemptions';
import { type CompiledPolicy, type ResolvedExpectation, resolveExpectation } from '../policy/expectation';
import { evaluate, type Verdict } from './evaluate';
import { type Finding, toFinding } from './finding';

/** A rule before the rule that decided, and its conditions that did not match. */
export interface PassedRule {
  readonly rule: string;
  readonly failed: readonly string[];
}

/** The facts that explain the verdict of one connection, in the order of the explanation. */
export interface Explanation {
  readonly connection: Connection;
  readonly passed: readonly PassedRule[];
  readonly expectation: ResolvedExpectation;
  readonly verdict: Verdict;
  /** The finding with its repair and outcome; `null` if nothing deviates. */
  readonly finding: Finding | null;
  /** Every exemption that names the connection; the first one counts. */
  readonly exemptions: readonly DatedExemption[];
}

export function explain(connection: Connection, policy: CompiledPolicy): Explanation {
  const expectation = resolveExpectation(policy, connection);
  const exemptions = exemptionsOf(policy.exemptions, connection);
  const verdict = evaluate(connection, expectation);
  const deviates = verdict.verdict === 'noncompliant' || verdict.verdict === 'indeterminate';
  return {
    connection,
    passed: passedBefore(expectation, connection, policy),
    expectation,
    verdict,
    finding: deviates
      ? toFinding(connection, verdict, expectation, { occurrence: undefined, exemption: exemptions[0] })
      : null,
    exemptions,
  };
}

function passedBefore(decided: ResolvedExpectation, connection: Connection, { rules }: CompiledPolicy): PassedRule[] {
  const position = rules.findIndex(({ expectation }) => expectation === decided);
  return rules.slice(0, position < 0 ? rules.length : position).map(({ expectation, conditions }) => ({
    rule: expectation.rule,
    failed: conditions.filter(({ holds }) => !holds(connection)).map(({ on }) => on),
  }));
}
