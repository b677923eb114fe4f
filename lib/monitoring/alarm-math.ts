import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmName } from '../../lambda/contract';
import { dueHours, needsWatch } from '../environment/schedule';
import { INVOCATION_MINUTES } from '../environment/schema';
import {
  type AlarmMath,
  DAY,
  days,
  FIVE_MINUTES,
  HOUR,
  metric,
  ofFunction,
  ofScheduler,
  once,
  overdue,
  own,
  silence,
  type Watched,
} from './alarm-shapes';

const WEEK_DAYS = 7;

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
