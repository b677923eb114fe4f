import { CfnQueryDefinition, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { SERVICE } from '../../lambda/contract';

interface SavedQuery {
  readonly name: string;
  /** In the language of https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html, where # begins a comment. */
  readonly lines: readonly string[];
}

const WHAT = 'message, connectionName, code, severity, outcome, lifecycle, how, `from`, `to`';

/** By the end of their construct ids. The fields are those of docs/logs.md. */
const QUERIES: Readonly<Record<string, SavedQuery>> = {
  OneRun: {
    name: 'one run',
    lines: [
      '# replace RUN_ID: alerts, records and the lines "run ended" have it',
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
      '# lines of the function, errors that it threw, and what Lambda says of each run that did not succeed',
      'fields @timestamp, runId, message, failures.0, errorType, errorMessage, record.status, @message',
      '| filter level in ["ERROR", "FATAL"] or ispresent(errorType)',
      '    or (type = "platform.report" and record.status != "success")',
      '| sort @timestamp desc',
      '| limit 10000',
    ],
  },
};

/** Queries of CloudWatch Logs Insights on the function's log, in a folder of the environment. A query costs when it runs. */
export function saveQueries(scope: Construct, environmentName: string, { logGroupName }: ILogGroup): void {
  for (const [id, { name, lines }] of Object.entries(QUERIES)) {
    new CfnQueryDefinition(scope, `Query${id}`, {
      name: `${SERVICE}/${environmentName}/${name}`,
      queryString: lines.join('\n'),
      logGroupNames: [logGroupName],
    });
  }
}
