import { ending, type Outcome } from '../../lambda/audit/outcome';
import {
  DEFAULT_QUARANTINE,
  describeExpectation,
  EMPTY_STATE,
  firstSeen,
  holdAll,
  isHeld,
  isQuarantined,
  nextState,
  releaseHold,
  type TenantState,
} from '../../lambda/audit/state';
import { changeOf, findingOf } from '../history/sample-record';

const NOW = '2026-11-23T12:00:00.000Z';
const EARLIER = '2026-11-20T12:00:00.000Z';
const now = Date.parse(NOW);
const daysAgo = (days: number, more = 0) => new Date(now - days * 86_400_000 - more).toISOString();
/** As keys of a prototype would read on a record that is asked without care. */
const PROTOTYPE_KEYS = ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'valueOf'];
const stateWith = (change: Partial<TenantState>): TenantState => ({ ...EMPTY_STATE, ...change });
const known = { code: 'WRONG_VALUE', firstSeen: EARLIER } as const;

describe('when a finding was first seen', () => {
  it.each([
    ['by an earlier run with that code', stateWith({ findings: { con_1: known } }), EARLIER],
    ['with another code', stateWith({ findings: { con_1: { ...known, code: 'NOT_EXPLICIT' } } }), NOW],
    ['on another connection', stateWith({ findings: { con_2: known } }), NOW],
    ['never', EMPTY_STATE, NOW],
  ])('%s', (_, state, since) => {
    expect(firstSeen(state, 'con_1', 'WRONG_VALUE', NOW)).toBe(since);
  });

  it.each(PROTOTYPE_KEYS)('an id named %s is one like any other', (id) => {
    expect(firstSeen(EMPTY_STATE, id, 'WRONG_VALUE', NOW)).toBe(NOW);
    const state = stateWith({ findings: Object.fromEntries([[id, known]]) });
    expect(firstSeen(state, id, 'WRONG_VALUE', NOW)).toBe(EARLIER);
  });
});

describe('a quarantine of 3 repairs in 7 days', () => {
  it.each([
    ['none', [], false],
    ['two', [daysAgo(0), daysAgo(1)], false],
    ['three', [daysAgo(0), daysAgo(1), daysAgo(2)], true],
    ['four', [daysAgo(0), daysAgo(1), daysAgo(2), daysAgo(3)], true],
    ['three, one of them just within', [daysAgo(0), daysAgo(1), daysAgo(7, -1)], true],
    ['three, one of them just before', [daysAgo(0), daysAgo(1), daysAgo(7)], false],
    ['three long ago', [daysAgo(8), daysAgo(9), daysAgo(10)], false],
    ['three at no time', ['x', 'y', 'z'], false],
  ])('after %s: %j -> %s', (_, times, quarantined) => {
    expect(isQuarantined(stateWith({ repairs: { con_1: times } }), 'con_1', now, DEFAULT_QUARANTINE)).toBe(quarantined);
    expect(isQuarantined(stateWith({ repairs: { con_2: times } }), 'con_1', now, DEFAULT_QUARANTINE)).toBe(false);
  });

  it.each(PROTOTYPE_KEYS)('knows nothing of an id named %s', (id) => {
    expect(isQuarantined(EMPTY_STATE, id, now, { repairs: 1, days: 7 })).toBe(false);
  });
});

describe('a hold', () => {
  const hold = { runId: 'run-1', since: EARLIER, expectation: 'default: on_first_login' };
  const held = stateWith({ holds: { con_1: hold } });

  it.each([
    ['stands while the rule expects the same', {}, true],
    ['ends with another expectation', { expected: ['never_on_login'] as const }, false],
    ['ends with one more value allowed', { expected: ['on_first_login', 'never_on_login'] as const }, false],
    ['ends with another rule', { rule: 'enterprise' }, false],
    ['stands though the finding has another code', { code: 'NOT_EXPLICIT' as const }, true],
  ])('%s', (_, change, stands) => {
    expect(isHeld(held, findingOf('con_1', change))).toBe(stands);
    expect(isHeld(held, findingOf('con_2', change))).toBe(false);
  });

  it.each(PROTOTYPE_KEYS)('is not on an id named %s', (id) => {
    expect(isHeld(EMPTY_STATE, findingOf(id))).toBe(false);
  });

  it('is set as the rule is described, and released alone', () => {
    const expectation = describeExpectation({ rule: 'default', allowed: ['on_first_login'] });
    const both = holdAll(held, { con_2: { ...hold, expectation } });
    expect([isHeld(both, findingOf('con_1')), isHeld(both, findingOf('con_2'))]).toEqual([true, true]);
    const released = releaseHold(both, 'con_1');
    expect([isHeld(released, findingOf('con_1')), isHeld(released, findingOf('con_2'))]).toEqual([false, true]);
    expect(releaseHold(both, 'con_3')).toEqual(both);
  });
});

