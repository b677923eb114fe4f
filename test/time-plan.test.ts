import { LIMITS, planTime } from '../lambda/time-plan';

const START = 1_000_000;
const MINUTES = 15 * 60_000;

/** A plan, with a clock `passed` milliseconds after the start of an invocation. */
function planAfter(passed: number, remainingMs = MINUTES) {
  let time = START;
  const plan = planTime(() => time, remainingMs, LIMITS);
  time = START + passed;
  return plan;
}

describe('an invocation of 15 minutes', () => {
  it('an invocation reserves 30 seconds for its end, and 60 seconds before that for started repairs', () => {
    const { tenantUntil, stopAt, overBy } = planAfter(0);
    expect(tenantUntil - START).toBe(MINUTES - 30_000);
    expect(stopAt - START).toBe(MINUTES - 90_000);
    // The clock of another machine can differ by a minute.
    expect(overBy - START).toBe(MINUTES + 60_000);
  });

  it.each([
    { claim: 'a record at the start', at: 0, key: 't/runs/r.json', limit: 10_000 },
    { claim: 'the state at the start', at: 0, key: 't/state.json', limit: 10_000 },
    {
      claim: 'the state 30 seconds before the end',
      at: MINUTES - 30_000,
      key: 't/state.json',
      limit: 2_000,
    },
  ])('the limit before publishing for $claim is $limit ms', ({ at, key, limit }) => {
    expect(planAfter(at).limitFor(key)).toBe(limit);
  });

  it('other calls cannot use the time of messages and state, and only that of the state during publishing', () => {
    expect(planAfter(0).callLimit()).toBe(10_000);
    const late = planAfter(MINUTES - 30_000);
    expect(late.callLimit()).toBe(2_000);
    late.beginPublishing();
    expect(late.callLimit()).toBe(10_000);
  });

  it.each([
    {
      claim: 'a record 12 seconds before the end',
      at: MINUTES - 12_000,
      key: 't/runs/r.json',
      limit: 4_000,
    },
    { claim: 'a record 8 seconds before the end', at: MINUTES - 8_000, key: 't/runs/r.json', limit: 1 },
    { claim: 'the state 8 seconds before the end', at: MINUTES - 8_000, key: 't/state.json', limit: 7_000 },
    { claim: 'the lease 3 seconds before the end', at: MINUTES - 3_000, key: 't/lease.json', limit: 2_000 },
    { claim: 'the claims 9 seconds before the end', at: MINUTES - 9_000, key: 't/claims.json', limit: 1_000 },
  ])('the limit during publishing for $claim is $limit ms', ({ at, key, limit }) => {
    const plan = planAfter(at);
    plan.beginPublishing();
    expect(plan.limitFor(key)).toBe(limit);
  });

  it.each([
    { claim: 'at the start', at: 0, passed: 0, limit: 10_000 },
    { claim: 'after 300 seconds of publishing', at: 0, passed: 300_000, limit: 10_000 },
    { claim: '11 seconds before the end', at: MINUTES - 20_000, passed: 9_000, limit: 3_000 },
    { claim: '8 seconds before the end', at: MINUTES - 20_000, passed: 12_000, limit: 0 },
  ])('the limit of a call to publish $claim is $limit ms', ({ at, passed, limit }) => {
    let time = START;
    const plan = planTime(() => time, MINUTES, LIMITS);
    time = START + at;
    const limitMs = plan.beginPublishing();
    time += passed;
    expect(limitMs()).toBe(limit);
  });
});
