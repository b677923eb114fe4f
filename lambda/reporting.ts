import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { SNSClient } from '@aws-sdk/client-sns';
import { type Audience, announce } from './announce';
import { SERVICE } from './contract';
import type { Deployment } from './deployment';
import type { Report } from './judge/report';
import { METRIC_ENVIRONMENT, METRIC_NAMESPACE } from './metrics';
import { writeHtml } from './report/html/page';
import type { Announcement, Delivery } from './run/world';
import { commandsOf } from './word-alert';

/** What one Lambda container reports with. It is loaded in one piece, after the first request to Auth0. */
export interface Reporting {
  /** The report as a page. `functionName`: for the commands on it. */
  writePage(report: Report, functionName: string): string;
  tell(announcement: Announcement, audience: Pick<Audience, 'functionName' | 'limitMs'>): Promise<Delivery>;
  /** Logs one line and publishes the metrics of a run. */
  measure(report: Report): void;
  /** Logs that another invocation reports the same event; there are no metrics of it. */
  logDuplicate(runId: string): void;
}

export function createReporting(deployment: Deployment): Reporting {
  const { settings } = deployment;
  const sns = new SNSClient();
  const defaultDimensions = { [METRIC_ENVIRONMENT]: settings.name };
  const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: SERVICE, defaultDimensions });
  const logger = new Logger({ serviceName: SERVICE });
  return {
    writePage: (report, functionName) =>
      writeHtml(report, { docsUrl: settings.docsUrl, commands: commandsOf(deployment, functionName) }),
    tell: (announcement, { functionName, limitMs }) =>
      announce(announcement, { sns, deployment, functionName, limitMs }),
    measure({ runId, mode, complete, coverage, summary, telling, untold }) {
      const told = untold.length === 0;
      logger.info('run ended', { runId, mode, complete, telling, told, coverage, summary });
      metrics.addMetric('RunCompleted', MetricUnit.Count, complete && told ? 1 : 0);
      metrics.addMetric('ConnectionsJudged', MetricUnit.Count, coverage.judged);
      metrics.addMetric('Noncompliant', MetricUnit.Count, summary.noncompliant);
      metrics.addMetric('Indeterminate', MetricUnit.Count, summary.indeterminate);
      metrics.publishStoredMetrics();
    },
    logDuplicate: (runId) => logger.info('another run reports this event', { runId }),
  };
}
