import { settingsShape } from '../lambda/settings';
import type { Bucket } from '../sandbox/auth0/rate-limit';

/** Milliseconds that one exchange takes, on the clock that client and tenant share. An assumption, not a measurement. */
export const LATENCY_MS = 150;

/** Share of the rate limit that an environment leaves to others unless it says otherwise, 0 to 100. */
export const RESERVE_PERCENT = settingsShape.rateReservePercent.parse(undefined);

/** Connections of one page: the most that the API documents (`take`). */
const PAGE = 100;

/** What one run asks of a tenant. */
export interface Work {
  readonly connections: number;
  /** Connections that it reads again and writes. */
  readonly repairs: number;
}

/** Under what it asks. */
export interface Pace {
  readonly bucket: Bucket;
  /** Share of the bucket that is left to others, 0 to 100. */
  readonly reservePercent: number;
  /** Milliseconds for one exchange. */
  readonly latencyMs: number;
}

/** Requests of a run at the least: a token, every page, and a read and a write for each repair. */
export function requestsAtLeast({ connections, repairs }: Work): number {
  return 1 + pagesOf(connections) + 2 * repairs;
}

/**
 * Seconds of a run at the least, while nobody else uses the rate limit: the token, then one page after the other (each
 * page names the next), then the repairs. The bucket is full at first, less the reserve, and each refill comes at the
 * end of an interval.
 */
export function secondsAtLeast({ connections, repairs }: Work, { bucket, reservePercent, latencyMs }: Pace): number {
  const { burst, refill, intervalMs } = bucket;
  const free = burst - Math.ceil((burst * reservePercent) / 100);
  // A bucket takes no more than it has room for.
  const arriving = Math.min(refill, free);
  const refillsFor = (requests: number, tokens: number) => Math.ceil(Math.max(0, requests - tokens) / arriving);
  const pages = pagesOf(connections);
  const listed = Math.max((1 + pages) * latencyMs, refillsFor(pages, free) * intervalMs);
  // What refills the bucket beyond its size while pages come one after the other is lost.
  const refilled = Math.floor(listed / intervalMs);
  const left = Math.min(free, free + refilled * arriving - pages);
  const draws = repairs * (bucket.only === 'read_connections' ? 1 : 2);
  const unlimited = listed + (repairs === 0 ? 0 : 2 * latencyMs);
  const refills = refillsFor(draws, left);
  return Math.max(unlimited, refills === 0 ? 0 : (refilled + refills) * intervalMs) / 1000;
}

/** An empty tenant has one page, which is empty. */
function pagesOf(connections: number): number {
  return Math.max(1, Math.ceil(connections / PAGE));
}
