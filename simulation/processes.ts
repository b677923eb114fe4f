import { fingerprint } from '../lambda/fingerprint';
import { endClaim, isClaimedByAnother } from '../lambda/history/claim-event';
import { createTenantHistory } from '../lambda/history/former-folder';
import { type History, HistoryFailure } from '../lambda/history/history';
import { releaseHolds } from '../lambda/history/state';
import { compilePolicy } from '../lambda/policy/expectation';
import type { Policy } from '../lambda/policy/policy';
import { changeBy, keepChange } from '../lambda/run/people/personal-change';
import { undoRun } from '../lambda/run/people/undo-run';
import { unlock } from '../lambda/run/people/unlock';
import { DuplicateEvent, runAudit } from '../lambda/run/run-audit';
import { type Caller, CallFault } from './faults';
import { type Begun, begin, CAPS, FUNCTION_MS, hostsAt, type Place, QUARANTINE, type Started, TENANT } from './place';
import { publishAll } from './publish';
import type { Process } from './scheduler';

const POLICY: Policy = { default: { expect: 'on_each_login' } };
const PERSON = 'ann on laptop';
/** The function starts no repair in the last part of its time (milliseconds). */
const STOP_MS = 90_000;
const SKEW_MS = 60_000;
const CLI_MS = 20 * 60_000;
/** Milliseconds before and after the end of a run from a terminal. */
const TIME_TO_END_MS = 120_000;

