import { EMPTY_STATE, type TenantState } from '../../lambda/history/state';
import { addChange, claimedBy, claimUnreported, settleReported } from '../../lambda/history/unreported';
import type { Change, ChangedConnection, ChangeKind, ChangeResult } from '../../lambda/judge/change';
import { changedOf, madeChange, NOW, RUN } from './sample-record';

const now = Date.parse(NOW);
const quarantine = { repairs: 3, days: 7 };
const daysAgo = (days: number, more = 0) => new Date(now - days * 86_400_000 - more).toISOString();
const NOBODY = { people: false, machines: false };
const EVERYBODY = { people: true, machines: true };

function stateAfter(change: Change, told = NOBODY, state: TenantState = EMPTY_STATE): TenantState {
  return addChange(state, change, { told, quarantine });
}

describe('a change', () => {
  const change = madeChange([changedOf('con_1'), changedOf('con_2')]);

  it.each([
    [NOBODY, { people: true, machines: true }],
    [
      { people: true, machines: false },
      { people: false, machines: true },
    ],
    [
      { people: false, machines: true },
      { people: true, machines: false },
    ],
  ])('of which %j have heard is left to be reported to %j', (told, open) => {
    expect(stateAfter(change, told).unreported).toEqual({ [RUN]: { change, ...open, claim: null } });
  });

  it('of which everybody has heard is remembered alone', () => {
    const state = stateAfter(change, EVERYBODY);
    expect(state.unreported).toEqual({});
    expect(state.changes).toEqual([{ ...change, connections: 2 }]);
  });

  it('that the state has already is not added again, whoever has heard of it', () => {
    const once = stateAfter(change);
    expect(stateAfter(change, EVERYBODY, once)).toBe(once);
  });

  it('is forgotten by the list after a hundred others, and stays to be reported', () => {
    let state = EMPTY_STATE;
    for (let run = 0; run <= 100; run += 1) state = stateAfter({ ...change, runId: `run-${run}` }, NOBODY, state);
    expect([state.changes.length, state.changes[0]?.runId]).toEqual([100, 'run-1']);
    expect(Object.keys(state.unreported)).toHaveLength(101);
  });
});

describe('the quarantine', () => {
  const KINDS: readonly [kind: ChangeKind, counts: boolean][] = [
    ['repair', true],
    ['undo', false],
    ['release', false],
    ['unlock', false],
    ['accept_empty_listing', false],
  ];
  it.each(KINDS)('counts the writes of kind %s: %s', (kind, counts) => {
    const { repairs } = stateAfter(madeChange([changedOf('con_1')], { kind }));
    expect(repairs).toEqual(counts ? { con_1: [NOW] } : {});
  });

  const RESULTS: readonly [result: ChangeResult, counts: boolean][] = [
    ['verified', true],
    ['unverified', true],
    ['found', true],
    ['unknown', true],
    ['overwritten', true],
    ['released', false],
  ];
  it.each(RESULTS)('counts a write that is %s: %s', (result, counts) => {
    expect(Object.keys(stateAfter(madeChange([changedOf('con_1', { result })])).repairs)).toEqual(
      counts ? ['con_1'] : [],
    );
  });

  const TIMES: readonly [claim: string, at: string, counts: boolean][] = [
    ['made now', NOW, true],
    ['made just within its days', daysAgo(7, -1), true],
    ['made as long ago as it looks back', daysAgo(7), false],
  ];
  it.each(TIMES)('counts a write that was %s: %s', (_, at, counts) => {
    expect(stateAfter(madeChange([changedOf('con_1', { at })])).repairs).toEqual(counts ? { con_1: [at] } : {});
  });

  it('counts a write once that it knows already, and beside those of other runs', () => {
    const connections: readonly ChangedConnection[] = [changedOf('con_1')];
    const state = { ...EMPTY_STATE, repairs: { con_1: [daysAgo(1), NOW], con_2: [daysAgo(2)] } };
    const { repairs } = stateAfter(madeChange(connections), NOBODY, state);
    expect(repairs).toEqual({ con_1: [daysAgo(1), NOW], con_2: [daysAgo(2)] });
  });

  it.each(['constructor', '__proto__'])('counts a write to a connection whose id is %s', (id) => {
    expect(Object.entries(stateAfter(madeChange([changedOf(id)])).repairs)).toEqual([[id, [NOW]]]);
  });
});

