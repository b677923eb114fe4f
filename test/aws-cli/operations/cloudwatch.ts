import {
  type AlarmHistoryItem,
  CloudWatchClient,
  HistoryItemType,
  type MetricAlarm,
  paginateDescribeAlarmHistory,
  paginateDescribeAlarms,
  SetAlarmStateCommand,
  StateValue,
} from '@aws-sdk/client-cloudwatch';
import { LIST, NEEDED, type Service, TEXT } from '../operation';
import { memberOf } from './member-of';

export const CLOUDWATCH = {
  'describe-alarms': {
    options: { 'alarm-names': LIST, 'alarm-name-prefix': TEXT, 'state-value': TEXT },
    async run(given, connection) {
      const client = new CloudWatchClient(connection);
      const alarms: MetricAlarm[] = [];
      const input = {
        AlarmNames: given.list('alarm-names'),
        AlarmNamePrefix: given.text('alarm-name-prefix'),
        StateValue: memberOf(StateValue, given.text('state-value')),
      };
      for await (const page of paginateDescribeAlarms({ client }, input)) alarms.push(...(page.MetricAlarms ?? []));
      return { MetricAlarms: alarms, CompositeAlarms: [] };
    },
  },
  'describe-alarm-history': {
    options: { 'alarm-name': TEXT, 'history-item-type': TEXT },
    async run(given, connection) {
      const client = new CloudWatchClient(connection);
      const items: AlarmHistoryItem[] = [];
      const input = {
        AlarmName: given.text('alarm-name'),
        HistoryItemType: memberOf(HistoryItemType, given.text('history-item-type')),
      };
      for await (const page of paginateDescribeAlarmHistory({ client }, input)) {
        items.push(...(page.AlarmHistoryItems ?? []));
      }
      return { AlarmHistoryItems: items };
    },
  },
  'set-alarm-state': {
    options: { 'alarm-name': NEEDED, 'state-value': NEEDED, 'state-reason': NEEDED },
    run: (given, connection) =>
      new CloudWatchClient(connection).send(
        new SetAlarmStateCommand({
          AlarmName: given.needed('alarm-name'),
          StateValue: memberOf(StateValue, given.text('state-value')),
          StateReason: given.needed('state-reason'),
        }),
      ),
  },
} satisfies Service;
