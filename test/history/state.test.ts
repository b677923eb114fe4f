import { SETTING } from '../../lambda/connection/setting';
import { NOTHING_CARRIED } from '../../lambda/history/carried';
import { occurrenceOf } from '../../lambda/history/delta';
import { type Aftermath, nextState } from '../../lambda/history/next-state';
import {
  describeExpectation,
  EMPTY_STATE,
  holdAll,
  holdOn,
  isQuarantined,
  releaseHolds,
  type TenantState,
} from '../../lambda/history/state';
import type { Notice } from '../../lambda/judge/notice';
import { ending, type Outcome } from '../../lambda/judge/outcome';
import type { Report } from '../../lambda/judge/report';
import { DEFAULT_QUARANTINE } from '../../lambda/settings';
import { changedOf, changeOf, findingOf, madeChange, RUN, reportOf } from './sample-record';

const NOW = '2026-11-23T12:00:00.000Z';
const EARLIER = '2026-11-20T12:00:00.000Z';
const now = Date.parse(NOW);
const daysAgo = (days: number, more = 0) => new Date(now - days * 86_400_000 - more).toISOString();
/** Keys of a prototype, which a careless lookup would find on any object. */
const PROTOTYPE_KEYS = ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'valueOf'];
const stateWith = (change: Partial<TenantState>): TenantState => ({ ...EMPTY_STATE, ...change });
const known = {
  code: 'WRONG_VALUE',
  firstSeen: EARLIER,
  name: 'contoso',
  strategy: 'oidc',
  outcome: 'planned',
} as const;
const isHeld = (...args: Parameters<typeof holdOn>) => holdOn(...args) !== undefined;

describe('a quarantine of 3 repairs in 7 days', () => {
  it.each([
    ['no repair', false, []],
    ['two repairs', false, [daysAgo(0), daysAgo(1)]],
    ['three repairs', true, [daysAgo(0), daysAgo(1), daysAgo(2)]],
    ['four repairs', true, [daysAgo(0), daysAgo(1), daysAgo(2), daysAgo(3)]],
    ['three repairs, one just within the period', true, [daysAgo(0), daysAgo(1), daysAgo(7, -1)]],
    ['three repairs, one just before the period', false, [daysAgo(0), daysAgo(1), daysAgo(7)]],
    ['three repairs long ago', false, [daysAgo(8), daysAgo(9), daysAgo(10)]],
    ['three repairs with invalid times', false, ['x', 'y', 'z']],
  ])('a connection after %s is in quarantine: %s', (_, quarantined, times) => {
    expect(isQuarantined(stateWith({ repairs: { con_1: times } }), 'con_1', now, DEFAULT_QUARANTINE)).toBe(quarantined);
    expect(isQuarantined(stateWith({ repairs: { con_2: times } }), 'con_1', now, DEFAULT_QUARANTINE)).toBe(false);
  });

  it.each(PROTOTYPE_KEYS)('a connection with the id %s is not in quarantine without repairs', (id) => {
    expect(isQuarantined(EMPTY_STATE, id, now, { repairs: 1, days: 7 })).toBe(false);
  });
});

