/** The facts about a failed exchange. `status` is undefined if no answer came. */
export interface Failure {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** 0 up to 1, so that callers that failed at the same time do not retry at the same time. */
  readonly jitter: number;
}

const MAX_ATTEMPTS = 5;
const FIRST_DELAY_MS = 1_000;
const MAX_BACKOFF_MS = 30_000;
/** A longer wait than this counts as a refusal, because a run lasts at most 15 minutes. */
const MAX_TOLD_MS = 120_000;

/**
 * How long to wait before the next attempt, in milliseconds, or `undefined` to give up. The first known value counts:
 * `Retry-After`, then `x-ratelimit-reset` on a 429 (UNIX seconds when more tokens arrive; Auth0 rate limit policy),
 * then exponential backoff. Backoff also applies if the reset has passed or is far away, because then the tenant's
 * clock differs from the local clock. Jitter is added to the backoff only.
 */
export function retryDelay({ status, headers, attempt, now, jitter }: Failure): number | undefined {
  if (attempt >= MAX_ATTEMPTS || !isWorthRepeating(status)) return undefined;
  const told = retryAfter(headers['retry-after'], now) ?? (status === 429 ? untilReset(headers, now) : undefined);
  if (told !== undefined) return told <= MAX_TOLD_MS ? told : undefined;
  const backoff = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), MAX_BACKOFF_MS);
  return Math.round(backoff * (0.75 + jitter / 2));
}

function isWorthRepeating(status: number | undefined): boolean {
  if (status === undefined || status === 408 || status === 429 || status >= 500) return true;
  return status >= 200 && status < 300;
}

/** Seconds or an HTTP date (RFC 9110, section 10.2.3). */
function retryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined || value.trim() === '') return undefined;
  const at = /^\s*\d+\s*$/.test(value) ? now + Number(value) * 1000 : Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

function untilReset(headers: Failure['headers'], now: number): number | undefined {
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  const wait = reset * 1000 - now;
  return wait > 0 && wait <= MAX_TOLD_MS ? wait : undefined;
}
