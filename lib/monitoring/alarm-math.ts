import { Duration } from 'aws-cdk-lib';
import {
  type AlarmProps,
  ComparisonOperator,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { AlarmName, Mode } from '../../lambda/contract';
import type { MetricName } from '../../lambda/metrics';
import { dueHours, needsWatch, type Schedule } from '../environment/schedule';
import { INVOCATION_MINUTES } from '../environment/schema';
import { metricOf } from './metrics';

/** What the alarms of an environment look at. */
export interface Watched {
  readonly environmentName: string;

  readonly mode: Mode;

  /** When runs are due. */
  readonly schedule: Schedule;

  /** The function that runs. */
  readonly lambda: IFunction;

  /** The topic for people. */
  readonly alerts: ITopic;

  /** The group of the schedules: EventBridge Scheduler counts by group alone. */
  readonly scheduleGroup: IScheduleGroup;

  /** Where the schedule leaves what it could not deliver. */
  readonly undelivered: IQueue;
}

/** When an alarm rings: what it counts, in periods of so many seconds, how many of which must be bad. */
export type AlarmMath = Pick<
  AlarmProps,
  'metric' | 'comparisonOperator' | 'threshold' | 'evaluationPeriods' | 'datapointsToAlarm' | 'treatMissingData'
>;

interface Rule {
  /**
   * Whether it shows how things are (`true`), or that something happened (`false`). The end of an alarm is told of the
   * first kind alone: one that counts errors is OK again soon after a failed night, which says nothing of the next one.
   */
  readonly isLevel: boolean;
  readonly math: (watched: Watched) => AlarmMath;
  /**
   * Whether `alarmWarmUpHours` lets it watch later, when people have confirmed their subscriptions. One on silence rings
   * minutes after the first deploy, may reach nobody, and does not ring again.
   * @default it watches at once
   */
  readonly warmsUp?: true;
  /** @default every environment has it */
  readonly isFor?: (watched: Watched) => boolean;
}

const FIVE_MINUTES = Duration.minutes(5);
const HOUR = Duration.hours(1);
const DAY = Duration.days(1);
const WEEK_DAYS = 7;

/** Periods of five minutes in which a late point is still seen: a run of 15 minutes, and as long again for CloudWatch. */
const LATE_PERIODS = 6;

/** Two minutes are left then, in which a run reports and keeps its record. */
export const NEAR_LIMIT_MINUTES = INVOCATION_MINUTES - 2;
const NEAR_MEMORY_PERCENT = 85;
const OLD_CREDENTIALS_DAYS = 365;

/** Hours from one watch event to the next: a day, an hour more when clocks change, and two for attempts and full hours. */
const WATCH_HOURS = 27;

/** The alarms of an environment. Evaluated as docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html says. */
export const ALARM_RULES = {
  // `Errors` has what the handler throws, and what Lambda ends: time, memory, a code that does not load.
  'run-failed': { isLevel: false, math: ({ lambda }) => once(ofFunction(lambda, 'Errors', Stats.SUM), 1) },

  // Silence is the failure to detect: a run that never started sends no metric at all.
  'no-completed-run': {
    isLevel: true,
    warmsUp: true,
    math: (watched) =>
      needsWatch(watched.schedule)
        ? overdue(watched, { statistic: Stats.MAXIMUM, period: HOUR, evaluationPeriods: WATCH_HOURS })
        : silence(watched, dueHours(watched.schedule)),
  },

  // The first alarm is told once, and may have reached nobody. Where runs are more than a week apart, seven days must all
  // have been overdue, so that this one also comes a week after the first. A day without a watch event counts as one:
  // nobody knows then whether a run completed.
  'still-no-completed-run': {
    isLevel: true,
    warmsUp: true,
    math: (watched) =>
      needsWatch(watched.schedule)
        ? overdue(watched, { statistic: Stats.MINIMUM, period: DAY, evaluationPeriods: WEEK_DAYS })
        : silence(watched, WEEK_DAYS * 24),
  },

  // New messages, not the length of the queue: one that nobody removes would hide the next. SQS sends the metrics of an
  // idle queue up to 15 minutes late, and FILL takes a late point for 0 until it is there
  // (docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/monitoring-using-cloudwatch.html). The other two
  // count what did not even reach the queue.
  'not-delivered': {
    isLevel: false,
    math: ({ undelivered, scheduleGroup }) =>
      once(
        new MathExpression({
          expression: 'FILL(sent, 0) + FILL(lost, 0) + FILL(dropped, 0)',
          label: 'Events that did not reach the function',
          period: FIVE_MINUTES,
          usingMetrics: {
            sent: metric('AWS/SQS', 'NumberOfMessagesSent', { QueueName: undelivered.queueName }),
            lost: ofScheduler(scheduleGroup, 'InvocationsFailedToBeSentToDeadLetterCount'),
            dropped: ofScheduler(scheduleGroup, 'InvocationDroppedCount'),
          },
        }),
        1,
      ),
  },

  // Lambda tries a throttled run again for an hour; what lasts for ten minutes only is no news. The periods slide with each
  // minute, so that ten minutes touch three of them. Attempts come at most five minutes apart, so that an hour fills four
  // (docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html).
  throttled: {
    isLevel: false,
    math: ({ lambda }) => ({ ...once(ofFunction(lambda, 'Throttles', Stats.SUM), 1), datapointsToAlarm: 4 }),
  },

  'near-time-limit': {
    isLevel: false,
    math: ({ lambda }) => once(ofFunction(lambda, 'Duration', Stats.MAXIMUM), NEAR_LIMIT_MINUTES * 60_000),
  },

  'near-memory-limit': {
    isLevel: false,
    math: (watched) => once(own(watched, 'MemoryUsedPercent', Stats.MAXIMUM, FIVE_MINUTES), NEAR_MEMORY_PERCENT),
  },

  'failed-run-lost': {
    isLevel: false,
    math: ({ lambda }) => once(ofFunction(lambda, 'DestinationDeliveryFailures', Stats.SUM), 1),
  },

  // Of a topic in another account there are no points here, so that this one stays silent.
  'alert-undelivered': {
    isLevel: false,
    math: ({ alerts }) => once(metric('AWS/SNS', 'NumberOfNotificationsFailed', { TopicName: alerts.topicName }), 1),
  },

  'old-credentials': { isLevel: true, math: (watched) => days(watched, 'SecretAgeDays', OLD_CREDENTIALS_DAYS) },

  'writes-stopped': {
    isLevel: true,
    math: (watched) => days(watched, 'WritesStoppedDays', WEEK_DAYS),
    isFor: ({ mode }) => mode === 'remediate',
  },
} as const satisfies Readonly<Record<AlarmName, Rule>>;

/** The rule of an alarm, with all that a rule may have. */
export function ruleOf(name: AlarmName): Rule {
  return ALARM_RULES[name];
}

/**
 * One bad point is enough, and no point is a good one. A point comes late: Lambda sends what it measured when a run has
 * ended, with the time at which the run began, up to 15 minutes before
 * (docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html). So the alarm looks back over 30 minutes.
 */
function once(counted: AlarmMath['metric'], threshold: number): AlarmMath {
  return {
    metric: counted,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold,
    evaluationPeriods: LATE_PERIODS,
    datapointsToAlarm: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  };
}

/**
 * No run has completed in so many hours. An alarm may look back over a week
 * (docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html, EvaluationPeriods).
 */
function silence(watched: Watched, hours: number): AlarmMath {
  return {
    metric: own(watched, 'RunCompleted', Stats.SUM, HOUR),
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: 1,
    evaluationPeriods: hours,
    treatMissingData: unlessPaused(watched),
  };
}

/** The daily watch event says that a run is overdue, or has not come itself. */
function overdue(
  watched: Watched,
  {
    statistic,
    period,
    evaluationPeriods,
  }: { readonly statistic: string; readonly period: Duration; readonly evaluationPeriods: number },
): AlarmMath {
  return {
    metric: own(watched, 'RunOverdue', statistic, period),
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    evaluationPeriods,
    treatMissingData: unlessPaused(watched),
  };
}

/**
 * While the schedule is paused, silence is "insufficient data": neither an alarm each night nor a green light. It must
 * not stay in alarm either: an alarm tells of changes only, and would tell nothing when the schedule is on again and no
 * run completes (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html).
 */
function unlessPaused({ schedule }: Watched): TreatMissingData {
  return schedule.enabled === false ? TreatMissingData.MISSING : TreatMissingData.BREACHING;
}

/** So many days are reached. Days without a run change nothing. */
function days(watched: Watched, name: MetricName, threshold: number): AlarmMath {
  return {
    metric: own(watched, name, Stats.MAXIMUM, DAY),
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.IGNORE,
  };
}

function own({ environmentName }: Watched, name: MetricName, statistic: string, period: Duration): Metric {
  return metricOf(environmentName, name, { statistic, period });
}

function ofFunction(lambda: IFunction, metricName: string, statistic: string): Metric {
  return lambda.metric(metricName, { statistic, period: FIVE_MINUTES });
}

/** Its metrics have this one dimension: https://docs.aws.amazon.com/scheduler/latest/UserGuide/monitoring-cloudwatch.html */
function ofScheduler({ scheduleGroupName }: IScheduleGroup, metricName: string): Metric {
  return metric('AWS/Scheduler', metricName, { ScheduleGroup: scheduleGroupName });
}

/** Not the methods of topic and queue: where these are of another account, CDK would look for the metric there. */
function metric(namespace: string, metricName: string, dimensionsMap: Readonly<Record<string, string>>): Metric {
  return new Metric({ namespace, metricName, dimensionsMap, statistic: Stats.SUM, period: FIVE_MINUTES });
}
