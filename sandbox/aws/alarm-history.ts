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

/** An alarm that became another state. */
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

/** As the CLI's example of describe-alarm-history shows it (awscli/examples/cloudwatch/describe-alarm-history.rst). */
export function describeStateUpdate(change: StateChange): AlarmHistoryItem {
  const newState = { stateValue: change.to, stateReason: change.reason };
  const data = { version: '1.0', oldState: { stateValue: change.from }, newState };
  return itemOf(change, 'StateUpdate', `Alarm updated from ${change.from} to ${change.to}`, data);
}

/**
 * Whether a topic could be told. The summary of a failure is that of
 * repost.aws/knowledge-center/cloudwatch-configure-alarm-sns and cloudwatch-receive-sns-for-alarm-trigger. The data is
 * *unconfirmed*: `actionState` and `error` are known from reports, their neighbours from memory.
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

/** What CloudWatch publishes, without `Trigger`, which says the metric, and with the region's code where AWS has its name. */
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
