import { settingsShape } from '../lambda/settings';
import type { Bucket } from '../sandbox/auth0/rate-limit';

/** Milliseconds of one exchange, on the clock that client and tenant share. An assumption, not a measurement. */
export const LATENCY_MS = 150;

/** The default share of the rate limit that an environment leaves to other clients, 0 to 100. */
export const RESERVE_PERCENT = settingsShape.rateReservePercent.parse(undefined);

/** Connections of one page: the documented maximum of the API (`take`). */
const PAGE = 100;

/** The work of one run. */
export interface Work {
  readonly connections: number;
  /** Connections that the run reads again and writes. */
  readonly repairs: number;
}

/** The conditions of a run. */
export interface Pace {
  readonly bucket: Bucket;
  /** Share of the bucket that is left to other clients, 0 to 100. */
  readonly reservePercent: number;
  /** Milliseconds of one exchange. */
  readonly latencyMs: number;
}

/** The minimum number of requests of a run: a token, every page, and a read and a write for each repair. */
export function requestsAtLeast({ connections, repairs }: Work): number {
  return 1 + pagesOf(connections) + 2 * repairs;
}

/**
 * The minimum number of seconds of a run without other clients: the token, then one page after the other (each page names
 * the next page), then the repairs. At the start the bucket is full, less the reserve. Each refill comes at the end of an
 * interval.
 */
export function secondsAtLeast({ connections, repairs }: Work, { bucket, reservePercent, latencyMs }: Pace): number {
  const { burst, refill, intervalMs } = bucket;
  const free = burst - Math.ceil((burst * reservePercent) / 100);
  // A refill adds at most the free space of the bucket.
  const arriving = Math.min(refill, free);
  const refillsFor = (requests: number, tokens: number) => Math.ceil(Math.max(0, requests - tokens) / arriving);
  const pages = pagesOf(connections);
  const listed = Math.max((1 + pages) * latencyMs, refillsFor(pages, free) * intervalMs);
  // Refills beyond the size of the bucket are lost while pages are read one after the other.
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
