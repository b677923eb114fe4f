import { MINUTE } from '../../lib/environment/cron';
import { type Auditor, createAuditor } from './auditor';
import type { Window } from './cloudwatch/metric-data';
import type { Conditions } from './conditions';
import type { Deployed, ScheduleDefinition } from './deployed';
import { firingsOf } from './firings';
import { createSimulatedAws, type SimulatedAws } from './simulated-aws';

export interface Living {
  readonly deployed: Deployed;
  readonly conditionsAt: (time: number) => Conditions;
  /** Hours within which a run is due, from the settings. */
  readonly dueHours: number;
  readonly during: Window;
}

/** SQS sends the metrics of an idle queue up to 15 minutes late. */
const IDLE_QUEUE = 15 * MINUTE;

/**
 * Minutes after which Lambda retries a throttled event: the pauses grow to five minutes, within the one hour that the
 * template allows (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html). The exact minutes
 * are *unconfirmed*.
 */
const ATTEMPTS = [0, 1, 2, 4, 8, 13, 18, 23, 28, 33, 38, 43, 48, 53, 58];
const THROTTLED_MINUTES = { throttled: 60, 'throttled for ten minutes': 10 } as const;

/** The flexible window of a schedule: a run starts some minutes late, a different number on each day. */
function startOf(due: number, index: number): number {
  return due + ((index * 7) % 15) * MINUTE;
}

/** Plays every event of the schedules. */
export function live({ deployed, conditionsAt, dueHours, during }: Living): Pick<SimulatedAws, 'data' | 'messages'> {
  const aws = createSimulatedAws(deployed, conditionsAt);
  const auditor = createAuditor(aws, dueHours);
  const events = deployed.schedules
    .filter(({ isEnabled }) => isEnabled)
    .flatMap((schedule) => firingsOf(schedule, during).map((due, index) => ({ schedule, at: startOf(due, index) })));
  for (const { schedule, at } of events.toSorted((one, other) => one.at - other.at)) {
    if (isThere(schedule, conditionsAt(at))) fire(schedule, at, aws, auditor);
  }
  return aws;
}

function isThere({ isWatch }: ScheduleDefinition, { schedules }: Conditions): boolean {
  return schedules === 'there' || (schedules === 'only the watch' && isWatch);
}

/** EventBridge Scheduler passes the event to Lambda, or to the queue of undelivered events. */
function fire(schedule: ScheduleDefinition, at: number, aws: SimulatedAws, auditor: Auditor): void {
  const { deployed, conditionsAt, send } = aws;
  const { metrics } = deployed;
  const { schedulerRole, function: lambda, undelivered } = conditionsAt(at);
  if (schedulerRole === 'good' && lambda !== 'deleted') {
    handOver(schedule, at, aws, auditor);
  } else if (schedulerRole === 'deleted' || undelivered === 'deleted') {
    // https://docs.aws.amazon.com/scheduler/latest/UserGuide/monitoring-cloudwatch.html
    send(metrics.ofSchedules('InvocationsFailedToBeSentToDeadLetterCount'), 1, at);
  } else {
    send(metrics.ofUndelivered('NumberOfMessagesSent'), 1, at, at + IDLE_QUEUE);
  }
}

/** Lambda starts the function as early as possible, and keeps the event of a run that failed or could not start. */
function handOver({ isWatch }: ScheduleDefinition, at: number, aws: SimulatedAws, auditor: Auditor): void {
  const { deployed, conditionsAt, send } = aws;
  const { ofFunction } = deployed.metrics;
  const { function: lambda, failedRuns } = conditionsAt(at);
  const throttledFor = lambda === 'throttled' || lambda === 'throttled for ten minutes' ? THROTTLED_MINUTES[lambda] : 0;
  for (const minutes of ATTEMPTS.filter((minute) => minute < throttledFor)) {
    send(ofFunction('Throttles'), 1, at + minutes * MINUTE);
  }
  // With a reserved concurrency of 0, Lambda does not retry: same source as ATTEMPTS.
  const first = lambda === 'concurrency 0' ? undefined : ATTEMPTS.find((minute) => minute >= throttledFor);
  const start = isWatch ? auditor.watch : auditor.run;
  const isWell = first !== undefined && start(at + first * MINUTE);
  if (!isWell && failedRuns === 'deleted') {
    send(ofFunction('DestinationDeliveryFailures'), 1, at + (first ?? throttledFor) * MINUTE);
  }
}
