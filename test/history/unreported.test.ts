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
  ])('a change reported to %j is still unreported to %j', (told, open) => {
    expect(stateAfter(change, told).unreported).toEqual({ [RUN]: { change, ...open, claim: null } });
  });

  it('a change that was reported to every receiver is only in the list of changes', () => {
    const state = stateAfter(change, EVERYBODY);
    expect(state.unreported).toEqual({});
    expect(state.changes).toEqual([{ ...change, connections: 2 }]);
  });

  it('a change that the state already has is not added again', () => {
    const once = stateAfter(change);
    expect(stateAfter(change, EVERYBODY, once)).toBe(once);
  });

  it('the list of changes drops a change after 100 others, but the change stays unreported', () => {
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
  it.each(KINDS)('the quarantine counts writes of the kind %s: %s', (kind, counts) => {
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
  it.each(RESULTS)('the quarantine counts a write with the result %s: %s', (result, counts) => {
    expect(Object.keys(stateAfter(madeChange([changedOf('con_1', { result })])).repairs)).toEqual(
      counts ? ['con_1'] : [],
    );
  });

  const TIMES: readonly [claim: string, at: string, counts: boolean][] = [
    ['made now', NOW, true],
    ['made just within its period', daysAgo(7, -1), true],
    ['made at the start of its period', daysAgo(7), false],
  ];
  it.each(TIMES)('the quarantine counts a write that was %s: %s', (_, at, counts) => {
    expect(stateAfter(madeChange([changedOf('con_1', { at })])).repairs).toEqual(counts ? { con_1: [at] } : {});
  });

  it('the quarantine counts a known write one time, in addition to writes of other runs', () => {
    const connections: readonly ChangedConnection[] = [changedOf('con_1')];
    const state = { ...EMPTY_STATE, repairs: { con_1: [daysAgo(1), NOW], con_2: [daysAgo(2)] } };
    const { repairs } = stateAfter(madeChange(connections), NOBODY, state);
    expect(repairs).toEqual({ con_1: [daysAgo(1), NOW], con_2: [daysAgo(2)] });
  });

  it.each(['constructor', '__proto__'])('the quarantine counts a write to a connection with the id %s', (id) => {
    expect(Object.entries(stateAfter(madeChange([changedOf(id)])).repairs)).toEqual([[id, [NOW]]]);
  });
});

describe('an unreported change', () => {
  const open = stateAfter(madeChange([changedOf('con_1')], { runId: 'run-0' }));
  const taken = claimUnreported(open, { runId: 'run-1', now, until: now + 1_000 });

  it('an unreported change is claimed by one run until a time', () => {
    expect(taken.unreported['run-0']?.claim).toEqual({ by: 'run-1', until: now + 1_000 });
    expect(claimedBy(taken, 'run-1')).toMatchObject([{ change: { runId: 'run-0' }, to: EVERYBODY }]);
  });

  it.each([
    { claim: 'before the time limit', later: 999, by: 'run-1' },
    { claim: 'at the time limit', later: 1_000, by: 'run-2' },
  ])('an unreported change that run-1 has claimed belongs to $by $claim', ({ later, by }) => {
    const next = claimUnreported(taken, { runId: 'run-2', now: now + later, until: now + 9_000 });
    expect(next.unreported['run-0']?.claim?.by).toBe(by);
    expect(claimedBy(next, 'run-2')).toHaveLength(by === 'run-2' ? 1 : 0);
  });

  it('unreported changes are reported oldest first', () => {
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
  it.each(OUTCOMES)('a claimed change sent to %j remains for %j', (told, left) => {
    const report = { runId: 'run-1', earlierChanges: claimedBy(taken, 'run-1') };
    const unreported = settleReported(taken, report, told);
    expect(unreported['run-0']).toEqual(left && { ...taken.unreported['run-0'], ...left, claim: null });
  });

  it('an unreported change is not reported again to a receiver that has it', () => {
    const machines = { people: false, machines: true };
    const half = stateAfter(madeChange([], { runId: 'run-0' }), { people: true, machines: false });
    const state = claimUnreported(half, { runId: 'run-1', now, until: now + 1 });
    expect(claimedBy(state, 'run-1')).toMatchObject([{ to: machines }]);
    const report = { runId: 'run-1', earlierChanges: claimedBy(state, 'run-1') };
    expect(settleReported(state, report, machines)).toEqual({});
    expect(settleReported(state, report, { people: true, machines: false })).toMatchObject({ 'run-0': machines });
  });

  it('a change that was added while the run reported stays unreported', () => {
    const report = { runId: 'run-1', earlierChanges: claimedBy(taken, 'run-1') };
    const later = stateAfter(madeChange([], { runId: 'run-9' }), NOBODY, taken);
    expect(Object.keys(settleReported(later, report, EVERYBODY))).toEqual(['run-9']);
  });

  it('a change that a run claimed without knowing has no claim after the run', () => {
    const unreported = settleReported(taken, { runId: 'run-1', earlierChanges: [] }, EVERYBODY);
    expect(unreported['run-0']).toMatchObject({ people: true, machines: true, claim: null });
    const others = settleReported(taken, { runId: 'run-2', earlierChanges: [] }, EVERYBODY);
    expect(others['run-0']?.claim?.by).toBe('run-1');
  });
});
