import type { JsonObject } from '../json';
import { createJsonProtocol, readMembers, textIn, unknownOperation } from './json-protocol';
import type { AwsAnswer, AwsProduct } from './product';
import { isElsewhere } from './region';

export interface LogEvent {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
  /** The log stream. Default: a stream with a made-up name. */
  readonly stream?: string;
}

const { operationOf, succeed, refuse } = createJsonProtocol({ target: 'Logs_20140328', version: '1.1' });

/**
 * CloudWatch Logs with `FilterLogEvents` without a pattern
 * (docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html).
 */
export function createLogGroups(
  groups: { readonly [name: string]: readonly LogEvent[] },
  region: string | undefined,
): AwsProduct {
  return {
    operationOf,
    answer(operation, request) {
      if (operation !== 'FilterLogEvents') return refuse(unknownOperation(operation));
      const members = readMembers(request);
      const events = isElsewhere(request, region) ? undefined : groups[textIn(members, 'logGroupName') ?? ''];
      if (events === undefined) {
        const message = 'The specified log group does not exist.';
        return refuse({ status: 400, code: 'ResourceNotFoundException', message });
      }
      if (members.filterPattern !== undefined) {
        return refuse({ status: 400, code: 'InvalidParameterException', message: 'not emulated: filterPattern' });
      }
      return filterPage(events, members);
    },
    refuse,
  };
}

/** "limit: The maximum number of events to return. The default is 10,000 events." Times are inclusive. */
function filterPage(events: readonly LogEvent[], members: JsonObject): AwsAnswer {
  const { startTime = 0, endTime = Number.POSITIVE_INFINITY, limit = 10_000, logStreamNames } = members;
  const matching = events
    .map(({ timestamp, message, stream = 'made-up-stream' }, index) => ({ timestamp, message, stream, index }))
    .filter(
      ({ timestamp, stream }) =>
        timestamp >= Number(startTime) &&
        timestamp <= Number(endTime) &&
        (!Array.isArray(logStreamNames) || logStreamNames.includes(stream)) &&
        stream.startsWith(textIn(members, 'logStreamNamePrefix') ?? ''),
    )
    .sort((a, b) => a.timestamp - b.timestamp);
  const start = Number(textIn(members, 'nextToken') ?? 0);
  const end = start + Number(limit);
  const page = matching.slice(start, end).map(({ timestamp, message, stream, index }) => ({
    eventId: String(index).padStart(56, '0'),
    ingestionTime: timestamp,
    logStreamName: stream,
    message,
    timestamp,
  }));
  const next = end < matching.length ? { nextToken: String(end) } : {};
  return succeed({ events: page, searchedLogStreams: [], ...next });
}
