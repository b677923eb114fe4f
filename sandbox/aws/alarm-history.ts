import { ACCOUNT } from './region';
import type { PublishedMessage } from './sns/message';

/** docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_AlarmHistoryItem.html. `HistoryData` is JSON. */
export interface AlarmHistoryItem {
  readonly AlarmName: string;
  readonly AlarmType: 'MetricAlarm';
  /** Seconds since 1970. */
  readonly Timestamp: number;
  readonly HistoryItemType: 'StateUpdate' | 'Action';
  readonly HistorySummary: string;
  readonly HistoryData: string;
}

/** A change of the state of an alarm. */
export interface StateChange {
  readonly alarmName: string;
  readonly alarmArn: string;
  readonly description: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** As in the CLI example of describe-alarm-history (awscli/examples/cloudwatch/describe-alarm-history.rst). */
export function describeStateUpdate(change: StateChange): AlarmHistoryItem {
  const newState = { stateValue: change.to, stateReason: change.reason };
  const data = { version: '1.0', oldState: { stateValue: change.from }, newState };
  return itemOf(change, 'StateUpdate', `Alarm updated from ${change.from} to ${change.to}`, data);
}

/**
 * The result of a notification of a topic. The summary of a failure comes from
 * repost.aws/knowledge-center/cloudwatch-configure-alarm-sns and cloudwatch-receive-sns-for-alarm-trigger. The data is
 * *unconfirmed*: `actionState` and `error` are known from reports, the other members from memory.
 */
export function describeAction(
  change: StateChange,
  { topicArn, message }: PublishedMessage,
  error: string | undefined,
): AlarmHistoryItem {
  const summary =
    error === undefined
      ? `Successfully executed action ${topicArn}`
      : `Failed to execute action ${topicArn}. Received error: "${error}"`;
  return itemOf(change, 'Action', summary, {
    actionState: error === undefined ? 'Succeeded' : 'Failed',
    stateUpdateTimestamp: change.at,
    notificationResource: topicArn,
    publishedMessage: error === undefined ? message : null,
    error: error ?? null,
  });
}

/** The message of CloudWatch, without `Trigger` (the metric), and with the code of the region instead of its name. */
export function noticeOf(change: StateChange, topicArn: string): PublishedMessage {
  const region = change.alarmArn.split(':')[3] ?? '';
  const message = JSON.stringify({
    AlarmName: change.alarmName,
    AlarmDescription: change.description,
    AWSAccountId: ACCOUNT,
    NewStateValue: change.to,
    NewStateReason: change.reason,
    StateChangeTime: new Date(change.at).toISOString().replace('Z', '+0000'),
    Region: region,
    AlarmArn: change.alarmArn,
    OldStateValue: change.from,
  });
  const subject = `${change.to}: "${change.alarmName}" in ${region}`.slice(0, 100);
  return { topicArn, subject, message, attributes: {}, messageStructure: undefined };
}

function itemOf(
  { alarmName, at }: StateChange,
  type: AlarmHistoryItem['HistoryItemType'],
  summary: string,
  data: object,
): AlarmHistoryItem {
  return {
    AlarmName: alarmName,
    AlarmType: 'MetricAlarm',
    Timestamp: at / 1000,
    HistoryItemType: type,
    HistorySummary: summary,
    HistoryData: JSON.stringify(data),
  };
}
