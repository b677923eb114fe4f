import type { Report } from '../lambda/judge/report';
import { newRunId } from '../lambda/run-id';
import { createSteadyClock } from '../lambda/steady-clock';
import { type Caller, createCaller, type Faults } from './faults';
import type { Random } from './random';
import type { Process, Scheduler } from './scheduler';
import type { SharedBucket } from './store';
import type { SharedTenant } from './tenant';

export const TENANT = 'sim.eu.auth0.com';
/** The custom domain of the tenant, which named the folder of its history before it was moved. */
const CUSTOM = 'login.sim.example';
export const CAPS = { maxChanges: 12, maxPercent: 100 };
export const QUARANTINE = { repairs: 3, days: 7 };
/** A function may run for so long (milliseconds). */
export const FUNCTION_MS = 15 * 60_000;

/** A run that has begun, and what became of it. */
export interface Begun {
  readonly runId: string;
  readonly kind: 'function' | 'cli' | 'undo' | 'unlock' | 'release';
  readonly caller: Caller;
  readonly process: Process;
  /** True time, milliseconds since the epoch. */
  readonly startedAt: number;
  /** What people were told, and when (true time); an answer may have been lost. */
  readonly told: { readonly to: 'people' | 'machines'; readonly report: Report; readonly at: number }[];
  report: Report | undefined;
}

/** All that the processes share, and what became of it. */
export interface Place {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly tenant: SharedTenant;
  readonly bucket: SharedBucket;
  readonly begun: Begun[];
  /** True time: processes that begin before it keep the history under the custom domain. `undefined`: it never was there. */
  readonly movedAt: number | undefined;
  faults: Faults;
  /** The kill switch says stop. */
  isStopped: boolean;
  /** When connections were held, in true time: from the end of an undo until somebody began to release them. */
  readonly holds: Hold[];
  /** True time at which somebody last began to release holds. */
  releasedAt: number;
}

/** In true time, milliseconds since the epoch. */
export interface Hold {
  readonly connectionId: string;
  readonly from: number;
  until: number;
}

/** Under which hosts a process that begins at a time (true time) keeps the history. */
export function hostsAt(
  { movedAt }: Place,
  time: number,
): { readonly tenant: string; readonly former: string | undefined } {
  if (movedAt === undefined) return { tenant: TENANT, former: undefined };
  return time < movedAt ? { tenant: CUSTOM, former: undefined } : { tenant: TENANT, former: CUSTOM };
}

/** How a process begins. */
export interface Started {
  /** Milliseconds that its clock is ahead. */
  readonly skewMs: number;
  /** Steps until it is killed. */
  readonly killIn: number | undefined;
}

/** Starts a process with a run id of its own. */
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
  if (made === undefined) throw new Error(`${process.name} did not begin`);
  return made;
}