describe('the state after a run', () => {
  const stateAfter = (state: TenantState, findings: readonly ReturnType<typeof findingOf>[], complete = true) =>
    nextState(state, { complete, finishedAt: NOW, findings }, DEFAULT_QUARANTINE);
  const before = stateWith({ findings: { con_1: known, con_9: known } });

  const OUTCOMES: [outcome: Outcome, isOpen: boolean][] = [
    ['planned', true],
    ['skipped_exempt', true],
    ['skipped_unsafe', true],
    ['skipped_stopped', true],
    ['failed', true],
    ['failed_verification', true],
    ['held', true],
    ['quarantined', true],
    ['remediated', false],
    ['already_compliant', false],
    ['gone', false],
  ];
  it.each(OUTCOMES)('%s leaves a finding: %s', (outcome, isOpen) => {
    const finding = findingOf('con_1', { ...ending(outcome), firstSeen: EARLIER });
    expect(stateAfter(EMPTY_STATE, [finding]).findings).toEqual(isOpen ? { con_1: known } : {});
  });

  it('a complete run forgets what it no longer finds', () => {
    expect(Object.keys(stateAfter(before, [findingOf('con_2')]).findings)).toEqual(['con_2']);
  });

  it('an incomplete run forgets nothing', () => {
    const { findings } = stateAfter(before, [findingOf('con_2'), findingOf('con_1', ending('remediated'))], false);
    expect(findings).toEqual({ con_1: known, con_9: known, con_2: { code: 'WRONG_VALUE', firstSeen: NOW } });
  });

  it('a code that changed is kept as it is now', () => {
    const finding = findingOf('con_1', { code: 'UNDOCUMENTED_VALUE', firstSeen: NOW });
    expect(stateAfter(before, [finding], false).findings.con_1).toEqual({ code: 'UNDOCUMENTED_VALUE', firstSeen: NOW });
  });

  it('a write counts, verified or not, and one that was not made does not', () => {
    const written = { change: changeOf({ writtenAt: NOW }) };
    const findings = [
      findingOf('con_1', ending('remediated', written)),
      findingOf('con_2', ending('failed_verification', written)),
      findingOf('con_3', ending('failed')),
    ];
    for (const complete of [true, false]) {
      const { repairs } = stateAfter(stateWith({ repairs: { con_1: [EARLIER] } }), findings, complete);
      expect(repairs).toEqual({ con_1: [EARLIER, NOW], con_2: [NOW] });
    }
  });

  it('carried on twice is the same as once', () => {
    const findings = [findingOf('con_1', ending('remediated', { change: changeOf({ writtenAt: NOW }) }))];
    const once = stateAfter(stateWith({ repairs: { con_1: [EARLIER] } }), findings);
    expect(stateAfter(once, findings)).toEqual(once);
  });

  it('repairs before the quarantine looks back are dropped', () => {
    const repairs = { con_1: [daysAgo(7), daysAgo(7, -1)], con_2: [daysAgo(30)] };
    expect(stateAfter(stateWith({ repairs }), []).repairs).toEqual({ con_1: [daysAgo(7, -1)] });
  });

  it('a hold stays, whatever the run saw', () => {
    const holds = { con_1: { runId: 'run-1', since: EARLIER, expectation: 'default: on_first_login' } };
    expect(stateAfter(stateWith({ holds }), []).holds).toEqual(holds);
    expect(stateAfter(stateWith({ holds }), [], false).holds).toEqual(holds);
  });

  it.each(PROTOTYPE_KEYS)('a connection whose id is %s is kept like any other', (id) => {
    const finding = findingOf(id, ending('failed_verification', { change: changeOf({ writtenAt: NOW }) }));
    const state = stateAfter(stateAfter(EMPTY_STATE, [finding], false), [finding], false);
    expect(Object.entries(state.findings)).toEqual([[id, { code: 'WRONG_VALUE', firstSeen: NOW }]]);
    expect(Object.entries(state.repairs)).toEqual([[id, [NOW]]]);
    expect(isQuarantined(state, id, now, { repairs: 1, days: 7 })).toBe(true);
  });

  it('leaves the state it was made from as it was', () => {
    const frozen = structuredClone(before);
    stateAfter(before, [findingOf('con_1', ending('remediated', { change: changeOf() }))]);
    expect(before).toEqual(frozen);
  });
});
