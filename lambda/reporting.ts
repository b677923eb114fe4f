import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { SNSClient } from '@aws-sdk/client-sns';
import { type Audience, announce } from './announce';
import { countConfirmed } from './aws/subscribers';
import { keysOf } from './connection/tables';
import { SERVICE } from './contract';
import type { Deployment } from './deployment';
import type { Report } from './judge/report';
import { LOG_LINES, type LogLine, linesOf } from './log-lines';
import { type Measured, measure } from './measure';
import { METRIC_ENVIRONMENT, METRIC_NAMESPACE, METRICS, type MetricName } from './metrics';
import { writeHtml } from './report/html/page';
import type { Announcement, Delivery } from './run/world';
import type { Watched } from './watch';
import { commandsOf } from './word-alert';

/** The reporting code of one Lambda container. It is loaded as one module, after the first request to Auth0. */
export interface Reporting {
  /** The report as a page. `functionName`: for the commands on the page. */
  writePage(report: Report, functionName: string): string;
  tell(announcement: Announcement, audience: Pick<Audience, 'functionName' | 'limitMs'>): Promise<Delivery>;
  /** Counts the confirmed subscriptions of a topic. Never rejects. */
  countConfirmed(topicArn: string, limitMs: number): Promise<number | undefined>;
  /** Logs a run and publishes its metrics. */
  logRun(report: Report, measured: Measured): void;
  /** Logs a check of the last run and publishes whether a run is overdue. */
  logWatch(watched: Watched, dueHours: number): void;
  /** Logs that another invocation reports the same event; this publishes no metrics. */
  logDuplicate(runId: string): void;
}

export function createReporting(deployment: Deployment): Reporting {
  const { settings } = deployment;
  const sns = new SNSClient();
  const defaultDimensions = { [METRIC_ENVIRONMENT]: settings.name };
  const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: SERVICE, defaultDimensions });
  const logger = new Logger({ serviceName: SERVICE });

  function log({ message, values }: LogLine): void {
    if (LOG_LINES[message].level === 'ERROR') logger.error(message, { ...values });
    else logger.info(message, { ...values });
  }

  function publish(values: Partial<Readonly<Record<MetricName, number>>>): void {
    for (const name of keysOf(METRICS)) {
      const value = values[name];
      if (value !== undefined) metrics.addMetric(name, MetricUnit[METRICS[name].unit], value);
    }
    metrics.publishStoredMetrics();
  }

  return {
    writePage: (report, functionName) =>
      writeHtml(report, { docsUrl: settings.docsUrl, commands: commandsOf(deployment, functionName) }),
    tell: (announcement, { functionName, limitMs }) =>
      announce(announcement, { sns, deployment, functionName, limitMs }),
    countConfirmed: (topicArn, limitMs) => countConfirmed(sns, topicArn, limitMs),
    logRun(report, measured) {
      for (const line of linesOf(report, measured.usage)) log(line);
      publish(measure(report, measured));
    },
    logWatch({ isOverdue, lastCompleteAt }, dueHours) {
      log({ message: 'watch', values: { overdue: isOverdue, lastCompleteAt: lastCompleteAt ?? 'never', dueHours } });
      publish({ RunOverdue: isOverdue ? 1 : 0 });
    },
    logDuplicate: (runId) => log({ message: 'another run reports this event', values: { runId } }),
  };
}