/** The deployed function, started by an event of the schedule or, without an event, manually. */
export function startFunction(place: Place, started: Started, event: string | undefined): Begun {
  const { scheduler } = place;
  const run = begin('function', place, started, async (own, now) => {
    const { runId, process } = own;
    const history = openHistory(place, own, now);
    const end = now() + FUNCTION_MS;
    const overBy = end + SKEW_MS;
    const isUnheard = place.random.isTrue(place.faults.isUnheard);
    try {
      const report = await runAudit(
        { ...settingsOf(place, own, null), mode: 'remediate' },
        {
          ...worldOf(place, own, now),
          approve: async (_planned, { isFirstRun }) => (isFirstRun ? 'first_run' : undefined),
          isInterrupted: () => false,
          subscribers: { alerts: { isNamed: true, countConfirmed: async () => (isUnheard ? 0 : 1) } },
          tell: async ({ report }) => publishAll(report, own, { isUnheard, now: scheduler.now }),
          isClaimed:
            event === undefined ? undefined : () => isClaimedByAnother(history, { event, runId, until: overBy }, now()),
          isUnannounced: false,
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
  // AWS ends the function in every case.
  scheduler.at(scheduler.now() + FUNCTION_MS, () => scheduler.kill(run.process));
  return run;
}

/** The run of an operator from a terminal, with the function's history. */
export function startCommandLine(place: Place, started: Started): Begun {
  const { random } = place;
  return begin('cli', place, started, async (own, now) => {
    const end = now() + CLI_MS;
    const interruptAt =
      place.faults.kills > 0 && random.isTrue(0.3) ? now() + random.below(60_000) : Number.POSITIVE_INFINITY;
    own.report = await runAudit(
      { ...settingsOf(place, own, PERSON), mode: 'remediate' },
      {
        ...worldOf(place, own, now),
        approve: async (_planned, { isFirstRun }) => (isFirstRun ? 'first_run' : undefined),
        isInterrupted: () => now() >= interruptAt,
        isUnannounced: true,
        stopAt: end - TIME_TO_END_MS,
        overBy: end + TIME_TO_END_MS,
      },
    );
  });
}

/** The undo of a run by an operator. */
export function startUndo(place: Place, started: Started, of: string): Begun {
  const { scheduler } = place;
  return begin('undo', place, started, async (own, now) => {
    const { process, startedAt } = own;
    const end = now() + CLI_MS;
    await orHistoryFails(place, process, async () => {
      const result = await undoRun(
        {
          ...personOf(place, own),
          of,
          policy: compilePolicy(POLICY, { now: now(), timeZone: 'UTC' }),
          allowsNeverOnLogin: false,
        },
        {
          ...worldOf(place, own, now),
          isInterrupted: () => false,
          stopAt: end - TIME_TO_END_MS,
          overBy: end + TIME_TO_END_MS,
          waiting: (ms) => scheduler.note(process, `waits ${ms} ms for ${of}`),
          progress: ({ connectionId, outcome }) => scheduler.note(process, `${connectionId}: ${outcome}`),
        },
      );
      // If a release has started since then, it can take effect after this undo.
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

/** An operator ends the lease of a run. */
export function startUnlock(place: Place, started: Started): Begun {
  const { scheduler } = place;
  return begin('unlock', place, started, async (own, now) => {
    const { process } = own;
    await orHistoryFails(place, process, async () => {
      const history = openHistory(place, own, now);
      const { owner } = await history.readLease();
      const result = await unlock(
        { ...personOf(place, own), typed: owner },
        { history, now, sleep: (ms) => scheduler.sleep(process, ms), waiting: () => undefined },
      );
      scheduler.note(process, `unlock of ${owner}: ${JSON.stringify(result)}`);
    });
  });
}

/** An operator releases all holds, so that runs repair these connections again. */
export function startRelease(place: Place, started: Started): Begun {
  const { scheduler, holds } = place;
  place.releasedAt = scheduler.now();
  return begin('release', place, started, async (own, now) => {
    await orHistoryFails(place, own.process, async () => {
      const history = openHistory(place, own, now);
      const { state } = await history.readState();
      const ids = new Set(Object.keys(state.holds));
      if (ids.size === 0) return;
      // From now on runs are allowed to repair these connections, even if the answer of the release is lost.
      for (const hold of holds) hold.until = Math.min(hold.until, scheduler.now());
      const person = personOf(place, own);
      const change = changeBy(person, { kind: 'release', of: null, at: now() });
      await keepChange(history, { person, change }, (current) => releaseHolds(current, ids));
    });
  });
}

function openHistory(place: Place, { caller, startedAt }: Begun, now: () => number): History {
  return createTenantHistory(place.bucket.openFor(caller), hostsAt(place, startedAt), now);
}

/** The external parts that every process needs. */
function worldOf(place: Place, own: Begun, now: () => number) {
  const { tenant, faults, random, scheduler } = place;
  const { caller, process } = own;
  return {
    tenant: tenant.openFor(caller, faults, random),
    history: openHistory(place, own, now),
    mayWrite: () => askSwitch(place, caller),
    now,
    sleep: (milliseconds: number) => scheduler.sleep(process, milliseconds),
  };
}

async function orHistoryFails({ scheduler }: Place, process: Process, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof HistoryFailure)) throw error;
    scheduler.note(process, error.message);
  }
}

function settingsOf(place: Place, { runId, startedAt }: Begun, by: string | null) {
  return {
    runId,
    environment: 'sim',
    tenant: TENANT,
    canonicalHost: hostsAt(place, startedAt).tenant,
    policy: POLICY,
    policyFingerprint: fingerprint(POLICY),
    timeZone: 'UTC',
    caps: CAPS,
    quarantine: QUARANTINE,
    retry: new Set<string>(),
    cadence: { reminderDays: 7, weeklyAllClear: true },
    withoutPeople: false,
    by,
  };
}

function personOf(place: Place, { runId, startedAt }: Begun) {
  const { tenant } = hostsAt(place, startedAt);
  return { runId, environment: 'sim', tenant, by: PERSON, reason: null, quarantine: QUARANTINE };
}

async function askSwitch({ isStopped }: Place, caller: Caller): Promise<'allow' | 'stop' | 'unreadable'> {
  try {
    return await caller.call('kill switch', () => (isStopped ? 'stop' : 'allow'));
  } catch (error) {
    if (!(error instanceof CallFault)) throw error;
    return 'unreadable';
  }
}
