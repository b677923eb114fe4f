import { requestsAtLeast, secondsAtLeast } from '../../bench/bound';
import { RATE_LIMITS } from '../../sandbox/auth0/rate-limit';

test.each([
  { what: 'an empty tenant', work: { connections: 0, repairs: 0 }, requests: 2 },
  { what: 'a full page', work: { connections: 100, repairs: 0 }, requests: 2 },
  { what: 'one connection on a second page', work: { connections: 101, repairs: 0 }, requests: 3 },
  { what: 'a repair, which reads and writes', work: { connections: 100, repairs: 1 }, requests: 4 },
])('the minimum number of requests is correct for $what', ({ work, requests }) => {
  expect(requestsAtLeast(work)).toBe(requests);
});

const PACE = { reservePercent: 0, latencyMs: 100 } as const;
const [enterprise] = RATE_LIMITS.enterprise;
const [nonProduction] = RATE_LIMITS.nonProduction;
const [free] = RATE_LIMITS.free;
const [essentials] = RATE_LIMITS.essentials;

test.each([
  {
    what: 'latency decides with a wide limit, because pages are read in sequence',
    work: { connections: 2_000, repairs: 0 },
    pace: { ...PACE, bucket: enterprise },
    seconds: 2.1,
  },
  {
    what: 'refills decide after a full bucket',
    work: { connections: 2_000, repairs: 0 },
    pace: { ...PACE, bucket: nonProduction },
    seconds: 5,
  },
  {
    what: 'the reserve reduces the bucket one time, not each refill',
    work: { connections: 2_000, repairs: 0 },
    pace: { ...PACE, bucket: nonProduction, reservePercent: 20 },
    seconds: 6,
  },
  {
    what: 'a refill adds at most the free space next to the reserve, a whole request',
    work: { connections: 2_000, repairs: 0 },
    pace: { ...PACE, bucket: free, reservePercent: 20 },
    seconds: 19,
  },
  {
    what: 'a refill of a full bucket is lost, so that 200 requests need later refills',
    work: { connections: 10_000, repairs: 100 },
    pace: { ...PACE, bucket: enterprise },
    seconds: 10 + 10,
  },
  {
    what: 'a repair uses one token if only reads use the bucket',
    work: { connections: 100, repairs: 9 },
    pace: { ...PACE, bucket: essentials },
    seconds: 5 * 1.2,
  },
  {
    what: 'a repair takes two exchanges if the limit does not matter',
    work: { connections: 100, repairs: 1 },
    pace: { ...PACE, bucket: enterprise },
    seconds: 0.4,
  },
])('the minimum time is correct: $what', ({ work, pace, seconds }) => {
  expect(secondsAtLeast(work, pace)).toBeCloseTo(seconds, 6);
});
