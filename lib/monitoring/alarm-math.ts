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
   * Whether the alarm shows a state (`true`) or an event (`false`). The return to OK is sent only for a state. An alarm that
   * counts errors returns to OK soon after a failed run, which does not mean that the next run succeeds.
   */
  readonly isLevel: boolean;
  readonly math: (watched: Watched) => AlarmMath;
  /**
   * Whether `alarmWarmUpHours` delays the evaluation until recipients have confirmed their subscriptions. An alarm on missing
   * runs is sent minutes after the first deployment, possibly to no one, and is not sent again.
   * @default the alarm is evaluated immediately
   */
  readonly warmsUp?: true;
  /** @default every environment has the alarm */
  readonly isFor?: (watched: Watched) => boolean;
}

/** The last two minutes are left for the report and the record of a run. */
export const NEAR_LIMIT_MINUTES = INVOCATION_MINUTES - 2;
const NEAR_MEMORY_PERCENT = 85;
const OLD_CREDENTIALS_DAYS = 365;

/** Hours between two watch events: one day, one hour for a clock change, and two hours for attempts and full hours. */
const WATCH_HOURS = 27;

/** The alarms of an environment. Evaluation: docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html */
export const ALARM_RULES = {
  // `Errors` counts errors that the handler throws, and runs that Lambda ends: time, memory, code that does not load.
  'run-failed': { isLevel: false, math: ({ lambda }) => once(ofFunction(lambda, 'Errors', Stats.SUM), 1) },

  // Missing data is the failure to detect: a run that never started sends no metric.
  'no-completed-run': {
    isLevel: true,
    warmsUp: true,
    math: (watched) =>
      needsWatch(watched.schedule)
        ? overdue(watched, { statistic: Stats.MAXIMUM, period: HOUR, evaluationPeriods: WATCH_HOURS })
        : silence(watched, dueHours(watched.schedule)),
  },

  // The first alarm is sent one time, and might have reached no one. If runs are more than a week apart, all seven days must
  // be overdue, so that this alarm also comes a week after the first alarm. A day without a watch event counts as overdue,
  // because it is unknown whether a run completed.
  'still-no-completed-run': {
    isLevel: true,
    warmsUp: true,
    math: (watched) =>
      needsWatch(watched.schedule)
        ? overdue(watched, { statistic: Stats.MINIMUM, period: DAY, evaluationPeriods: WEEK_DAYS })
        : silence(watched, WEEK_DAYS * 24),
  },

  // Counts new messages, not the length of the queue: a message that stays in the queue would hide the next message. SQS
  // sends the metrics of an idle queue up to 15 minutes late, and FILL uses 0 for a late point until the point arrives
  // (docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/monitoring-using-cloudwatch.html). The other two
  // metrics count events that did not reach the queue.
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

  // Lambda retries a throttled run for one hour. Throttling for only ten minutes needs no alarm. The periods slide with each
  // minute, so that ten minutes touch three periods. Attempts are at most five minutes apart, so that an hour fills four
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

  // This account has no points for a topic in another account. The alarm is then never sent.
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

/** The rule of an alarm, with the type of all members. */
export function ruleOf(name: AlarmName): Rule {
  return ALARM_RULES[name];
}
