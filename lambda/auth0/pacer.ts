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
  /** Learns from the headers of an answer that has just come; call it with none when no answer came. */
  finish(headers: Readonly<Record<string, string | undefined>>, now: number): void;
  /** The limit last seen, for people. */
  readonly seen: RateLimit | undefined;
}

export interface RateLimit {
  /** Requests in one bucket. */
  readonly limit: number;
  readonly remaining: number;
  /** UNIX seconds when more tokens arrive: one interval's worth, not a full bucket (Auth0 rate limit policy). */
  readonly reset: number;
}

/** A reset that has passed already, or is further away than this, is told by a clock that disagrees with ours. */
const MAX_WAIT_MS = 90_000;
/** The interval in which most limits are refilled (Auth0 rate limit policy), for when the reset cannot be believed. */
const USUAL_INTERVAL_MS = 1_000;

/** `reservePercent`: the share of the bucket to leave to others, 0 to 100. */
export function createPacer(reservePercent: number): Pacer {
  let seen: RateLimit | undefined;
  let refillAt = 0;
  let underWay = 0;
  let held = 0;
  let restUntil = 0;
  return {
    next(now, slots) {
      if (now < restUntil) return restUntil - now;
      if (seen === undefined) return 0;
      const reserve = Math.floor((seen.limit * reservePercent) / 100);
      if (seen.remaining - reserve - underWay - held >= slots) return 0;
      if (now < refillAt) return refillAt - now;
      // More tokens have arrived, nobody knows how many: one exchange finds out for all.
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
    finish(headers, now) {
      underWay -= 1;
      const told = rateLimitOf(headers);
      if (told === undefined) return;
      seen = told;
      const wait = told.reset * 1000 - now;
      refillAt = now + (wait > 0 && wait <= MAX_WAIT_MS ? wait : USUAL_INTERVAL_MS);
    },
    get seen() {
      return seen;
    },
  };
}

function rateLimitOf(headers: Readonly<Record<string, string | undefined>>): RateLimit | undefined {
  const limit = Number(headers['x-ratelimit-limit'] ?? Number.NaN);
  const remaining = Number(headers['x-ratelimit-remaining'] ?? Number.NaN);
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  return [limit, remaining, reset].every(Number.isFinite) ? { limit, remaining, reset } : undefined;
}
