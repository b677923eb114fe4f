import { Duration } from 'aws-cdk-lib';
import { Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { SERVICE } from '../../lambda/contract';
import { METRIC_ENVIRONMENT, METRIC_NAMESPACE, type MetricName } from '../../lambda/metrics';

/** The statistic for a period with several runs: the sum of their actions, and the worst of their observations. */
const STATISTICS = {
  RunCompleted: Stats.SUM,
  RunOverdue: Stats.MAXIMUM,
  ConnectionsJudged: Stats.MAXIMUM,
  Noncompliant: Stats.MAXIMUM,
  Indeterminate: Stats.MAXIMUM,
  FindingsCritical: Stats.MAXIMUM,
  FindingsHigh: Stats.MAXIMUM,
  FindingsMedium: Stats.MAXIMUM,
  FindingsLow: Stats.MAXIMUM,
  FindingsInformational: Stats.MAXIMUM,
  OldestFindingDays: Stats.MAXIMUM,
  RepairsVerified: Stats.SUM,
  RepairsFailed: Stats.SUM,
  RepairsFailedVerification: Stats.SUM,
  RepairsConflicting: Stats.SUM,
  RepairsStopped: Stats.SUM,
  RepairsQuarantined: Stats.MAXIMUM,
  RepairsHeld: Stats.MAXIMUM,
  RepairsManual: Stats.MAXIMUM,
  RepairsPlanned: Stats.MAXIMUM,
  Requests: Stats.SUM,
  RateLimitedRequests: Stats.SUM,
  RateLimitWait: Stats.SUM,
  ConfirmedSubscribers: Stats.MINIMUM,
  SecretAgeDays: Stats.MAXIMUM,
  WritesStoppedDays: Stats.MAXIMUM,
  MemoryUsedPercent: Stats.MAXIMUM,
} as const satisfies Readonly<Record<MetricName, string>>;

/**
 * A metric that the function of an environment sends. It has no unit: a metric with a unit contains only the points that
 * were sent with the same unit (docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricStat.html, Unit).
 * @default by day, with the statistic above
 */
export function metricOf(environmentName: string, name: MetricName, options: MetricOptions = {}): Metric {
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName: name,
    dimensionsMap: { service: SERVICE, [METRIC_ENVIRONMENT]: environmentName },
    period: Duration.days(1),
    statistic: STATISTICS[name],
    ...options,
  });
}
