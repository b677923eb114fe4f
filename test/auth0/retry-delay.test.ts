import { type Failure, retryDelay } from '../../lambda/auth0/retry-delay';

const NOW = Date.UTC(2026, 0, 5, 4, 30);
const at = (milliseconds: number) => String((NOW + milliseconds) / 1000);
const date = (milliseconds: number) => new Date(NOW + milliseconds).toUTCString();

const CASES: readonly { claim: string; failure: Partial<Failure>; delay: number | undefined }[] = [
  { claim: 'the first delay is one second', failure: {}, delay: 1_000 },
  { claim: 'the second delay is two seconds', failure: { attempt: 2 }, delay: 2_000 },
  { claim: 'the third delay is four seconds', failure: { attempt: 3 }, delay: 4_000 },
  { claim: 'the fourth delay is eight seconds', failure: { attempt: 4 }, delay: 8_000 },
  { claim: 'the fifth attempt is the last', failure: { attempt: 5 }, delay: undefined },
  { claim: 'jitter shortens the delay by up to a quarter', failure: { jitter: 0 }, delay: 750 },
  { claim: 'jitter lengthens the delay by up to a quarter', failure: { jitter: 1 }, delay: 1_250 },
  { claim: 'a request without an answer is repeated', failure: { status: undefined }, delay: 1_000 },
  { claim: 'a request with a bad answer and status 200 is repeated', failure: { status: 200 }, delay: 1_000 },
  { claim: 'a request with a bad answer and status 206 is repeated', failure: { status: 206 }, delay: 1_000 },
  { claim: 'a request with status 408 is repeated', failure: { status: 408 }, delay: 1_000 },
  { claim: 'a request with status 429 is repeated', failure: { status: 429 }, delay: 1_000 },
  { claim: 'a request with status 599 is repeated', failure: { status: 599 }, delay: 1_000 },
  { claim: 'a request with status 302 is not repeated', failure: { status: 302 }, delay: undefined },
  { claim: 'a request with status 400 is not repeated', failure: { status: 400 }, delay: undefined },
  { claim: 'a request with status 401 is not repeated', failure: { status: 401 }, delay: undefined },
  {
    claim: 'a request with status 404 is not repeated, even with Retry-After',
    failure: { status: 404, headers: { 'retry-after': '1' } },
    delay: undefined,
  },
  { claim: 'Retry-After in seconds sets the delay', failure: { headers: { 'retry-after': '7' } }, delay: 7_000 },
  { claim: 'Retry-After as a date sets the delay', failure: { headers: { 'retry-after': date(9_000) } }, delay: 9_000 },
  { claim: 'Retry-After in the past sets no delay', failure: { headers: { 'retry-after': date(-9_000) } }, delay: 0 },
  { claim: 'Retry-After gets no jitter', failure: { headers: { 'retry-after': '7' }, jitter: 0 }, delay: 7_000 },
  {
    claim: 'Retry-After that cannot be read is ignored',
    failure: { headers: { 'retry-after': 'soon' } },
    delay: 1_000,
  },
  { claim: 'an empty Retry-After is ignored', failure: { headers: { 'retry-after': '' } }, delay: 1_000 },
  {
    claim: 'Retry-After of two minutes sets the delay',
    failure: { headers: { 'retry-after': '120' } },
    delay: 120_000,
  },
  {
    claim: 'Retry-After of more than two minutes is a refusal',
    failure: { headers: { 'retry-after': '121' } },
    delay: undefined,
  },
  {
    claim: 'Retry-After has precedence over the reset',
    failure: { status: 429, headers: { 'retry-after': '3', 'x-ratelimit-reset': at(9_000) } },
    delay: 3_000,
  },
  {
    claim: 'the delay after a 429 lasts until the reset',
    failure: { status: 429, headers: { 'x-ratelimit-reset': at(9_000) } },
    delay: 9_000,
  },
  {
    claim: 'the delay after a 503 ignores the reset',
    failure: { status: 503, headers: { 'x-ratelimit-reset': at(9_000) } },
    delay: 1_000,
  },
  {
    claim: 'a reset in the past is ignored',
    failure: { status: 429, headers: { 'x-ratelimit-reset': at(-9_000) } },
    delay: 1_000,
  },
  {
    claim: 'a reset in an hour is ignored',
    failure: { status: 429, headers: { 'x-ratelimit-reset': at(3_600_000) } },
    delay: 1_000,
  },
  {
    claim: 'a reset that is not a number is ignored',
    failure: { status: 429, headers: { 'x-ratelimit-reset': 'x' } },
    delay: 1_000,
  },
];

it.each(CASES)('$claim', ({ failure, delay }) => {
  expect(retryDelay({ status: 503, headers: {}, attempt: 1, now: NOW, jitter: 0.5, ...failure })).toBe(delay);
});
