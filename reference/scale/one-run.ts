import { LATENCY_MS, type Pace, RESERVE_PERCENT, requestsAtLeast, secondsAtLeast, type Work } from '../../bench/bound';
import { LIMITS } from '../../lambda/time-plan';
import { INVOCATION_MINUTES } from '../../lib/environment/schema';
import { RATE_LIMITS } from '../../sandbox/auth0/rate-limit';

/** The documented rate limits that the emulated tenant implements. */
export type Limit = keyof typeof RATE_LIMITS;

/**
 * The memory of the function, as a linear function of connections and findings. It is an upper bound of the resident memory
 * of the process in three runs of one container, with the heap limits of Lambda at 512 MB, for 1,000 to 100,000 connections of
 * which 2 to 100 % have drifted. Source: bench/function.ts.
 */
export const MEMORY = { baseMb: 95, bytesPerConnection: 1_300, bytesPerFinding: 5_700 } as const;

/** Seconds of an invocation in which the run is allowed to send requests to the tenant, and to start a repair. */
export const TENANT_SECONDS = INVOCATION_MINUTES * 60 - LIMITS.endMs / 1000;
export const REPAIR_SECONDS = TENANT_SECONDS - LIMITS.repairMs / 1000;

/** The effort of one run of a tenant. */
export interface OneRun extends Work {
  readonly requests: number;
  readonly seconds: number;
  readonly megabytes: number;
  readonly isInTime: boolean;
}

/** The minimum effort of one run, with the default reserve, while no other client uses the rate limit. */
export function runOnce(limit: Limit, work: Work, findings: number, latencyMs = LATENCY_MS): OneRun {
  const [bucket] = RATE_LIMITS[limit];
  const pace: Pace = { bucket, reservePercent: RESERVE_PERCENT, latencyMs };
  const seconds = secondsAtLeast(work, pace);
  return {
    ...work,
    requests: requestsAtLeast(work),
    seconds,
    megabytes: megabytesOf(work.connections, findings),
    isInTime: seconds <= (work.repairs === 0 ? TENANT_SECONDS : REPAIR_SECONDS),
  };
}

export function megabytesOf(connections: number, findings: number): number {
  const { baseMb, bytesPerConnection, bytesPerFinding } = MEMORY;
  return baseMb + (connections * bytesPerConnection + findings * bytesPerFinding) / 1024 ** 2;
}

/**
 * The most connections, rounded down to hundreds, for which a condition is true. The condition must be true for fewer
 * connections.
 */
export function mostConnections(holds: (connections: number) => boolean): number {
  let [fits, ends] = [0, 1];
  while (holds(ends * 100)) [fits, ends] = [ends, ends * 2];
  while (ends - fits > 1) {
    const middle = Math.floor((fits + ends) / 2);
    if (holds(middle * 100)) fits = middle;
    else ends = middle;
  }
  return fits * 100;
}
