import type { RawAnswer } from './request';

/** Keeps a run below the tenant's rate limit, which the run shares with all other clients of the Management API. */
export interface Pacer {
  /**
   * Milliseconds to wait before this number of exchanges, or 0 to go ahead. `answer`: the bucket might be empty, so
   * wait for the answer of an exchange that is under way.
   */
  next(now: number, slots: number): number | 'answer';
  /** Keeps slots in the bucket for later exchanges; `release` frees the slots. */
  hold(slots: number): void;
  release(slots: number): void;
  /** Lets no exchange go before this time, because the tenant demanded the wait. */
  rest(until: number): void;
  /** Counts an exchange as under way. */
  start(): void;
  /** Learns from an answer that has just arrived; `undefined` if no answer arrived. */
  finish(answer: Pick<RawAnswer, 'status' | 'headers'> | undefined, now: number): void;
  /** The last rate limit that an answer reported, for display. */
  readonly seen: RateLimit | undefined;
}

/**
 * What the headers of an answer report about one bucket. Tokens arrive at the top of each interval. Their number is not
 * reported (https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy).
 */
export interface RateLimit {
  /** Requests in a full bucket. */
  readonly limit: number;
  readonly remaining: number;
  /** UNIX seconds when more tokens arrive: one interval's worth, not a full bucket. */
  readonly reset: number;
}

/** A reset that has passed, or is further away than this, comes from a clock that differs from the local clock. */
const MAX_WAIT_MS = 90_000;
/** The interval in which most limits are refilled (Auth0 rate limit policy), used if the reset is not credible. */
const USUAL_INTERVAL_MS = 1_000;
/** The observed tokens of this many seconds count in full; after that, they count half. */
const LOOK_BACK_S = 20;

/** `reservePercent`: the share of the bucket to leave to other clients, 0 to 100. */
export function createPacer(reservePercent: number): Pacer {
  const inflow = createInflow();
  let seen: RateLimit | undefined;
  let refillAt = 0;
  let underWay = 0;
  let held = 0;
  let restUntil = 0;
  return {
    next(now, slots) {
      if (now < restUntil) return restUntil - now;
      if (seen === undefined) return 0;
      // Rounded up: 20 % of the two requests of a free tenant is one request.
      const reserve = Math.ceil((seen.limit * reservePercent) / 100);
      const short = reserve + slots - (seen.remaining - underWay - held);
      if (short <= 0) return 0;
      // Rounded, because a reset is in whole seconds: otherwise a token each 1.2 s would cause two waits.
      const refills = Math.max(1, Math.round(inflow.secondsFor(short)));
      const enoughAt = refillAt + (refills - 1) * USUAL_INTERVAL_MS;
      if (now < enoughAt) return enoughAt - now;
      // There should be enough tokens, but this is not certain: one exchange checks it for all.
      return underWay + held === 0 ? 0 : 'answer';
    },
    hold(slots) {
      held += slots;
    },
    release(slots) {
      held -= slots;
    },
    rest(until) {
      restUntil = Math.max(restUntil, until);
    },
    start() {
      underWay += 1;
    },
    finish(answer, now) {
      underWay -= 1;
      const told = rateLimitOf(answer?.headers ?? {});
      if (told === undefined) return;
      if (seen !== undefined) inflow.learn(seen, told, answer?.status === 429 ? 0 : 1);
      seen = told;
      const wait = told.reset * 1000 - now;
      refillAt = now + (wait > 0 && wait <= MAX_WAIT_MS ? wait : USUAL_INTERVAL_MS);
    },
    get seen() {
      return seen;
    },
  };
}

/**
 * How fast the bucket fills: the tokens that arrive minus the tokens that others take. Auth0 reports neither number.
 */
interface Inflow {
  /**
   * Seconds in which this number of tokens arrives, but at most twice the observed seconds, so that a run always
   * continues. 0 or less while nothing is known.
   */
  secondsFor(tokens: number): number;
  /** Compares two answers. `drawn`: the number of tokens that the later answer used. */
  learn(before: RateLimit, after: RateLimit, drawn: 0 | 1): void;
}

function createInflow(): Inflow {
  let tokens = 0;
  let seconds = 0;
  return {
    secondsFor(wanted) {
      return (seconds * wanted) / Math.max(tokens, wanted / 2);
    },
    learn(before, after, drawn) {
      // Negative if an older answer arrives late. The next answer corrects the count.
      const passed = after.reset - before.reset;
      // Another bucket, a long pause, or a clock that is not credible.
      if (after.limit !== before.limit || Math.abs(passed) > LOOK_BACK_S) {
        tokens = 0;
        seconds = 0;
        return;
      }
      tokens += after.remaining - before.remaining + drawn;
      // A full bucket accepts no more tokens. It might have been full for most of the time.
      const wasFull = after.remaining + drawn >= after.limit;
      seconds += wasFull ? Math.min(passed, 1) : passed;
      if (seconds > LOOK_BACK_S) {
        tokens /= 2;
        seconds /= 2;
      }
    },
  };
}

function rateLimitOf(headers: RawAnswer['headers']): RateLimit | undefined {
  const limit = Number(headers['x-ratelimit-limit'] ?? Number.NaN);
  const remaining = Number(headers['x-ratelimit-remaining'] ?? Number.NaN);
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  return [limit, remaining, reset].every(Number.isFinite) ? { limit, remaining, reset } : undefined;
}