describe('an unreported change', () => {
  const open = stateAfter(madeChange([changedOf('con_1')], { runId: 'run-0' }));
  const taken = claimUnreported(open, { runId: 'run-1', now, until: now + 1_000 });

  it('is taken on by one run until its time', () => {
    expect(taken.unreported['run-0']?.claim).toEqual({ by: 'run-1', until: now + 1_000 });
    expect(claimedBy(taken, 'run-1')).toMatchObject([{ change: { runId: 'run-0' }, to: EVERYBODY }]);
  });

  it.each([
    { claim: 'before the time is over', later: 999, by: 'run-1' },
    { claim: 'when the time is over', later: 1_000, by: 'run-2' },
  ])('that another run has taken on is with $by $claim', ({ later, by }) => {
    const next = claimUnreported(taken, { runId: 'run-2', now: now + later, until: now + 9_000 });
    expect(next.unreported['run-0']?.claim?.by).toBe(by);
    expect(claimedBy(next, 'run-2')).toHaveLength(by === 'run-2' ? 1 : 0);
  });

  it('is reported the oldest first', () => {
    const young = madeChange([], { runId: 'run-a', at: daysAgo(1) });
    const old = madeChange([], { runId: 'run-b', at: daysAgo(2) });
    const state = claimUnreported(stateAfter(old, NOBODY, stateAfter(young)), { runId: 'run-1', now, until: now });
    expect(claimedBy(state, 'run-1').map(({ change }) => change.runId)).toEqual(['run-b', 'run-a']);
  });

  const OUTCOMES: readonly [told: typeof NOBODY, left: typeof NOBODY | undefined][] = [
    [EVERYBODY, undefined],
    [
      { people: true, machines: false },
      { people: false, machines: true },
    ],
    [
      { people: false, machines: true },
      { people: true, machines: false },
    ],
    [NOBODY, EVERYBODY],
  ];
  it.each(OUTCOMES)('that a run has told to %j is left to %j, with nobody', (told, left) => {
    const report = { runId: 'run-1', earlierChanges: claimedBy(taken, 'run-1') };
    const unreported = settleReported(taken, report, told);
    expect(unreported['run-0']).toEqual(left && { ...taken.unreported['run-0'], ...left, claim: null });
  });

  it('is not told again to those who have heard of it', () => {
    const machines = { people: false, machines: true };
    const half = stateAfter(madeChange([], { runId: 'run-0' }), { people: true, machines: false });
    const state = claimUnreported(half, { runId: 'run-1', now, until: now + 1 });
    expect(claimedBy(state, 'run-1')).toMatchObject([{ to: machines }]);
    const report = { runId: 'run-1', earlierChanges: claimedBy(state, 'run-1') };
    expect(settleReported(state, report, machines)).toEqual({});
    expect(settleReported(state, report, { people: true, machines: false })).toMatchObject({ 'run-0': machines });
  });

  it('that came while the run was telling stays', () => {
    const report = { runId: 'run-1', earlierChanges: claimedBy(taken, 'run-1') };
    const later = stateAfter(madeChange([], { runId: 'run-9' }), NOBODY, taken);
    expect(Object.keys(settleReported(later, report, EVERYBODY))).toEqual(['run-9']);
  });

  it('that a run has taken on without knowing is free again after it', () => {
    const unreported = settleReported(taken, { runId: 'run-1', earlierChanges: [] }, EVERYBODY);
    expect(unreported['run-0']).toMatchObject({ people: true, machines: true, claim: null });
    const others = settleReported(taken, { runId: 'run-2', earlierChanges: [] }, EVERYBODY);
    expect(others['run-0']?.claim?.by).toBe('run-1');
  });
});
