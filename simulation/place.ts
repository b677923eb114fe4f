import type { Report } from '../lambda/judge/report';
import { newRunId } from '../lambda/run-id';
import { createSteadyClock } from '../lambda/steady-clock';
import { type Caller, createCaller, type Faults } from './faults';
import type { Random } from './random';
import type { Process, Scheduler } from './scheduler';
import type { SharedBucket } from './store';
import type { SharedTenant } from './tenant';

export const TENANT = 'sim.eu.auth0.com';
/** The custom domain of the tenant. It named the history's folder before the move. */
const CUSTOM = 'login.sim.example';
export const CAPS = { maxChanges: 12, maxPercent: 100 };
export const QUARANTINE = { repairs: 3, days: 7 };
/** The time limit of the function, in milliseconds. */
export const FUNCTION_MS = 15 * 60_000;

/** A started process and its results. */
export interface Begun {
  readonly runId: string;
  readonly kind: 'function' | 'cli' | 'undo' | 'unlock' | 'release';
  readonly caller: Caller;
  readonly process: Process;
  /** True time, milliseconds since the epoch. */
  readonly startedAt: number;
  /** The published reports, with their true time. The answer to the publish call might have been lost. */
  readonly told: { readonly to: 'people' | 'machines'; readonly report: Report; readonly at: number }[];
  report: Report | undefined;
}

/** The state that all processes share. */
export interface Place {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly tenant: SharedTenant;
  readonly bucket: SharedBucket;
  readonly begun: Begun[];
  /**
   * True time. Processes that start before it use the history under the custom domain. `undefined`: the history never
   * moves.
   */
  readonly movedAt: number | undefined;
  faults: Faults;
  /** Whether the kill switch is set to stop. */
  isStopped: boolean;
  /** The holds of connections, in true time: from the end of an undo until the start of a release. */
  readonly holds: Hold[];
  /** True time of the start of the last release of holds. */
  releasedAt: number;
}

/** In true time, milliseconds since the epoch. */
export interface Hold {
  readonly connectionId: string;
  readonly from: number;
  until: number;
}

/** The hosts that name the history's folder, for a process that starts at the given true time. */
export function hostsAt(
  { movedAt }: Place,
  time: number,
): { readonly tenant: string; readonly former: string | undefined } {
  if (movedAt === undefined) return { tenant: TENANT, former: undefined };
  return time < movedAt ? { tenant: CUSTOM, former: undefined } : { tenant: TENANT, former: CUSTOM };
}

/** The start conditions of a process. */
export interface Started {
  /** The milliseconds by which its clock is ahead. */
  readonly skewMs: number;
  /** Steps until it is killed. */
  readonly killIn: number | undefined;
}

/** Starts a process with its own run id. */
export function begin(
  kind: Begun['kind'],
  place: Place,
  { skewMs, killIn }: Started,
  work: (begun: Begun, now: () => number) => Promise<void>,
): Begun {
  const { scheduler, random, begun } = place;
  const number = begun.length + 1;
  const runId = newRunId(scheduler.now(), `${number}${kind}`);
  let made: Begun | undefined;
  const process = scheduler.start(`${kind}-${number}`, skewMs, killIn, async (own) => {
    const caller = createCaller(own, { scheduler, random, faults: place.faults });
    made = { runId, kind, caller, process: own, startedAt: scheduler.now(), told: [], report: undefined };
    begun.push(made);
    const now = createSteadyClock({ now: () => scheduler.now() + own.skewMs, elapsed: scheduler.now });
    await work(made, now);
  });
  if (made === undefined) throw new Error(`${process.name} did not start`);
  return made;
}
