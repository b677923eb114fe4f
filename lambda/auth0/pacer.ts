import type { RawAnswer } from './request';

/** Keeps a run below the tenant's rate limit, which it shares with everybody else who calls the Management API. */
export interface Pacer {
  /**
   * Milliseconds to wait before so many exchanges can be made, 0 to go ahead, or `answer`: the bucket may be empty, and
   * an exchange that is under way will tell.
   */
  next(now: number, slots: number): number | 'answer';
  /** Keeps slots in the bucket for exchanges that will follow; `release` gives them back. */
  hold(slots: number): void;
  release(slots: number): void;
  /** Lets nothing go before this time: the tenant has said so. */
  rest(until: number): void;
  /** Counts an exchange as under way. */
  start(): void;
  /** Learns from an answer that has just come; `undefined` where none came. */
  finish(answer: Pick<RawAnswer, 'status' | 'headers'> | undefined, now: number): void;
  /** The limit last seen, for people. */
  readonly seen: RateLimit | undefined;
}

/**
 * What the headers of an answer tell of one bucket. Tokens arrive at the top of each interval, and how many is not told
 * (https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy).
 */
export interface RateLimit {
  /** Requests in a full bucket. */
  readonly limit: number;
  readonly remaining: number;
  /** UNIX seconds when more tokens arrive: one interval's worth, not a full bucket. */
  readonly reset: number;
}

/** A reset that has passed already, or is further away than this, is told by a clock that disagrees with ours. */
const MAX_WAIT_MS = 90_000;
/** The interval in which most limits are refilled (Auth0 rate limit policy), for when the reset cannot be believed. */
const USUAL_INTERVAL_MS = 1_000;
/** What arrives is looked at for so many seconds, then counts half. */
const LOOK_BACK_S = 20;

/** `reservePercent`: the share of the bucket to leave to others, 0 to 100. */
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
      // Rounded up: of the two requests of a free tenant, 20 % is one.
      const reserve = Math.ceil((seen.limit * reservePercent) / 100);
      const short = reserve + slots - (seen.remaining - underWay - held);
      if (short <= 0) return 0;
      // Rounded, since a reset is in whole seconds: a token each 1.2 s is not waited for twice.
      const refills = Math.max(1, Math.round(inflow.secondsFor(short)));
      const enoughAt = refillAt + (refills - 1) * USUAL_INTERVAL_MS;
      if (now < enoughAt) return enoughAt - now;
      // Enough should be there, nobody knows: one exchange finds out for all.
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

/** How fast the bucket fills: what arrives, less what others take. Auth0 tells neither. */
interface Inflow {
  /**
   * Seconds in which so many tokens come, but never more than twice those looked at, so that a run always goes on. 0 or
   * less while nothing is known.
   */
  secondsFor(tokens: number): number;
  /** Compares two answers, of which the later one drew so many tokens. */
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
      // Negative if an older answer arrives late. The next answer corrects it.
      const passed = after.reset - before.reset;
      // Another bucket, a long pause, or a clock that cannot be believed.
      if (after.limit !== before.limit || Math.abs(passed) > LOOK_BACK_S) {
        tokens = 0;
        seconds = 0;
        return;
      }
      tokens += after.remaining - before.remaining + drawn;
      // A full bucket takes nothing more; it may have been full for most of the time.
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
