/** One token bucket. */
export interface Bucket {
  /** The maximum and initial number of tokens. */
  readonly burst: number;
  /** Tokens that are added at the start of each interval. */
  readonly refill: number;
  readonly intervalMs: number;
  /** The requests that use the bucket; undefined for every Management API request. */
  readonly only?: 'read_connections';
}

/**
 * docs rate-limit-configurations/*.mdx. Per second means a fixed window: "new tokens are added at the top of each
 * second" (rate-limit-use-cases.mdx). Per minute, rate-limit-policy.mdx documents that tokens are added "on a second
 * basis". A bucket of 5 needs this to reach 50 per minute, so Essentials gets one token every 1.2 s.
 */
export const RATE_LIMITS = {
  free: [{ burst: 2, refill: 2, intervalMs: 1000 }],
  essentials: [{ burst: 5, refill: 1, intervalMs: 1200, only: 'read_connections' }],
  enterprise: [{ burst: 50, refill: 16, intervalMs: 1000 }],
  nonProduction: [{ burst: 10, refill: 2, intervalMs: 1000 }],
} as const satisfies Record<string, readonly Bucket[]>;

export type RateLimit = keyof typeof RATE_LIMITS | 'off' | readonly Bucket[];

export interface Draw {
  readonly allowed: boolean;
  readonly headers: { readonly [name: string]: string };
}

export interface RateLimiter {
  draw(readsConnections: boolean, now: number): Draw;
}

/** docs rate-limit-policy.mdx: a request first uses the limit of the API, then the limit of the endpoint. */
export function createRateLimiter(limit: RateLimit): RateLimiter {
  const configured: readonly Bucket[] = limit === 'off' ? [] : typeof limit === 'string' ? RATE_LIMITS[limit] : limit;
  const buckets = configured.map((bucket) => ({ ...bucket, tokens: bucket.burst, window: Number.NaN }));
  return {
    draw(readsConnections, now) {
      let tightest: (typeof buckets)[number] | undefined;
      let allowed = true;
      for (const bucket of buckets) {
        if (bucket.only === 'read_connections' && !readsConnections) continue;
        const window = Math.floor(now / bucket.intervalMs);
        // The tokens of one interval for each passed boundary, at most the size of the bucket.
        const passed = Number.isNaN(bucket.window) ? 0 : Math.max(0, window - bucket.window);
        bucket.tokens = Math.min(bucket.burst, bucket.tokens + passed * bucket.refill);
        bucket.window = window;
        if (bucket.tokens < 1) {
          tightest = bucket;
          allowed = false;
          break;
        }
        bucket.tokens -= 1;
        if (tightest === undefined || bucket.tokens < tightest.tokens) tightest = bucket;
      }
      if (tightest === undefined) return { allowed, headers: {} };
      const nextTokens = (tightest.window + 1) * tightest.intervalMs;
      return {
        allowed,
        // docs rate-limit-use-cases.mdx: reset is the UNIX second of the next tokens, not the time of a full bucket.
        headers: {
          'x-ratelimit-limit': String(tightest.burst),
          'x-ratelimit-remaining': String(tightest.tokens),
          'x-ratelimit-reset': String(Math.ceil(nextTokens / 1000)),
        },
      };
    },
  };
}
