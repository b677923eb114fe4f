import type { JsonObject } from '../json';
import { type Alarm, actionsOf, type DeployedAlarm, describeAlarm, isState } from './alarm';
import {
  type AlarmHistoryItem,
  describeAction,
  describeStateUpdate,
  noticeOf,
  type StateChange,
} from './alarm-history';
import { createJsonProtocol, readMembers, textIn, unknownOperation } from './json-protocol';
import type { AwsAnswer, AwsError, AwsProduct, AwsRequest } from './product';
import { ACCOUNT, isElsewhere, signedRegion } from './region';
import type { Topics } from './sns/topics';

const { operationOf, succeed, refuse } = createJsonProtocol({
  target: 'GraniteServiceVersion20100801',
  version: '1.0',
  isQueryCompatible: true,
});

/**
 * CloudWatch with `DescribeAlarms`, `SetAlarmState` and `DescribeAlarmHistory` of metric alarms
 * (docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/). A state that was set stays. At AWS, the next evaluation
 * restores the real state, often after seconds.
 */
export function createAlarms(
  deployed: { readonly [name: string]: DeployedAlarm },
  { region, topics }: { readonly region: string | undefined; readonly topics: Topics },
): AwsProduct {
  const alarms = new Map<string, Alarm>(
    Object.entries(deployed).map(([name, each]) => [
      name,
      {
        name,
        deployed: each,
        state: each.state ?? 'OK',
        reason: 'Unchecked: Initial alarm creation',
        changedAt: Date.now(),
      },
    ]),
  );
  const history: AlarmHistoryItem[] = [];

  function setState(request: AwsRequest): AwsAnswer {
    const members = readMembers(request);
    const alarm = isElsewhere(request, region) ? undefined : alarms.get(textIn(members, 'AlarmName') ?? '');
    const { StateValue: state } = members;
    const reason = textIn(members, 'StateReason') ?? '';
    if (!isState(state)) return refuse(invalidState(String(state)));
    if (alarm === undefined) {
      return refuse({ status: 404, code: 'ResourceNotFound', message: 'The named resource does not exist.' });
    }
    const before = alarm.state;
    if (before === state) return succeed({});
    Object.assign(alarm, { state, reason, changedAt: Date.now() });
    act({
      alarmName: alarm.name,
      alarmArn: arnOf(alarm.name, request),
      description: alarm.deployed.description ?? '',
      from: before,
      to: state,
      reason,
      at: alarm.changedAt,
    });
    return succeed({});
  }

  /** SetAlarmState: "When an alarm's updated state differs from its previous value, the action ... is invoked". */
  function act(change: StateChange): void {
    history.push(describeStateUpdate(change));
    for (const action of actionsOf(alarms.get(change.alarmName)?.deployed, change.to)) {
      const notice = noticeOf(change, action.topicArn);
      const error = action.canUseKey === false ? NO_KEY : topics.deliver(notice);
      history.push(describeAction(change, notice, error?.message));
    }
  }

  function arnOf(name: string, request: AwsRequest): string {
    return `arn:aws:cloudwatch:${region ?? signedRegion(request)}:${ACCOUNT}:alarm:${name}`;
  }

  function describeAlarms(request: AwsRequest): AwsAnswer {
    const members = readMembers(request);
    const { AlarmNames: names, StateValue: state } = members;
    const prefix = textIn(members, 'AlarmNamePrefix') ?? '';
    const found = [...alarms.values()].filter(
      (alarm) =>
        !isElsewhere(request, region) &&
        (!Array.isArray(names) || names.includes(alarm.name)) &&
        alarm.name.startsWith(prefix) &&
        (state === undefined || state === alarm.state),
    );
    const { page, next } = pageOf(found, members);
    const metricAlarms = page.map((alarm) => describeAlarm(alarm, arnOf(alarm.name, request)));
    return succeed({ MetricAlarms: metricAlarms, CompositeAlarms: [], ...next });
  }

  function describeHistory(request: AwsRequest): AwsAnswer {
    const members = readMembers(request);
    const { AlarmName: name, HistoryItemType: type, StartDate: start = 0, ScanBy: order } = members;
    const found = history.filter(
      (item) =>
        !isElsewhere(request, region) &&
        (name === undefined || item.AlarmName === name) &&
        (type === undefined || item.HistoryItemType === type) &&
        item.Timestamp >= Number(start),
    );
    // ScanBy: "TimestampDescending to have the newest event history returned first"; it is the default.
    if (order !== 'TimestampAscending') found.reverse();
    const { page, next } = pageOf(found, members);
    return succeed({ AlarmHistoryItems: page.map((item) => ({ ...item })), ...next });
  }

  return {
    operationOf,
    answer(operation, request) {
      if (operation === 'SetAlarmState') return setState(request);
      if (operation === 'DescribeAlarms') return describeAlarms(request);
      return operation === 'DescribeAlarmHistory' ? describeHistory(request) : refuse(unknownOperation(operation));
    },
    refuse,
  };
}

/** The error in the history of an alarm whose topic has such a key (re:Post, as above). */
const NO_KEY = { message: 'CloudWatch Alarms does not have authorization to access the SNS topic encryption key.' };

/** MaxRecords is at most 100. The default of AWS is *unconfirmed*. */
function pageOf<T>(all: readonly T[], { MaxRecords: most = 50, NextToken: token = '0' }: JsonObject) {
  const end = Number(token) + Number(most);
  return { page: all.slice(Number(token), end), next: end < all.length ? { NextToken: String(end) } : {} };
}

function invalidState(value: string): AwsError {
  const message =
    `1 validation error detected: Value '${value}' at 'stateValue' failed to satisfy constraint: ` +
    'Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]';
  return { status: 400, code: 'ValidationError', message };
}
