import { endClaim, isClaimedByAnother } from '../lambda/history/claim-event';
import { HistoryFailure } from '../lambda/history/history';
import { createHistory } from '../lambda/history/keep';
import { releaseHolds } from '../lambda/history/state';
import type { Told } from '../lambda/judge/change';
import { NOTIFICATIONS, type Report } from '../lambda/judge/report';
import { compilePolicy } from '../lambda/policy/expectation';
import type { Policy } from '../lambda/policy/policy';
import { changeBy, keepChange } from '../lambda/run/personal-change';
import { DuplicateEvent, runAudit } from '../lambda/run/run-audit';
import { undoRun } from '../lambda/run/undo-run';
import { unlock } from '../lambda/run/unlock';
import { newRunId } from '../lambda/run-id';
import { type Caller, CallFault, createCaller, type Faults } from './faults';
import type { Random } from './random';
import type { Process, Scheduler } from './scheduler';
import type { SharedBucket } from './store';
import type { SharedTenant } from './tenant';

export const TENANT = 'sim.eu.auth0.com';
const POLICY: Policy = { default: { expect: 'on_each_login' } };
export const CAPS = { maxChanges: 12, maxPercent: 100 };
export const QUARANTINE = { repairs: 3, days: 7 };
/** A function may run for so long (milliseconds), and begins no repair in the last part of it. */
export const FUNCTION_MS = 15 * 60_000;
const STOP_MS = 90_000;
const SKEW_MS = 60_000;
const CLI_MS = 20 * 60_000;

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

export interface Place {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly tenant: SharedTenant;
  readonly bucket: SharedBucket;
  readonly begun: Begun[];
  faults: Faults;
  /** The kill switch says stop. */
  isStopped: boolean;
  /** When connections were held, in true time: from the end of an undo until somebody began to release them. */
  readonly holds: Hold[];
  /** True time at which somebody last began to release holds. */
  releasedAt: number;
}

export interface Hold {
  readonly connectionId: string;
  readonly from: number;
  until: number;
}

interface Started {
  readonly skewMs: number;
  readonly killIn: number | undefined;
}

/** Starts a process with a run id of its own. */
function begin(
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
    await work(made, () => scheduler.now() + own.skewMs);
  });
  if (made === undefined) throw new Error(`${process.name} did not begin`);
  return made;
}

/** The deployed function, started by an event of the schedule or, without one, by hand. */
export function startFunction(place: Place, started: Started, event: string | undefined): Begun {
  const { scheduler, bucket, tenant, random } = place;
  const run = begin('function', place, started, async (own, now) => {
    const { runId, caller, process } = own;
    const history = createHistory(bucket.openFor(caller), TENANT);
    const end = now() + FUNCTION_MS;
    const overBy = end + SKEW_MS;
    try {
      const report = await runAudit(
        { ...settingsOf(runId, null), mode: 'remediate' },
        {
          tenant: tenant.openFor(caller, place.faults, random),
          history,
          mayWrite: () => askSwitch(place, caller),
          approve: async (_planned, { isFirstRun }) => (isFirstRun ? 'first_run' : undefined),
          isInterrupted: () => false,
          tell: async ({ report }) => tell(report, own, scheduler.now),
          isClaimed:
            event === undefined ? undefined : () => isClaimedByAnother(history, { event, runId, until: overBy }, now()),
          isUnannounced: false,
          now,
          sleep: (ms) => scheduler.sleep(process, ms),
          stopAt: end - STOP_MS,
          overBy,
        },
      );
      own.report = report;
      const isReported = report.untold.length === 0 && report.historyFailure === null;
      if (event !== undefined && isReported) await endClaim(history, { event, runId });
    } catch (error) {
      if (!(error instanceof DuplicateEvent)) throw error;
      scheduler.note(process, 'duplicate event');
    }
  });
  // AWS ends it whatever it does.
  scheduler.at(scheduler.now() + FUNCTION_MS, () => scheduler.kill(run.process));
  return run;
}

/** A person's run from a terminal, on the function's history. */
export function startCommandLine(place: Place, started: Started): Begun {
  const { scheduler, bucket, tenant, random } = place;
  return begin('cli', place, started, async (own, now) => {
    const { runId, caller, process } = own;
    const end = now() + CLI_MS;
    const interruptAt =
      place.faults.kills > 0 && random.isTrue(0.3) ? now() + random.below(60_000) : Number.POSITIVE_INFINITY;
    own.report = await runAudit(
      { ...settingsOf(runId, 'ann on laptop'), mode: 'remediate' },
      {
        tenant: tenant.openFor(caller, place.faults, random),
        history: createHistory(bucket.openFor(caller), TENANT),
        mayWrite: () => askSwitch(place, caller),
        approve: async (_planned, { isFirstRun }) => (isFirstRun ? 'first_run' : undefined),
        isInterrupted: () => now() >= interruptAt,
        isUnannounced: true,
        now,
        sleep: (ms) => scheduler.sleep(process, ms),
        stopAt: end - 120_000,
        overBy: end + 120_000,
      },
    );
  });
}

