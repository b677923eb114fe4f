import { LIMITS, planTime } from '../lambda/time-plan';

const START = 1_000_000;
const MINUTES = 15 * 60_000;

/** A plan, on a clock that stands `passed` milliseconds after the start of an invocation. */
function planAfter(passed: number, remainingMs = MINUTES) {
  let time = START;
  const plan = planTime(() => time, remainingMs, LIMITS);
  time = START + passed;
  return plan;
}

describe('an invocation of 15 minutes', () => {
  it('keeps 30 seconds for its end, and 60 before that for the repairs under way', () => {
    const { tenantUntil, stopAt, overBy } = planAfter(0);
    expect(tenantUntil - START).toBe(MINUTES - 30_000);
    expect(stopAt - START).toBe(MINUTES - 90_000);
    // Another machine's clock may be a minute off.
    expect(overBy - START).toBe(MINUTES + 60_000);
  });

  it.each([
    { claim: 'a call has 10 seconds', at: 0, key: 't/runs/r.json', limit: 10_000 },
    { claim: 'the state as well', at: 0, key: 't/state.json', limit: 10_000 },
    {
      claim: '30 seconds before the end, the messages and the state keep their time',
      at: MINUTES - 30_000,
      key: 't/state.json',
      limit: 2_000,
    },
  ])('before anything is published, $claim: $limit ms', ({ at, key, limit }) => {
    expect(planAfter(at).limitFor(key)).toBe(limit);
  });

  it('keeps the time of messages and state from any other call, and that of the state once messages are under way', () => {
    expect(planAfter(0).callLimit()).toBe(10_000);
    const late = planAfter(MINUTES - 30_000);
    expect(late.callLimit()).toBe(2_000);
    late.beginPublishing();
    expect(late.callLimit()).toBe(10_000);
  });

  it.each([
    {
      claim: 'a record 12 seconds before the end leaves 8 for the state',
      at: MINUTES - 12_000,
      key: 't/runs/r.json',
      limit: 4_000,
    },
    { claim: 'a record 8 seconds before the end has no time', at: MINUTES - 8_000, key: 't/runs/r.json', limit: 1 },
    { claim: 'the state 8 seconds before the end has 7', at: MINUTES - 8_000, key: 't/state.json', limit: 7_000 },
    { claim: 'the lease 3 seconds before the end has 2', at: MINUTES - 3_000, key: 't/lease.json', limit: 2_000 },
    { claim: 'the claims wait behind the state', at: MINUTES - 9_000, key: 't/claims.json', limit: 1_000 },
  ])('once messages are under way, $claim: $limit ms', ({ at, key, limit }) => {
    const plan = planAfter(at);
    plan.beginPublishing();
    expect(plan.limitFor(key)).toBe(limit);
  });

  it.each([
    { claim: 'with time enough, one call has 10 seconds', at: 0, passed: 0, limit: 10_000 },
    { claim: 'many messages have the time that is left', at: 0, passed: 300_000, limit: 10_000 },
    { claim: 'the last 8 seconds belong to the state', at: MINUTES - 20_000, passed: 9_000, limit: 3_000 },
    { claim: 'in the last 8 seconds nothing more is sent', at: MINUTES - 20_000, passed: 12_000, limit: 0 },
  ])('publishing: $claim', ({ at, passed, limit }) => {
    let time = START;
    const plan = planTime(() => time, MINUTES, LIMITS);
    time = START + at;
    const limitMs = plan.beginPublishing();
    time += passed;
    expect(limitMs()).toBe(limit);
  });
});
