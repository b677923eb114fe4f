import { setTimeout as sleep } from 'node:timers/promises';
import type { Usage } from './auth0/transport';
import { type Container, createContainer } from './container';
import type { Variables } from './deployment';
import { endClaim, isClaimedByAnother } from './history/claim-event';
import type { Report } from './judge/report';
import { failuresOf, RunFailedError } from './run/failures';
import { DuplicateEvent, runAudit } from './run/run-audit';
import { newRunId } from './run-id';
import { eventTimeOf, isWatch, lowerMode } from './settings';
import { createSteadyClock } from './steady-clock';
import { type Clock, LIMITS, type Limits, planTime } from './time-plan';
import { watch } from './watch';

/** The properties of one invocation that this code uses. */
interface Invocation {
  readonly awsRequestId: string;
  readonly functionName: string;
  /** Megabytes, as a string. */
  readonly memoryLimitInMB?: string;
  getRemainingTimeInMillis(): number;
}

const SYSTEM_CLOCK: Clock = { now: Date.now, elapsed: () => performance.now(), sleep };

export const handler = createHandler(process.env);

/** The result of an invocation. `isDuplicate`: another invocation of the same event reports it. */
interface Ended {
  readonly runId: string;
  readonly complete?: boolean;
  readonly isDuplicate?: true;
  /** Only for a watch event. */
  readonly isOverdue?: boolean;
}

/**
 * The entry point for EventBridge Scheduler: one invocation is one run, or one check of the last run (`look`). The
 * report of a run is always published. After that the invocation fails, so that its alarm fires, if the run was not
 * complete, a repair failed, or a message or the history failed.
 */
export function createHandler(variables: Variables, limits: Limits = LIMITS, clock: Clock = SYSTEM_CLOCK) {
  let container: Container | undefined;
  return async (event: unknown, invocation: Invocation): Promise<Ended> => {
    container ??= createContainer(variables, limits, clock);
    const now = createSteadyClock(clock);
    const runId = newRunId(now(), invocation.awsRequestId);
    try {
      if (isWatch(event)) return await look(container, { runId, invocation, limits, now });
      const { report, usage } = await audit(container, { runId, event, invocation, limits, now, sleep: clock.sleep });
      const reporting = await container.openReporting();
      const secretWrittenAt = container.secretWrittenAt();
      reporting.logRun(report, { usage, secretWrittenAt, memory: memoryOf(invocation) });
      const failures = failuresOf(report);
      if (failures.length === 0) return { runId, complete: report.complete };
      container.tokens.forget();
      throw new RunFailedError(failures);
    } catch (error) {
      if (!(error instanceof DuplicateEvent)) throw error;
      const reporting = await container.openReporting();
      reporting.logDuplicate(runId);
      return { runId, isDuplicate: true };
    }
  };
}

interface Started {
  readonly runId: string;
  readonly event: unknown;
  readonly invocation: Invocation;
  readonly limits: Limits;
  readonly now: Clock['now'];
  readonly sleep: Clock['sleep'];
}

/** Reports whether a run is overdue. Takes no lease, claims no event, sends no request to Auth0. */
async function look(
  container: Container,
  { runId, invocation, limits, now }: Pick<Started, 'runId' | 'invocation' | 'limits' | 'now'>,
): Promise<Ended> {
  const { dueHours } = container.deployment.settings;
  if (dueHours === undefined)
    throw new Error(
      'The settings do not contain dueHours, so it is unknown when a run is due; deploy the environment again.',
    );
  const time = planTime(now, invocation.getRemainingTimeInMillis(), limits);
  const watched = await watch(container.openHistory(time.limitFor), dueHours, now());
  const reporting = await container.openReporting();
  reporting.logWatch(watched, dueHours);
  return { runId, isOverdue: watched.isOverdue };
}

/** The peak memory of the process since its start: in a warm process, an earlier run might have caused it. */
function memoryOf({ memoryLimitInMB }: Invocation): { readonly used: number; readonly limit: number } {
  // In kilobytes (https://nodejs.org/api/process.html#processresourceusage).
  return { used: process.resourceUsage().maxRSS * 1024, limit: Number(memoryLimitInMB ?? 0) * 1024 * 1024 };
}

async function audit(
  container: Container,
  { runId, event, invocation, limits, now, sleep }: Started,
): Promise<{ readonly report: Report; readonly usage: Usage }> {
  const { deployment, address, canonicalHost, mayWrite, openReporting } = container;
  const { settings, policy, policyFingerprint } = deployment;
  const mode = lowerMode(settings.mode, event);
  const time = planTime(now, invocation.getRemainingTimeInMillis(), limits);
  const history = container.openHistory(time.limitFor);
  const { functionName } = invocation;
  const { tenant, usage } = container.openTenant(mode, time.tenantUntil);
  const eventTime = eventTimeOf(event, now());
  const report = await runAudit(
    {
      runId,
      environment: settings.name,
      tenant: address.host,
      canonicalHost,
      mode,
      policy,
      policyFingerprint,
      timeZone: settings.timeZone,
      caps: settings.caps,
      quarantine: settings.quarantine,
      retry: new Set(),
      cadence: settings.cadence,
      withoutPeople: !settings.namePeople,
      by: null,
    },
    {
      tenant,
      history,
      mayWrite: () => mayWrite(time.callLimit()),
      approve: async (_planned, { isFirstRun }) => {
        // A function that cannot load its reporting code ends here, before it has written anything.
        await openReporting();
        return isFirstRun ? 'first_run' : undefined;
      },
      isInterrupted: () => false,
      writePage: async (ended) => {
        const reporting = await openReporting();
        return reporting.writePage(ended, functionName);
      },
      tell: async (announcement) => {
        const reporting = await openReporting();
        return reporting.tell(announcement, { functionName, limitMs: time.beginPublishing() });
      },
      isClaimed:
        eventTime === undefined
          ? undefined
          : () => isClaimedByAnother(history, { event: eventTime, runId, until: time.overBy }, now()),
      subscribers: container.subscribersOf(time.callLimit),
      isUnannounced: false,
      now,
      sleep,
      stopAt: time.stopAt,
      overBy: time.overBy,
    },
  );
  const isReported = report.untold.length === 0 && report.historyFailure === null;
  if (eventTime !== undefined && isReported) await endClaim(history, { event: eventTime, runId });
  return { report, usage: usage() };
}
