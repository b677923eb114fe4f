import { requestsAtLeast, secondsAtLeast } from '../../bench/bound';
import { RATE_LIMITS } from '../../sandbox/auth0/rate-limit';

test.each([
  { what: 'an empty tenant', work: { connections: 0, repairs: 0 }, requests: 2 },
  { what: 'a full page', work: { connections: 100, repairs: 0 }, requests: 2 },
  { what: 'one connection on a second page', work: { connections: 101, repairs: 0 }, requests: 3 },
  { what: 'a repair, which reads and writes', work: { connections: 100, repairs: 1 }, requests: 4 },
])('requests at least: $what', ({ work, requests }) => {
  expect(requestsAtLeast(work)).toBe(requests);
});

const PACE = { reservePercent: 0, latencyMs: 100 } as const;
const [enterprise] = RATE_LIMITS.enterprise;
const [nonProduction] = RATE_LIMITS.nonProduction;
const [free] = RATE_LIMITS.free;
const [essentials] = RATE_LIMITS.essentials;

test.each([
  {
    what: 'pages come one after the other, so latency decides where the limit is wide',
    work: { connections: 2_000, repairs: 0 },
    pace: { ...PACE, bucket: enterprise },
    seconds: 2.1,
  },
  {
    what: 'beyond a full bucket, refills decide',
    work: { connections: 2_000, repairs: 0 },
    pace: { ...PACE, bucket: nonProduction },
    seconds: 5,
  },
  {
    what: 'the reserve is taken from the bucket once, not from each refill',
    work: { connections: 2_000, repairs: 0 },
    pace: { ...PACE, bucket: nonProduction, reservePercent: 20 },
    seconds: 6,
  },
  {
    what: 'a refill brings no more than a bucket has room for beside the reserve, which is a whole request',
    work: { connections: 2_000, repairs: 0 },
    pace: { ...PACE, bucket: free, reservePercent: 20 },
    seconds: 19,
  },
  {
    what: 'what refills a full bucket is lost, so 200 requests take what comes after the listing',
    work: { connections: 10_000, repairs: 100 },
    pace: { ...PACE, bucket: enterprise },
    seconds: 10 + 10,
  },
  {
    what: 'where only reads draw from the bucket, a repair draws once',
    work: { connections: 100, repairs: 9 },
    pace: { ...PACE, bucket: essentials },
    seconds: 5 * 1.2,
  },
  {
    what: 'a repair takes two exchanges where the limit does not matter',
    work: { connections: 100, repairs: 1 },
    pace: { ...PACE, bucket: enterprise },
    seconds: 0.4,
  },
])('seconds at least: $what', ({ work, pace, seconds }) => {
  expect(secondsAtLeast(work, pace)).toBeCloseTo(seconds, 6);
});
