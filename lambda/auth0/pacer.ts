/** Keeps a run below the tenant's rate limit, which it shares with everybody else who calls the Management API. */
export interface Pacer {
  /**
   * Milliseconds to wait before the next exchange, 0 to go ahead, or `answer`: the bucket may be empty, and an exchange
   * that is under way will tell.
   */
  next(now: number): number | 'answer';
  /** Counts an exchange as under way. */
  start(): void;
  /** Learns from the headers of an answer; call it with none when no answer came. */
  finish(headers: Readonly<Record<string, string | undefined>>): void;
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

/** A reset further away than this is a clock that disagrees with ours; the next answer will tell. */
const MAX_WAIT_MS = 90_000;

/** `reservePercent`: the share of the bucket to leave to others, 0 to 100. */
export function createPacer(reservePercent: number): Pacer {
  let seen: RateLimit | undefined;
  let underWay = 0;
  return {
    next(now) {
      if (seen === undefined) return 0;
      const reserve = Math.floor((seen.limit * reservePercent) / 100);
      if (seen.remaining - reserve - underWay > 0) return 0;
      const wait = seen.reset * 1000 - now;
      if (wait > 0) return Math.min(wait, MAX_WAIT_MS);
      // More tokens have arrived, nobody knows how many: one exchange finds out for all.
      return underWay === 0 ? 0 : 'answer';
    },
    start() {
      underWay += 1;
    },
    finish(headers) {
      underWay -= 1;
      seen = rateLimitOf(headers) ?? seen;
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