describe('a hold', () => {
  const hold = { runId: 'run-1', since: EARLIER, by: 'ann on laptop', expectation: 'default: on_first_login' };
  const held = stateWith({ holds: { con_1: hold } });

  it.each([
    ['a hold stays while the rule expects the same', {}, true],
    ['a hold ends with another expectation', { expected: ['never_on_login'] as const }, false],
    ['a hold ends when one more value is allowed', { expected: ['on_first_login', 'never_on_login'] as const }, false],
    ['a hold ends with another rule', { rule: 'enterprise' }, false],
    ['a hold stays if the finding has another code', { code: 'NOT_EXPLICIT' as const }, true],
  ])('%s', (_, change, stands) => {
    expect(isHeld(held, findingOf('con_1', change))).toBe(stands);
    expect(isHeld(held, findingOf('con_2', change))).toBe(false);
  });

  it.each(PROTOTYPE_KEYS)('a connection with the id %s has no hold in an empty state', (id) => {
    expect(isHeld(EMPTY_STATE, findingOf(id))).toBe(false);
  });

  it('a hold is set with the description of the rule and is released separately', () => {
    const expectation = describeExpectation({ rule: 'default', allowed: ['on_first_login'] });
    const both = holdAll(held, { con_2: { ...hold, expectation } });
    expect([isHeld(both, findingOf('con_1')), isHeld(both, findingOf('con_2'))]).toEqual([true, true]);
    const released = releaseHolds(both, new Set(['con_1']));
    expect([isHeld(released, findingOf('con_1')), isHeld(released, findingOf('con_2'))]).toEqual([false, true]);
    expect(releaseHolds(both, new Set(['con_3']))).toEqual(both);
    expect(releaseHolds(both, new Set(['con_1', 'con_2', 'con_3'])).holds).toEqual({});
  });
});

