import { CfnQueryDefinition, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { SERVICE } from '../../lambda/contract';

interface SavedQuery {
  readonly name: string;
  /** The syntax: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html. # begins a comment. */
  readonly lines: readonly string[];
}

const WHAT = 'message, connectionName, code, severity, outcome, lifecycle, how, `from`, `to`';

/** The queries by the end of their construct ids. docs/logs.md lists the fields. */
const QUERIES: Readonly<Record<string, SavedQuery>> = {
  OneRun: {
    name: 'one run',
    lines: [
      '# replace RUN_ID: alerts, records and the log lines "run ended" contain it',
      `fields @timestamp, level, ${WHAT}`,
      '| filter runId = "RUN_ID"',
      '| sort @timestamp asc',
      '| limit 10000',
    ],
  },
  OneConnection: {
    name: 'history of one connection',
    lines: [
      '# replace CONNECTION_ID, such as con_0123456789abcdef',
      `fields @timestamp, runId, ${WHAT}`,
      '| filter connectionId = "CONNECTION_ID"',
      '| sort @timestamp desc',
      '| limit 10000',
    ],
  },
  Writes: {
    name: 'all writes',
    lines: [
      'fields @timestamp, runId, connectionId, connectionName, strategy, `from`, `to`, outcome',
      '| filter message = "write"',
      '| sort @timestamp desc',
      '| limit 10000',
    ],
  },
  Failures: {
    name: 'all failures',
    lines: [
      '# log lines of the function, errors that it threw, and the report of Lambda on each run that did not succeed',
      'fields @timestamp, runId, message, failures.0, errorType, errorMessage, record.status, @message',
      '| filter level in ["ERROR", "FATAL"] or ispresent(errorType)',
      '    or (type = "platform.report" and record.status != "success")',
      '| sort @timestamp desc',
      '| limit 10000',
    ],
  },
};

/**
 * Saves queries of CloudWatch Logs Insights on the log of the function, in a folder of the environment. A saved query costs
 * money only when it runs.
 */
export function saveQueries(scope: Construct, environmentName: string, { logGroupName }: ILogGroup): void {
  for (const [id, { name, lines }] of Object.entries(QUERIES)) {
    new CfnQueryDefinition(scope, `Query${id}`, {
      name: `${SERVICE}/${environmentName}/${name}`,
      queryString: lines.join('\n'),
      logGroupNames: [logGroupName],
    });
  }
}
