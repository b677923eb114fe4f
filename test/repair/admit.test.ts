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
    { claim: 'may be carried out where nothing speaks against it', situation: {}, expected: ['planned', 'planned'] },
    {
      claim: 'is not after an incomplete listing',
      situation: { complete: false },
      expected: ['skipped_incomplete', 'skipped_incomplete'],
    },
    {
      claim: 'is not over the cap',
      situation: { caps: { maxChanges: 1, maxPercent: 100 } },
      expected: ['skipped_cap', 'skipped_cap'],
    },
    { claim: 'is not without caps', situation: { caps: undefined }, expected: ['skipped_cap', 'skipped_cap'] },
    {
      claim: 'is not without the scopes',
      situation: { stopped: 'scope' },
      expected: ['skipped_stopped', 'skipped_stopped'],
    },
    {
      claim: 'is told as it is in report mode, over the cap too',
      situation: { mode: 'report', caps: { maxChanges: 1, maxPercent: 1 } },
      expected: ['planned', 'planned'],
    },
    {
      claim: 'is told as it is in report mode without caps',
      situation: { mode: 'report', caps: undefined },
      expected: ['planned', 'planned'],
    },
    {
      claim: 'leaves out what a person holds',
      situation: { state: { ...EMPTY_STATE, holds: hold('default: on_each_login') } },
      expected: ['held', 'planned'],
    },
    {
      claim: 'takes in what was held for another rule',
      situation: { state: { ...EMPTY_STATE, holds: hold('okta: on_each_login') } },
      expected: ['planned', 'planned'],
    },
    {
      claim: 'takes in what was held for another value',
      situation: { state: { ...EMPTY_STATE, holds: hold('default: on_first_login') } },
      expected: ['planned', 'planned'],
    },
    {
      claim: 'leaves out what was repaired three times in a week',
      situation: { state: { ...EMPTY_STATE, repairs: { con_1: [6, 3, 1].map(daysAgo) } } },
      expected: ['quarantined', 'planned'],
    },
    {
      claim: 'takes in what was repaired twice in a week',
      situation: { state: { ...EMPTY_STATE, repairs: { con_1: [8, 3, 1].map(daysAgo) } } },
      expected: ['planned', 'planned'],
    },
    {
      claim: 'leaves both out in report mode as well',
      situation: { mode: 'report', state: { ...EMPTY_STATE, holds: hold('default: on_each_login') } },
      expected: ['held', 'planned'],
    },
    {
      claim: 'does not count what is left out against the cap',
      situation: {
        caps: { maxChanges: 1, maxPercent: 100 },
        state: { ...EMPTY_STATE, holds: hold('default: on_each_login') },
      },
      expected: ['held', 'planned'],
    },
  ])('$claim', ({ situation, expected }) => {
    expect(outcomes(situation)).toEqual(expected);
  });

  it('tells a cap that it exceeds, in either mode', () => {
    const caps = { maxChanges: 1, maxPercent: 100 };
    const notice = { code: 'CAP_EXCEEDED', planned: 2, allowed: 1 };
    expect(plan({ caps }).notices).toEqual([notice]);
    expect(plan({ caps, mode: 'report' }).notices).toEqual([notice]);
    expect(plan({}).notices).toEqual([]);
  });

  it('names why the run may not write', () => {
    expect(plan({ stopped: 'scope' }).findings.map(({ stopped }) => stopped)).toEqual(['scope', 'scope']);
  });

  it('exceeds no cap in report mode where there is none', () => {
    expect(plan({ caps: undefined, mode: 'report' }).notices).toEqual([]);
  });

  it('holds the findings that were given, where nothing speaks against them', () => {
    const finding = findingOf('con_1');
    expect(plan({}, [finding]).findings[0]).toBe(finding);
  });

  it.each([
    { by: null, who: 'a person' },
    { by: 'ann on laptop', who: 'ann on laptop' },
  ])('says of what $who holds since when, and which run was undone', ({ by, who }) => {
    const { con_1 } = hold('default: on_each_login');
    const [held] = plan({ state: { ...EMPTY_STATE, holds: { con_1: { ...con_1, by } } } }).findings;
    expect(held?.detail).toBe(`Held since 2026-11-22 12:00 UTC by ${who}, who undid the repair of run run-1.`);
  });

  it('does not count what is not to be repaired against the cap', () => {
    const exempt = Array.from({ length: 20 }, (_, index) => findingOf(`con_x${index}`, 'skipped_exempt'));
    expect(plan({}, [findingOf('con_1'), ...exempt]).notices).toEqual([]);
  });
});

it('only what is still planned can come to an end', () => {
  expect(endRepair(findingOf('con_1', 'skipped_rule'), ending('remediated')).outcome).toBe('skipped_rule');
  expect(endRepair(findingOf('con_1'), ending('remediated')).outcome).toBe('remediated');
});