/** A person's undo of a run. */
export function startUndo(place: Place, started: Started, of: string): Begun {
  const { scheduler, bucket, tenant, random } = place;
  return begin('undo', place, started, async ({ runId, caller, process, startedAt }, now) => {
    const end = now() + CLI_MS;
    await orHistoryFails(place, process, async () => {
      const result = await undoRun(
        {
          ...personOf(runId),
          of,
          policy: compilePolicy(POLICY, { now: now(), timeZone: 'UTC' }),
          allowsNeverOnLogin: false,
        },
        {
          tenant: tenant.openFor(caller, place.faults, random),
          history: createHistory(bucket.openFor(caller), TENANT),
          mayWrite: () => askSwitch(place, caller),
          isInterrupted: () => false,
          now,
          sleep: (ms) => scheduler.sleep(process, ms),
          stopAt: end - 120_000,
          overBy: end + 120_000,
          waiting: (ms) => scheduler.note(process, `waits ${ms} ms for ${of}`),
          progress: ({ connectionId, outcome }) => scheduler.note(process, `${connectionId}: ${outcome}`),
        },
      );
      // Whoever releases meanwhile may come after this undo.
      if (result.kind === 'ended' && result.failure === null && place.releasedAt < startedAt) {
        for (const { connectionId, expectation } of result.undone) {
          const from = scheduler.now();
          if (expectation !== null) place.holds.push({ connectionId, from, until: Number.POSITIVE_INFINITY });
        }
      }
      scheduler.note(process, `undo of ${of}: ${JSON.stringify(result).slice(0, 150)}`);
    });
  });
}

/** A person who ends the lease of a run. */
export function startUnlock(place: Place, started: Started): Begun {
  const { scheduler, bucket } = place;
  return begin('unlock', place, started, async ({ runId, caller, process }, now) => {
    await orHistoryFails(place, process, async () => {
      const history = createHistory(bucket.openFor(caller), TENANT);
      const { owner } = await history.readLease();
      const result = await unlock(
        { ...personOf(runId), typed: owner },
        { history, now, sleep: (ms) => scheduler.sleep(process, ms), waiting: () => undefined },
      );
      scheduler.note(process, `unlock of ${owner}: ${JSON.stringify(result)}`);
    });
  });
}

/** A person who lets runs repair again what was undone. */
export function startRelease(place: Place, started: Started): Begun {
  const { bucket, scheduler, holds } = place;
  place.releasedAt = scheduler.now();
  return begin('release', place, started, async ({ runId, caller, process }, now) => {
    await orHistoryFails(place, process, async () => {
      const history = createHistory(bucket.openFor(caller), TENANT);
      const { state } = await history.readState();
      const ids = new Set(Object.keys(state.holds));
      if (ids.size === 0) return;
      // Whether it takes effect or its answer is lost: from now on these may be repaired.
      for (const hold of holds) hold.until = Math.min(hold.until, scheduler.now());
      const person = personOf(runId);
      const change = changeBy(person, { kind: 'release', of: null, at: now() });
      await keepChange(history, { person, change }, (current) => releaseHolds(current, ids));
    });
  });
}

async function orHistoryFails({ scheduler }: Place, process: Process, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof HistoryFailure)) throw error;
    scheduler.note(process, error.message);
  }
}

function settingsOf(runId: string, by: string | null) {
  return {
    runId,
    environment: 'sim',
    tenant: TENANT,
    policy: POLICY,
    policyFingerprint: 'made-up',
    timeZone: 'UTC',
    caps: CAPS,
    quarantine: QUARANTINE,
    cadence: { reminderDays: 7, weeklyAllClear: true },
    withoutPeople: false,
    by,
  };
}

function personOf(runId: string) {
  return { runId, environment: 'sim', tenant: TENANT, by: 'ann on laptop', reason: null, quarantine: QUARANTINE };
}

async function askSwitch({ isStopped }: Place, caller: Caller): Promise<'allow' | 'stop' | 'unreadable'> {
  try {
    return await caller.call('kill switch', () => (isStopped ? 'stop' : 'allow'));
  } catch (error) {
    if (!(error instanceof CallFault)) throw error;
    return 'unreadable';
  }
}

/** For the trace. */
function summaryOf({ complete, earlierChanges, findings, telling }: Report): string {
  const outcomes = findings.map(({ outcome, stopped }) => stopped ?? outcome).join(' ');
  return `${complete ? 'complete' : 'INCOMPLETE'} ${telling}, ${earlierChanges.length} earlier, [${outcomes}]`;
}

/** Publishes to people and then to machines, as the function does. */
async function tell(report: Report, own: Begun, now: () => number) {
  const untold: string[] = [];
  const publish = async (to: keyof Told): Promise<boolean> => {
    try {
      await own.caller.call(`publish to ${to}: ${summaryOf(report)}`, () => {
        own.told.push({ to, report, at: now() });
      });
      return true;
    } catch (error) {
      if (!(error instanceof CallFault)) throw error;
      untold.push(`${to}: ${error.kind}`);
      return false;
    }
  };
  const people = NOTIFICATIONS[report.telling].reachesPeople ? await publish('people') : true;
  const machines = await publish('machines');
  return { told: { people, machines }, untold };
}
