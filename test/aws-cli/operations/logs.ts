import { CloudWatchLogsClient, type FilteredLogEvent, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { usageFailure } from '../failure';
import { LIST, type Service, SWITCH, TEXT } from '../operation';

/**
 * docs.aws.amazon.com/cli/latest/reference/logs/tail.html. The calls and lines are the same as in
 * github.com/aws/aws-cli, branch v2, awscli/customizations/logs/tail.py.
 */
export const LOGS = {
  tail: {
    options: {
      since: TEXT,
      follow: SWITCH,
      format: { kind: 'word', choices: ['detailed', 'short'] },
      'log-stream-names': LIST,
      'log-stream-name-prefix': TEXT,
    },
    positional: ['group_name'],
    isNewInVersion2: true,
    /** In the stand-in, `--follow` ends after the first poll. The CLI polls again every five seconds until Ctrl-C. */
    async run(given, connection) {
      const client = new CloudWatchLogsClient(connection);
      const input = {
        logGroupName: given.needed('group_name'),
        startTime: readSince(given.text('since') ?? '10m', Date.now()),
        interleaved: true,
        logStreamNames: given.list('log-stream-names'),
        logStreamNamePrefix: given.text('log-stream-name-prefix'),
      };
      for await (const { events = [] } of paginateFilterLogEvents({ client }, input)) {
        for (const event of events) process.stdout.write(lineOf(event, given.text('format') === 'short'));
      }
      return undefined;
    },
  },
} satisfies Service;

const SECONDS = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 24 * 3600],
  ['w', 7 * 24 * 3600],
]);

/** "An ISO 8601 timestamp or a relative time": a number and one unit. Milliseconds since 1970. */
function readSince(since: string, now: number): number {
  const [, amount, unit = ''] = /^(\d+)([smhdw])$/.exec(since) ?? [];
  const time = amount === undefined ? Date.parse(since) : now - Number(amount) * 1000 * (SECONDS.get(unit) ?? 0);
  if (Number.isNaN(time)) throw usageFailure(`Invalid timestamp "${since}"`);
  return time;
}

function lineOf({ timestamp = 0, logStreamName = '', message = '' }: FilteredLogEvent, isShort: boolean): string {
  const time = new Date(timestamp).toISOString();
  const start = isShort ? time.slice(0, 19) : `${time.slice(0, 23)}000+00:00 ${logStreamName}`;
  return `${start} ${message.trimEnd()}\n`;
}
