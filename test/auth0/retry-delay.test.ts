import { type Failure, retryDelay } from '../../lambda/auth0/retry-delay';

const NOW = Date.UTC(2026, 0, 5, 4, 30);
const at = (milliseconds: number) => String((NOW + milliseconds) / 1000);
const date = (milliseconds: number) => new Date(NOW + milliseconds).toUTCString();

const CASES: readonly { claim: string; failure: Partial<Failure>; delay: number | undefined }[] = [
  { claim: 'the first delay is a second', failure: {}, delay: 1_000 },
  { claim: 'the second is two', failure: { attempt: 2 }, delay: 2_000 },
  { claim: 'the third is four', failure: { attempt: 3 }, delay: 4_000 },
  { claim: 'the fourth is eight', failure: { attempt: 4 }, delay: 8_000 },
  { claim: 'the fifth attempt is the last', failure: { attempt: 5 }, delay: undefined },
  { claim: 'jitter shortens by a quarter', failure: { jitter: 0 }, delay: 750 },
  { claim: 'jitter lengthens by a quarter', failure: { jitter: 1 }, delay: 1_250 },
  { claim: 'no answer is worth repeating', failure: { status: undefined }, delay: 1_000 },
  { claim: 'a bad answer with 200 is worth repeating', failure: { status: 200 }, delay: 1_000 },
  { claim: 'a bad answer with 206 is worth repeating', failure: { status: 206 }, delay: 1_000 },
  { claim: '408 is worth repeating', failure: { status: 408 }, delay: 1_000 },
  { claim: '429 is worth repeating', failure: { status: 429 }, delay: 1_000 },
  { claim: '599 is worth repeating', failure: { status: 599 }, delay: 1_000 },
  { claim: '302 is not', failure: { status: 302 }, delay: undefined },
  { claim: '400 is not', failure: { status: 400 }, delay: undefined },
  { claim: '401 is not', failure: { status: 401 }, delay: undefined },
  {
    claim: '404 is not, whatever it says',
    failure: { status: 404, headers: { 'retry-after': '1' } },
    delay: undefined,
  },
  { claim: 'Retry-After in seconds wins', failure: { headers: { 'retry-after': '7' } }, delay: 7_000 },
  { claim: 'Retry-After as a date wins', failure: { headers: { 'retry-after': date(9_000) } }, delay: 9_000 },
  { claim: 'Retry-After in the past is now', failure: { headers: { 'retry-after': date(-9_000) } }, delay: 0 },
  { claim: 'Retry-After is not jittered', failure: { headers: { 'retry-after': '7' }, jitter: 0 }, delay: 7_000 },
  {
    claim: 'Retry-After that cannot be read is passed over',
    failure: { headers: { 'retry-after': 'soon' } },
    delay: 1_000,
  },
  { claim: 'an empty Retry-After is passed over', failure: { headers: { 'retry-after': '' } }, delay: 1_000 },
  { claim: 'two minutes are waited for', failure: { headers: { 'retry-after': '120' } }, delay: 120_000 },
  { claim: 'more than two minutes are a refusal', failure: { headers: { 'retry-after': '121' } }, delay: undefined },
  {
    claim: 'Retry-After goes before the reset',
    failure: { status: 429, headers: { 'retry-after': '3', 'x-ratelimit-reset': at(9_000) } },
    delay: 3_000,
  },
  {
    claim: 'a 429 waits for the reset',
    failure: { status: 429, headers: { 'x-ratelimit-reset': at(9_000) } },
    delay: 9_000,
  },
  { claim: 'a 503 does not', failure: { status: 503, headers: { 'x-ratelimit-reset': at(9_000) } }, delay: 1_000 },
  {
    claim: 'a reset in the past says nothing',
    failure: { status: 429, headers: { 'x-ratelimit-reset': at(-9_000) } },
    delay: 1_000,
  },
  {
    claim: 'a reset in an hour says nothing',
    failure: { status: 429, headers: { 'x-ratelimit-reset': at(3_600_000) } },
    delay: 1_000,
  },
  {
    claim: 'a reset that is no number says nothing',
    failure: { status: 429, headers: { 'x-ratelimit-reset': 'x' } },
    delay: 1_000,
  },
];

it.each(CASES)('$claim', ({ failure, delay }) => {
  expect(retryDelay({ status: 503, headers: {}, attempt: 1, now: NOW, jitter: 0.5, ...failure })).toBe(delay);
});
