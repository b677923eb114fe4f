import type { Severity } from '../contract';
import type { ResolvedExpectation } from '../policy/expectation';
import type { Deviation } from './repair';

/**
 * How bad a deviation is: what the rule says, else its direction. A value that stops users from being created locks
 * people out; one that freezes or overwrites profiles spoils what they see; one that nobody documents could do either;
 * one that is right and only not written down harms nobody today.
 */
export function severityOf(verdict: Deviation, expectation: ResolvedExpectation): Severity {
  if (expectation.severity !== undefined) return expectation.severity;
  if (verdict.verdict === 'indeterminate') return 'medium';
  if (verdict.code === 'NOT_EXPLICIT') return 'low';
  if (verdict.effective === null) return 'high';
  if (verdict.effective === 'never_on_login') return 'high';
  return 'medium';
}
