import { setTimeout as sleep } from 'node:timers/promises';
import { announce } from './announce';
import { type Container, createContainer } from './container';
import type { Variables } from './deployment';
import type { Report } from './judge/report';
import { writeHtml } from './report/html/page';
import { failuresOf, RunFailedError } from './run/failures';
import { runAudit } from './run/run-audit';
import { newRunId } from './run-id';
import { lowerMode } from './settings';

/** What the Lambda runtime tells of one invocation, as far as we use it. */
interface Invocation {
  readonly awsRequestId: string;
  readonly functionName: string;
  getRemainingTimeInMillis(): number;
}

/** Kept back from the function's time: for telling what happened, and before that for ending the repairs under way. */
const TIME_TO_TELL_MS = 30_000;
const TIME_TO_REPAIR_MS = 60_000;
/** Two machines' clocks agree within this. */
const CLOCK_SKEW_MS = 60_000;

export const handler = createHandler(process.env);

/**
 * The entry point for EventBridge Scheduler: one invocation is one run. The report is always published; then the invocation
 * fails, so that its alarm fires, if the run was not complete, a repair failed, or the run could not be told or kept.
 */
export function createHandler(variables: Variables) {
  let container: Container | undefined;
  return async (event: unknown, invocation: Invocation): Promise<{ runId: string; complete: boolean }> => {
    container ??= createContainer(variables);
    const report = await audit(container, event, invocation);
    container.measure(report);
    const failures = failuresOf(report);
    if (failures.length > 0) {
      container.tokens.forget();
      throw new RunFailedError(failures);
    }
    return { runId: report.runId, complete: report.complete };
  };
}

function audit(container: Container, event: unknown, invocation: Invocation): Promise<Report> {
  const { deployment, address, history, mayWrite, sns } = container;
  const { settings, policy, policyFingerprint } = deployment;
  const { functionName, awsRequestId } = invocation;
  const mode = lowerMode(settings.mode, event);
  const end = Date.now() + invocation.getRemainingTimeInMillis();
  return runAudit(
    {
      runId: newRunId(Date.now(), awsRequestId),
      environment: settings.name,
      tenant: address.host,
      mode,
      policy,
      policyFingerprint,
      timeZone: settings.timeZone,
      caps: settings.caps,
      quarantine: settings.quarantine,
      cadence: settings.cadence,
      withoutPeople: !settings.namePeople,
    },
    {
      tenant: container.openTenant(mode, end - TIME_TO_TELL_MS),
      history,
      mayWrite,
      approve: async () => true,
      writePage: (report) => writeHtml(report, { docsUrl: settings.docsUrl }),
      tell: (announcement) => announce(announcement, { sns, deployment, functionName }),
      now: Date.now,
      sleep,
      stopAt: end - TIME_TO_TELL_MS - TIME_TO_REPAIR_MS,
      overBy: end + CLOCK_SKEW_MS,
    },
  );
}
