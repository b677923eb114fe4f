import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { MetricName } from '../../lambda/metrics';
import { metricOf } from './metrics';

/**
 * A construct of one environment, with the metrics that its function sends. Each metric has a period of one day and a
 * suitable statistic. docs/reference.md explains each metric.
 */
export class MeteredConstruct extends Construct {
  readonly #environmentName: string;

  constructor(scope: Construct, id: string, environmentName: string) {
    super(scope, id);
    this.#environmentName = environmentName;
  }

  /**
   * Any metric, by its name.
   * @default by day; the sum for actions of runs (runs, repairs, requests, waits), the maximum for observations of runs, the
   * minimum for subscribers
   */
  metric(name: MetricName, options?: MetricOptions): Metric {
    return metricOf(this.#environmentName, name, options);
  }

  /** Runs that read everything, were reported to everybody and kept. By day, the sum. */
  metricRunCompleted(options?: MetricOptions): Metric {
    return this.metric('RunCompleted', options);
  }

  /** Connections that a run judged. By day, the maximum. */
  metricConnectionsJudged(options?: MetricOptions): Metric {
    return this.metric('ConnectionsJudged', options);
  }

  /** Connections that violate the policy. By day, the maximum. */
  metricNoncompliant(options?: MetricOptions): Metric {
    return this.metric('Noncompliant', options);
  }

  /** Connections that a run could not judge. By day, the maximum. */
  metricIndeterminate(options?: MetricOptions): Metric {
    return this.metric('Indeterminate', options);
  }

  /** Days since the oldest open finding was first seen. By day, the maximum. */
  metricOldestFindingDays(options?: MetricOptions): Metric {
    return this.metric('OldestFindingDays', options);
  }

  /** Repairs after which the connection was read back as written. By day, the sum. */
  metricRepairsVerified(options?: MetricOptions): Metric {
    return this.metric('RepairsVerified', options);
  }

  /** Repairs that Auth0 refused or that did not reach Auth0. By day, the sum. */
  metricRepairsFailed(options?: MetricOptions): Metric {
    return this.metric('RepairsFailed', options);
  }

  /** Repairs after which more than the setting was different. By day, the sum. */
  metricRepairsFailedVerification(options?: MetricOptions): Metric {
    return this.metric('RepairsFailedVerification', options);
  }

  /** Requests to Auth0. By day, the sum. */
  metricRequests(options?: MetricOptions): Metric {
    return this.metric('Requests', options);
  }

  /** Seconds for which runs waited for the rate limit. By day, the sum. */
  metricRateLimitWait(options?: MetricOptions): Metric {
    return this.metric('RateLimitWait', options);
  }

  /** Confirmed subscriptions to the alerts. By day, the minimum. */
  metricConfirmedSubscribers(options?: MetricOptions): Metric {
    return this.metric('ConfirmedSubscribers', options);
  }

  /** Days since the credentials were written into the secret. By day, the maximum. */
  metricSecretAgeDays(options?: MetricOptions): Metric {
    return this.metric('SecretAgeDays', options);
  }

  /** Days for which the kill switch has stopped writes. By day, the maximum. */
  metricWritesStoppedDays(options?: MetricOptions): Metric {
    return this.metric('WritesStoppedDays', options);
  }
}
