import { Duration } from 'aws-cdk-lib';
import { type AlarmProps, ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Mode } from '../../lambda/contract';
import type { MetricName } from '../../lambda/metrics';
import type { Schedule } from '../environment/schedule';
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

export const FIVE_MINUTES = Duration.minutes(5);
export const HOUR = Duration.hours(1);
export const DAY = Duration.days(1);

/** Periods of five minutes in which a late point is still seen: a run of 15 minutes, and as long again for CloudWatch. */
const LATE_PERIODS = 6;

/**
 * One bad point is enough, and no point is a good one. A point comes late: Lambda sends what it measured when a run has
 * ended, with the time at which the run began, up to 15 minutes before
 * (docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html). So the alarm looks back over 30 minutes.
 */
export function once(counted: AlarmMath['metric'], threshold: number): AlarmMath {
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
export function silence(watched: Watched, hours: number): AlarmMath {
  return {
    metric: own(watched, 'RunCompleted', Stats.SUM, HOUR),
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: 1,
    evaluationPeriods: hours,
    treatMissingData: unlessPaused(watched),
  };
}

/** The daily watch event says that a run is overdue, or has not come itself. */
export function overdue(
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
export function days(watched: Watched, name: MetricName, threshold: number): AlarmMath {
  return {
    metric: own(watched, name, Stats.MAXIMUM, DAY),
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.IGNORE,
  };
}

export function own({ environmentName }: Watched, name: MetricName, statistic: string, period: Duration): Metric {
  return metricOf(environmentName, name, { statistic, period });
}

export function ofFunction(lambda: IFunction, metricName: string, statistic: string): Metric {
  return lambda.metric(metricName, { statistic, period: FIVE_MINUTES });
}

/** Its metrics have this one dimension: https://docs.aws.amazon.com/scheduler/latest/UserGuide/monitoring-cloudwatch.html */
export function ofScheduler({ scheduleGroupName }: IScheduleGroup, metricName: string): Metric {
  return metric('AWS/Scheduler', metricName, { ScheduleGroup: scheduleGroupName });
}

/** Not the methods of topic and queue: where these are of another account, CDK would look for the metric there. */
export function metric(namespace: string, metricName: string, dimensionsMap: Readonly<Record<string, string>>): Metric {
  return new Metric({ namespace, metricName, dimensionsMap, statistic: Stats.SUM, period: FIVE_MINUTES });
}
