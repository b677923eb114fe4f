import type { Severity } from '../contract';
import type { ResolvedExpectation } from '../policy/expectation';
import type { Deviation } from './repair';

/**
 * The severity of a deviation: the severity of the rule, otherwise the effect of the value. `never_on_login` stops the
 * creation of users and locks new users out. A value that freezes or overwrites profiles damages profile data. An undocumented
 * value could do either. A correct value that is not explicit has no effect on users today.
 */
export function severityOf(verdict: Deviation, expectation: ResolvedExpectation): Severity {
  if (expectation.severity !== undefined) return expectation.severity;
  if (verdict.verdict === 'indeterminate') return 'medium';
  if (verdict.code === 'NOT_EXPLICIT') return 'low';
  if (verdict.effective === null) return 'high';
  if (verdict.effective === 'never_on_login') return 'high';
  return 'medium';
}