describe('the state after a run', () => {
  type Findings = readonly ReturnType<typeof findingOf>[];
  const carryOn = (state: TenantState, findings: Findings, change: Partial<Report> = {}, told = true) =>
    nextState(state, reportOf(findings, { finishedAt: NOW, ...change }), aftermathOf(told));
  const LISTING = { listed: 60, sample: ['con_1', 'con_7'] };
  const aftermathOf = (told: boolean): Aftermath => ({
    ...{ quarantine: DEFAULT_QUARANTINE, by: null, isProven: true, keptPolicy: null, listing: LISTING },
    ...{ told: { people: told, machines: told }, isAllTold: told },
  });
  const stateAfter = (state: TenantState, findings: Findings, complete = true) =>
    carryOn(state, findings, { complete });
  const before = stateWith({ findings: { con_1: known, con_9: known } });
  const fixed = (id: string) => findingOf(id, ending('remediated', { change: changeOf({ writtenAt: NOW }) }));

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
  it.each(OUTCOMES)('the state contains a finding with the outcome %s after a run: %s', (outcome, isOpen) => {
    const finding = findingOf('con_1', { ...ending(outcome), firstSeen: EARLIER });
    const { findings, resolved } = stateAfter(EMPTY_STATE, [finding]);
    expect(findings).toEqual(isOpen ? { con_1: { ...known, outcome } } : {});
    expect(resolved).toEqual(isOpen ? {} : { con_1: { code: 'WRONG_VALUE', at: NOW } });
  });

  it('a complete run removes findings that it no longer finds', () => {
    expect(Object.keys(stateAfter(before, [findingOf('con_2')]).findings)).toEqual(['con_2']);
  });

  it('an incomplete run removes only the findings that it fixed', () => {
    const { findings } = stateAfter(before, [findingOf('con_2'), fixed('con_1')], false);
    expect(findings).toEqual({ con_9: known, con_2: { ...known, firstSeen: NOW } });
  });

  it('a finding that an incomplete run saw resolved moves from the findings to the resolved ones', () => {
    const connection = { id: 'con_9', name: 'contoso', strategy: 'oidc' };
    const resolved = [
      { connection, control: SETTING, code: 'WRONG_VALUE', firstSeen: EARLIER, how: 'compliant' },
    ] as const;
    const state = carryOn(before, [], { complete: false, resolved });
    expect(Object.keys(state.findings)).toEqual(['con_1']);
    expect(state.resolved).toEqual({ con_9: { code: 'WRONG_VALUE', at: NOW } });
  });

  it('a finding that returns is no longer resolved, and old resolved findings are removed', () => {
    const at = (time: string) => ({ code: 'WRONG_VALUE', at: time }) as const;
    const resolved = { con_1: at(EARLIER), con_2: at(daysAgo(90)), con_3: at(daysAgo(90, -1)) };
    expect(stateAfter(stateWith({ resolved }), [findingOf('con_1')]).resolved).toEqual({ con_3: at(daysAgo(90, -1)) });
  });

  it('the state contains the new code of a finding whose code changed', () => {
    const finding = findingOf('con_1', { code: 'UNDOCUMENTED_VALUE', firstSeen: NOW });
    const { findings } = stateAfter(before, [finding], false);
    expect(findings.con_1).toEqual({ ...known, code: 'UNDOCUMENTED_VALUE', firstSeen: NOW });
  });

  it('a name of a million characters is cut', () => {
    const connection = { id: 'con_1', name: 'n'.repeat(1e6), displayName: null, strategy: 's'.repeat(1e6) };
    expect(JSON.stringify(stateAfter(EMPTY_STATE, [findingOf('con_1', { connection })])).length).toBeLessThan(1500);
  });

  it('a write counts for the quarantine, verified or not, reported or not, but a failed one does not', () => {
    const written = { change: changeOf({ writtenAt: NOW }) };
    const findings = [
      findingOf('con_1', ending('remediated', written)),
      findingOf('con_2', ending('failed_verification', written)),
      findingOf('con_3', ending('failed')),
    ];
    for (const complete of [true, false]) {
      for (const told of [true, false]) {
        const { repairs } = carryOn(stateWith({ repairs: { con_1: [EARLIER] } }), findings, { complete }, told);
        expect(repairs).toEqual({ con_1: [EARLIER, NOW], con_2: [NOW] });
      }
    }
  });

  it('a run without delivered messages leaves its numbers, writes, listing and untold new findings', () => {
    const state = carryOn(before, [findingOf('con_2'), fixed('con_1')], {}, false);
    expect(state).toEqual({
      ...before,
      findings: { ...before.findings, con_2: expect.objectContaining({ firstSeen: NOW, untold: true }) },
      lastListing: LISTING,
      runs: [expect.objectContaining({ runId: RUN, mode: 'remediate', by: null })],
      repairs: { con_1: [NOW] },
      changes: [expect.objectContaining({ runId: RUN, connections: 1 })],
      unreported: { [RUN]: expect.objectContaining({ people: true, machines: true }) },
    });
  });

  it('former ids stay until recipients and consumers were notified of all findings', () => {
    const former = stateWith({ findings: { con_1: known, con_9: known }, formerIds: ['con_1', 'con_9'] });
    expect(carryOn(former, [findingOf('con_1')], {}, false).formerIds).toEqual(['con_1', 'con_9']);
    expect(carryOn(former, [findingOf('con_1')], { complete: false }).formerIds).toEqual(['con_9']);
    expect(carryOn(former, [findingOf('con_1')]).formerIds).toEqual([]);
  });

  it('members that a later version wrote do not change', () => {
    const carried = { ...NOTHING_CARRIED, file: { later: true } };
    expect(carryOn(stateWith({ carried }), []).carried).toEqual(carried);
    expect(carryOn(stateWith({ carried }), [], {}, false).carried).toEqual(carried);
  });

  it('a state that is updated twice with one run is the same as after one update', () => {
    const findings = [fixed('con_1'), findingOf('con_2')];
    const once = stateAfter(stateWith({ repairs: { con_1: [EARLIER] } }), findings);
    expect(stateAfter(once, findings)).toEqual(once);
  });

  it('repairs before the period of the quarantine are removed', () => {
    const repairs = { con_1: [daysAgo(7), daysAgo(7, -1)], con_2: [daysAgo(30)] };
    expect(stateAfter(stateWith({ repairs }), []).repairs).toEqual({ con_1: [daysAgo(7, -1)] });
  });

  it('a hold stays after any run', () => {
    const holds = { con_1: { runId: 'run-1', since: EARLIER, by: null, expectation: 'default: on_first_login' } };
    expect(stateAfter(stateWith({ holds }), []).holds).toEqual(holds);
    expect(stateAfter(stateWith({ holds }), [], false).holds).toEqual(holds);
  });

  it.each([
    ['at_once', NOW],
    ['reminder', NOW],
    ['all_clear', NOW],
    ['nothing_new', EARLIER],
  ] as const)('a run with the notification %s sets the time of the last message to %s', (telling, lastTold) => {
    expect(carryOn(stateWith({ lastTold: EARLIER }), [], { telling }).lastTold).toBe(lastTold);
  });

  it('the trend grows by one point for each run, up to thirty points', () => {
    let state = EMPTY_STATE;
    for (let run = 1; run <= 35; run += 1) state = carryOn(state, [fixed('con_1')], { runId: `run-${run}` });
    expect(state.trend.map(({ runId }) => runId)).toEqual(Array.from({ length: 30 }, (_, index) => `run-${index + 6}`));
    expect(state.trend.at(-1)).toEqual({
      ...{ runId: 'run-35', at: NOW, complete: true, listed: 60 },
      ...{ noncompliant: 0, indeterminate: 0, exempt: 0, remediated: 1 },
    });
  });

  it.each(PROTOTYPE_KEYS)('the state keeps a connection with the id %s like any other', (id) => {
    const finding = findingOf(id, ending('failed_verification', { change: changeOf({ writtenAt: NOW }) }));
    const state = stateAfter(stateAfter(EMPTY_STATE, [finding], false), [finding], false);
    expect(Object.entries(state.findings)).toEqual([
      [id, { ...known, firstSeen: NOW, outcome: 'failed_verification' }],
    ]);
    expect(Object.entries(state.repairs)).toEqual([[id, [NOW]]]);
    expect(Object.keys(stateAfter(state, [fixed(id)]).resolved)).toEqual([id]);
    expect(isQuarantined(state, id, now, { repairs: 1, days: 7 })).toBe(true);
  });

  it('a run whose writes were reported leaves no unreported changes', () => {
    const state = carryOn(before, [fixed('con_1')]);
    expect(state.unreported).toEqual({});
    expect(state.changes).toMatchObject([{ runId: RUN, kind: 'repair', connections: 1, by: null }]);
  });

  it('a run that only consumers were notified of leaves its writes unreported for recipients', () => {
    const aftermath = { ...aftermathOf(false), told: { people: false, machines: true } };
    const state = nextState(before, reportOf([fixed('con_1')], { finishedAt: NOW }), aftermath);
    expect(state.unreported[RUN]).toMatchObject({ people: true, machines: false, claim: null });
  });

  it('earlier changes that a run reported are settled, even if not all of its messages were sent', () => {
    const entry = { change: madeChange([changedOf('con_7')], { runId: 'run-0' }), people: true, machines: true };
    const earlierChanges = [{ change: entry.change, to: { people: true, machines: true } }];
    const state = stateWith({ unreported: { 'run-0': { ...entry, claim: { by: RUN, until: now } } } });
    const aftermath = { ...aftermathOf(false), told: { people: true, machines: false } };
    const { unreported } = nextState(state, reportOf([], { finishedAt: NOW, earlierChanges }), aftermath);
    expect(unreported).toEqual({ 'run-0': { ...entry, people: false, claim: null } });
  });

  it('the writes of a run name the operator who ran it', () => {
    const aftermath = { ...aftermathOf(true), by: 'ann on laptop' };
    const { changes } = nextState(before, reportOf([fixed('con_1')], { finishedAt: NOW }), aftermath);
    expect(changes).toMatchObject([{ by: 'ann on laptop' }]);
  });

  it.each([
    { claim: 'complete', complete: true, told: true, listing: LISTING },
    { claim: 'incomplete', complete: false, told: true, listing: { listed: 1, sample: ['con_old'] } },
    { claim: 'untold', complete: true, told: false, listing: LISTING },
  ])('the last listing after a run that is $claim has $listing.listed connections', ({ complete, told, listing }) => {
    const earlier = stateWith({ lastListing: { listed: 1, sample: ['con_old'] } });
    expect(carryOn(earlier, [], { complete }, told).lastListing).toEqual(listing);
  });

  it.each(['LISTING_DROPPED', 'NO_CONNECTIONS'] as const)(
    'a listing with an undelivered notice %s is not used to check the next one',
    (code) => {
      const lastListing = { listed: 90, sample: ['con_old'] };
      const notice: Notice = code === 'LISTING_DROPPED' ? { code, before: 90, now: 60 } : { code };
      expect(carryOn(stateWith({ lastListing }), [], { notices: [notice] }, false).lastListing).toEqual(lastListing);
      expect(carryOn(stateWith({ lastListing }), [], { notices: [notice] }, true).lastListing).toEqual(LISTING);
    },
  );

  it('a run from a terminal without messages leaves neither findings nor a listing', () => {
    const aftermath = { ...aftermathOf(false), by: 'ann' };
    const { findings, lastListing } = nextState(before, reportOf([findingOf('con_2')], { finishedAt: NOW }), aftermath);
    expect({ findings, lastListing }).toEqual({ findings: before.findings, lastListing: null });
  });

  it.each([
    ['is the first time that a run saw', { since: NOW, by: null }, NOW],
    ['stays if the run does not know the time', { since: null, by: null }, EARLIER],
    ['stays after a run from a terminal', { since: NOW, by: 'ann' }, EARLIER],
  ])('the time since when writes are stopped %s', (_claim, { since, by }, expected) => {
    const notices: Notice[] = [{ code: 'WRITES_STOPPED', why: 'stop', since }];
    const report = reportOf([], { finishedAt: NOW, mode: 'remediate', notices });
    const state = nextState(stateWith({ writesStoppedSince: EARLIER }), report, { ...aftermathOf(true), by });
    expect(state.writesStoppedSince).toBe(expected);
  });

  it('an untold finding stays new, with the day it was first seen, until every receiver was notified', () => {
    const untold = carryOn(EMPTY_STATE, [findingOf('con_2')], {}, false);
    const later = '2026-11-30T12:00:00.000Z';
    expect(occurrenceOf(untold, 'con_2', 'WRONG_VALUE', later)).toEqual({ lifecycle: 'new', firstSeen: NOW });
    const told = stateAfter(untold, [findingOf('con_2', { firstSeen: NOW })]);
    expect(occurrenceOf(told, 'con_2', 'WRONG_VALUE', later)).toEqual({ lifecycle: 'open', firstSeen: NOW });
  });

  it('a run that could not read the state removes nothing, even with a complete listing', () => {
    const acceptedEmpty = { at: EARLIER, by: 'ann' };
    const earlier = stateWith({ lastListing: { listed: 9, sample: ['con_old'] }, acceptedEmpty });
    const report = reportOf([], { finishedAt: NOW, historyFailure: 'Reading the state: SlowDown.' });
    const state = nextState(earlier, report, { ...aftermathOf(true), isProven: false });
    const { findings, lastListing } = earlier;
    expect(state).toMatchObject({ findings, lastListing, acceptedEmpty });
  });

  it.each([
    { claim: 'a listing with connections ends', listed: 1, complete: true, stays: false },
    { claim: 'an empty listing keeps', listed: 0, complete: true, stays: true },
    { claim: 'an incomplete listing keeps', listed: 1, complete: false, stays: true },
  ])('$claim the acceptance of an empty one', ({ listed, complete, stays }) => {
    const acceptedEmpty = { at: EARLIER, by: 'ann' };
    const aftermath = { ...aftermathOf(true), listing: { listed, sample: [] } };
    const report = reportOf([], { finishedAt: NOW, complete });
    const state = nextState(stateWith({ acceptedEmpty }), report, aftermath);
    expect(state.acceptedEmpty).toEqual(stays ? acceptedEmpty : null);
  });

  it('a repair with a time in the future counts as made now', () => {
    const repairs = { con_1: [daysAgo(-400), EARLIER] };
    expect(stateAfter(stateWith({ repairs }), []).repairs).toEqual({ con_1: [NOW, EARLIER] });
  });

  it('the earlier state does not change when the next state is computed', () => {
    const frozen = structuredClone(before);
    stateAfter(before, [fixed('con_1')]);
    expect(before).toEqual(frozen);
  });
});
