import { Duration } from 'aws-cdk-lib';
import { Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { SERVICE } from '../../lambda/contract';
import { METRIC_ENVIRONMENT, METRIC_NAMESPACE, type MetricName } from '../../lambda/metrics';

/**
 * A metric that the function of an environment sends. It names no unit: an alarm with a unit sees only points that were
 * sent with the same one (PutMetricAlarm, "Unit").
 * @default the largest value of a day, since a run sends each metric once
 */
export function metricOf(environmentName: string, name: MetricName, options: MetricOptions = {}): Metric {
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName: name,
    dimensionsMap: { service: SERVICE, [METRIC_ENVIRONMENT]: environmentName },
    period: Duration.days(1),
    statistic: Stats.MAXIMUM,
    ...options,
  });
}
