import { EMPTY_STATE } from '../../lambda/history/state';
import { evaluate } from '../../lambda/judge/evaluate';
import { endRepair, type Finding, toFinding } from '../../lambda/judge/finding';
import { ending, type Outcome } from '../../lambda/judge/outcome';
import { resolveExpectation } from '../../lambda/policy/expectation';
import { type AdmitContext, admit } from '../../lambda/repair/admit';
import { DEFAULT_QUARANTINE } from '../../lambda/settings';
import { compiled, connectionWith, first, NOW } from '../connection/sample-connection';

const policy = compiled({ default: { expect: 'on_each_login' } });

function findingOf(id: string, outcome: Outcome = 'planned'): Finding {
  const connection = connectionWith({ id }, { rootAttributes: first });
  const expectation = resolveExpectation(policy, connection);
  const verdict = evaluate(connection, expectation);
  if (verdict.verdict !== 'noncompliant') throw new Error('not a finding');
  return {
    ...toFinding(connection, verdict, expectation, { occurrence: undefined, exemption: undefined }),
    ...ending(outcome),
  };
}

const SITUATION: AdmitContext = {
  mode: 'remediate',
  complete: true,
  judged: 10,
  caps: { maxChanges: 10, maxPercent: 100 },
  state: EMPTY_STATE,
  quarantine: DEFAULT_QUARANTINE,
  retry: new Set(),
  stopped: undefined,
  now: NOW,
};

const daysAgo = (days: number) => new Date(NOW - days * 24 * 60 * 60 * 1000).toISOString();
const hold = (expectation: string) => ({ con_1: { runId: 'run-1', since: daysAgo(1), by: null, expectation } });
const plan = (situation: Partial<AdmitContext>, findings = [findingOf('con_1'), findingOf('con_2')]) =>
  admit(findings, { ...SITUATION, ...situation });
const outcomes = (situation: Partial<AdmitContext>) => plan(situation).findings.map(({ outcome }) => outcome);

describe('a finished plan', () => {
  it.each<{ claim: string; situation: Partial<AdmitContext>; expected: readonly Outcome[] }>([
    { claim: 'is allowed without a reason to stop', situation: {}, expected: ['planned', 'planned'] },
    {
      claim: 'is not allowed after an incomplete listing',
      situation: { complete: false },
      expected: ['skipped_incomplete', 'skipped_incomplete'],
    },
    {
      claim: 'is not allowed over the cap',
      situation: { caps: { maxChanges: 1, maxPercent: 100 } },
      expected: ['skipped_cap', 'skipped_cap'],
    },
    { claim: 'is not allowed without caps', situation: { caps: undefined }, expected: ['skipped_cap', 'skipped_cap'] },
    {
      claim: 'is not allowed without the scopes',
      situation: { stopped: 'scope' },
      expected: ['skipped_stopped', 'skipped_stopped'],
    },
    {
      claim: 'does not change in report mode over the cap',
      situation: { mode: 'report', caps: { maxChanges: 1, maxPercent: 1 } },
      expected: ['planned', 'planned'],
    },
    {
      claim: 'does not change in report mode without caps',
      situation: { mode: 'report', caps: undefined },
      expected: ['planned', 'planned'],
    },
    {
      claim: 'omits a connection on hold',
      situation: { state: { ...EMPTY_STATE, holds: hold('default: on_each_login') } },
      expected: ['held', 'planned'],
    },
    {
      claim: 'contains a connection with a hold for another rule',
      situation: { state: { ...EMPTY_STATE, holds: hold('okta: on_each_login') } },
      expected: ['planned', 'planned'],
    },
    {
      claim: 'contains a connection with a hold for another value',
      situation: { state: { ...EMPTY_STATE, holds: hold('default: on_first_login') } },
      expected: ['planned', 'planned'],
    },
    {
      claim: 'omits a connection that was repaired three times in a week',
      situation: { state: { ...EMPTY_STATE, repairs: { con_1: [6, 3, 1].map(daysAgo) } } },
      expected: ['quarantined', 'planned'],
    },
    {
      claim: 'contains a connection that was repaired twice in a week',
      situation: { state: { ...EMPTY_STATE, repairs: { con_1: [8, 3, 1].map(daysAgo) } } },
      expected: ['planned', 'planned'],
    },
    {
      claim: 'omits a connection on hold in report mode too',
      situation: { mode: 'report', state: { ...EMPTY_STATE, holds: hold('default: on_each_login') } },
      expected: ['held', 'planned'],
    },
    {
      claim: 'does not count an omitted connection against the cap',
      situation: {
        caps: { maxChanges: 1, maxPercent: 100 },
        state: { ...EMPTY_STATE, holds: hold('default: on_each_login') },
      },
      expected: ['held', 'planned'],
    },
  ])('a finished plan $claim', ({ situation, expected }) => {
    expect(outcomes(situation)).toEqual(expected);
  });

  it('a plan over the cap has a notice in both modes', () => {
    const caps = { maxChanges: 1, maxPercent: 100 };
    const notice = { code: 'CAP_EXCEEDED', planned: 2, allowed: 1 };
    expect(plan({ caps }).notices).toEqual([notice]);
    expect(plan({ caps, mode: 'report' }).notices).toEqual([notice]);
    expect(plan({}).notices).toEqual([]);
  });

  it('a plan that is not allowed contains the reason', () => {
    expect(plan({ stopped: 'scope' }).findings.map(({ stopped }) => stopped)).toEqual(['scope', 'scope']);
  });

  it('a plan in report mode without caps has no notice of a cap', () => {
    expect(plan({ caps: undefined, mode: 'report' }).notices).toEqual([]);
  });

  it('a plan contains the same findings if there is no reason to stop', () => {
    const finding = findingOf('con_1');
    expect(plan({}, [finding]).findings[0]).toBe(finding);
  });

  it.each([
    { by: null, who: 'an operator' },
    { by: 'ann on laptop', who: 'ann on laptop' },
  ])('the detail of a hold contains its time, $who and the undone run', ({ by, who }) => {
    const { con_1 } = hold('default: on_each_login');
    const [held] = plan({ state: { ...EMPTY_STATE, holds: { con_1: { ...con_1, by } } } }).findings;
    expect(held?.detail).toBe(`Held since 2026-11-22 12:00 UTC: ${who} undid the repair of run run-1.`);
  });

  it('a finding that is not planned does not count against the cap', () => {
    const exempt = Array.from({ length: 20 }, (_, index) => findingOf(`con_x${index}`, 'skipped_exempt'));
    expect(plan({}, [findingOf('con_1'), ...exempt]).notices).toEqual([]);
  });
});

it('only a planned finding can get another outcome', () => {
  expect(endRepair(findingOf('con_1', 'skipped_rule'), ending('remediated')).outcome).toBe('skipped_rule');
  expect(endRepair(findingOf('con_1'), ending('remediated')).outcome).toBe('remediated');
});
