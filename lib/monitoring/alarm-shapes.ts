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

/** The resources that the alarms of an environment watch. */
export interface Watched {
  readonly environmentName: string;

  readonly mode: Mode;

  /** The schedule of the runs. */
  readonly schedule: Schedule;

  /** The function that runs the audit. */
  readonly lambda: IFunction;

  /** The topic of the alerts. */
  readonly alerts: ITopic;

  /** The group of the schedules: EventBridge Scheduler counts only by group. */
  readonly scheduleGroup: IScheduleGroup;

  /** The queue for events that the schedule could not deliver. */
  readonly undelivered: IQueue;
}

/** The condition of an alarm: the metric, the length and number of periods, and the number of bad periods. */
export type AlarmMath = Pick<
  AlarmProps,
  'metric' | 'comparisonOperator' | 'threshold' | 'evaluationPeriods' | 'datapointsToAlarm' | 'treatMissingData'
>;

export const FIVE_MINUTES = Duration.minutes(5);
export const HOUR = Duration.hours(1);
export const DAY = Duration.days(1);

/** Periods of five minutes in which a late point still counts: 15 minutes for a run, and 15 minutes for CloudWatch. */
const LATE_PERIODS = 6;

/**
 * One bad point is enough. A missing point is good. Points arrive late: Lambda sends its measurements at the end of a run,
 * with the start time of the run, which is up to 15 minutes earlier
 * (docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html). Therefore the alarm looks back over 30 minutes.
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
 * No run has completed within this number of hours. An alarm can look back over a week
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

/** The daily watch event reports that a run is overdue, or the watch event itself is missing. */
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
 * While the schedule is paused, missing data is "insufficient data": neither ALARM nor OK. The alarm must not stay in ALARM
 * either: CloudWatch notifies only about changes of the state, so that a missing run after the pause would cause no message
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html).
 */
function unlessPaused({ schedule }: Watched): TreatMissingData {
  return schedule.enabled === false ? TreatMissingData.MISSING : TreatMissingData.BREACHING;
}

/** The metric has reached this number of days. Days without a run change nothing. */
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

/** The metrics of the scheduler have only this dimension: https://docs.aws.amazon.com/scheduler/latest/UserGuide/monitoring-cloudwatch.html */
export function ofScheduler({ scheduleGroupName }: IScheduleGroup, metricName: string): Metric {
  return metric('AWS/Scheduler', metricName, { ScheduleGroup: scheduleGroupName });
}

/** Not the methods of topic and queue: if these are in another account, CDK would look for the metric there. */
export function metric(namespace: string, metricName: string, dimensionsMap: Readonly<Record<string, string>>): Metric {
  return new Metric({ namespace, metricName, dimensionsMap, statistic: Stats.SUM, period: FIVE_MINUTES });
}
