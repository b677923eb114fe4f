import { listOf } from './policy';
import { type Problem, policyProblem, show } from './problem';
import type { RulePiece } from './schema';

/** Checks the expectation of one rule, or of the default, for contradictions. */
export function checkExpectation({ path, expectation }: RulePiece): Problem[] {
  if (expectation === undefined) return [];
  const { expect, repairTo, reason, remediate, allowNeverOnLogin, allowFilledKeys, mustBeExplicit } = expectation;
  const allowed = listOf(expect);
  const isRepaired = remediate !== false;
  const target = repairTo ?? (allowed.length === 1 ? allowed[0] : undefined);
  const problems: Problem[] = [];

  if (repairTo !== undefined && !allowed.includes(repairTo)) {
    problems.push(
      policyProblem('REPAIR_OUTSIDE_EXPECT', `${path}.repairTo`, {
        message: 'a repair would write a value that is not expected',
        found: show(repairTo),
        allowed: allowed.join(', '),
      }),
    );
  }
  if (isRepaired && target === 'never_on_login' && allowed.includes(target) && allowNeverOnLogin === undefined) {
    problems.push(
      policyProblem('NEVER_ON_LOGIN_NOT_ALLOWED', `${path}.${repairTo === undefined ? 'expect' : 'repairTo'}`, {
        message: 'a repair to never_on_login also stops new users from being created',
        found: show(target),
        allowed: 'never_on_login with allowNeverOnLogin: true and a reason, or with remediate: false',
      }),
    );
  }
  if (allowNeverOnLogin !== undefined && reason === undefined) {
    problems.push(
      policyProblem('NEVER_ON_LOGIN_WITHOUT_REASON', `${path}.reason`, {
        message: 'allowNeverOnLogin needs a reason',
        found: show(reason),
        allowed: 'a text: why new users need not be created at login',
      }),
    );
  }
  if (isRepaired && target === undefined) {
    problems.push(
      policyProblem('NO_REPAIR_TARGET', `${path}.repairTo`, {
        message: 'several values are expected, so every repair is manual',
        found: show(repairTo),
        allowed: `one of ${allowed.join(', ')}; or remediate: false`,
      }),
    );
  }
  if (allowNeverOnLogin !== undefined && (target !== 'never_on_login' || !isRepaired)) {
    problems.push(noEffect(`${path}.allowNeverOnLogin`, 'no repair here would write never_on_login'));
  }
  if (allowFilledKeys !== undefined && !isRepaired) {
    problems.push(noEffect(`${path}.allowFilledKeys`, 'nothing is repaired here', show(allowFilledKeys)));
  }
  if (mustBeExplicit !== undefined && !allowed.includes('on_each_login')) {
    problems.push(
      noEffect(`${path}.mustBeExplicit`, 'an unset value means on_each_login, which is not expected anyway'),
    );
  }
  if (reason === undefined && allowNeverOnLogin === undefined && path !== 'default') {
    problems.push(
      policyProblem('NO_REASON', `${path}.reason`, {
        message: 'without a reason, a finding cannot explain why it matters',
        found: show(reason),
        allowed: 'a sentence for the recipients of the alert',
      }),
    );
  }
  return problems;
}

function noEffect(path: string, message: string, found = 'true'): Problem {
  return { severity: 'warning', code: 'NO_EFFECT', path, message, found, allowed: 'omit this key' };
}
