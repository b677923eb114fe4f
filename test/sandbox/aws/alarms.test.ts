import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  type DescribeAlarmHistoryCommandInput,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  paginateDescribeAlarms,
  SetAlarmStateCommand,
  type SetAlarmStateCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { type AwsSandbox, startAws } from '../../../sandbox/aws/server';
import { nameOf, signAs } from './sign-as';

const TOPIC = 'arn:aws:sns:eu-west-1:000000000000:alerts';
const ABSENT = `${TOPIC}-absent`;

let aws: AwsSandbox;

beforeEach(async () => {
  aws = await startAws({
    region: 'eu-west-1',
    topics: { [TOPIC]: [] },
    alarms: {
      RunFailed: { description: 'A run failed', alarmActions: [{ topicArn: TOPIC }], okActions: [{ topicArn: TOPIC }] },
      NoKey: { alarmActions: [{ topicArn: TOPIC, canUseKey: false }] },
      NoTopic: { alarmActions: [{ topicArn: ABSENT }] },
      Silent: { state: 'INSUFFICIENT_DATA' },
    },
  });
});

afterEach(() => aws.stop());

const open = (region = 'eu-west-1') => new CloudWatchClient(signAs(region, aws));
const set = (AlarmName: string, change: Partial<SetAlarmStateCommandInput> = {}, region = 'eu-west-1') =>
  open(region).send(new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'a test', ...change }));
const describeAlarms = async (input: DescribeAlarmsCommandInput = {}, region = 'eu-west-1') =>
  (await open(region).send(new DescribeAlarmsCommand(input))).MetricAlarms ?? [];
const historyOf = async (input: DescribeAlarmHistoryCommandInput = {}, region = 'eu-west-1') =>
  (await open(region).send(new DescribeAlarmHistoryCommand(input))).AlarmHistoryItems ?? [];

test('an alarm that is set notifies its topic, and its history lists this, the newest entry first', async () => {
  await set('RunFailed');
  expect(await historyOf({ AlarmName: 'RunFailed' })).toMatchObject([
    { HistoryItemType: 'Action', HistorySummary: `Successfully executed action ${TOPIC}` },
    { HistoryItemType: 'StateUpdate', HistorySummary: 'Alarm updated from OK to ALARM' },
  ]);
  expect(aws.published).toMatchObject([{ topicArn: TOPIC, subject: 'ALARM: "RunFailed" in eu-west-1' }]);
  expect(JSON.parse(aws.published[0]?.message ?? '')).toMatchObject({
    AlarmName: 'RunFailed',
    AlarmDescription: 'A run failed',
    AlarmArn: 'arn:aws:cloudwatch:eu-west-1:000000000000:alarm:RunFailed',
    NewStateValue: 'ALARM',
    NewStateReason: 'a test',
    OldStateValue: 'OK',
  });
});

test.each([
  [
    'whose key CloudWatch is not allowed to use',
    'NoKey',
    TOPIC,
    'CloudWatch Alarms does not have authorization to access the SNS topic encryption key.',
  ],
  ['that does not exist', 'NoTopic', ABSENT, 'Topic does not exist'],
])('a topic %s is not notified, and only the history shows it', async (_, alarm, topic, error) => {
  await set(alarm);
  const [item] = await historyOf({ AlarmName: alarm, HistoryItemType: 'Action' });
  expect(item?.HistorySummary).toBe(`Failed to execute action ${topic}. Received error: "${error}"`);
  expect(JSON.parse(item?.HistoryData ?? '')).toMatchObject({
    actionState: 'Failed',
    notificationResource: topic,
    error,
  });
  expect(aws.published).toEqual([]);
  expect((await describeAlarms({ AlarmNames: [alarm] }))[0]?.StateValue).toBe('ALARM');
});

test('an alarm takes the action of its new state when its state changes', async () => {
  await set('RunFailed');
  await set('RunFailed');
  await set('RunFailed', { StateValue: 'OK' });
  await set('Silent');
  expect(aws.published.map(({ subject }) => subject)).toEqual([
    'ALARM: "RunFailed" in eu-west-1',
    'OK: "RunFailed" in eu-west-1',
  ]);
});

test.each<[claim: string, name: string, change: Partial<SetAlarmStateCommandInput>, region: string, code: string]>([
  ['of a missing alarm', 'Absent', {}, 'eu-west-1', 'ResourceNotFound'],
  ['in another region', 'RunFailed', {}, 'us-east-1', 'ResourceNotFound'],
  ['to an unknown state', 'RunFailed', { StateValue: JSON.parse('"RED"') }, 'eu-west-1', 'ValidationException'],
])('setting the state %s is refused', async (_, name, change, region, code) => {
  expect(await set(name, change, region).catch(nameOf)).toBe(code);
  expect(await historyOf()).toEqual([]);
});

test('alarms are described with state and actions', async () => {
  expect(await describeAlarms({ AlarmNames: ['RunFailed'] })).toMatchObject([
    {
      AlarmName: 'RunFailed',
      AlarmArn: 'arn:aws:cloudwatch:eu-west-1:000000000000:alarm:RunFailed',
      ActionsEnabled: true,
      AlarmActions: [TOPIC],
      OKActions: [TOPIC],
      StateValue: 'OK',
    },
  ]);
});

test.each<[claim: string, input: DescribeAlarmsCommandInput, region: string, names: string[]]>([
  ['by prefix', { AlarmNamePrefix: 'No' }, 'eu-west-1', ['NoKey', 'NoTopic']],
  ['by state', { StateValue: 'INSUFFICIENT_DATA' }, 'eu-west-1', ['Silent']],
  ['in another region', {}, 'us-east-1', []],
])('the expected alarms are found %s', async (_, input, region, names) => {
  expect((await describeAlarms(input, region)).map(({ AlarmName }) => AlarmName)).toEqual(names);
});

test('alarms are returned page by page', async () => {
  const sizes: (number | undefined)[] = [];
  for await (const page of paginateDescribeAlarms({ client: open(), pageSize: 3 }, {})) {
    sizes.push(page.MetricAlarms?.length);
  }
  expect(sizes).toEqual([3, 1]);
});

test('a history is filtered by region, alarm, type and start time', async () => {
  await set('RunFailed');
  await set('Silent');
  const lengths = await Promise.all([
    historyOf(),
    historyOf({ AlarmName: 'Silent' }),
    historyOf({ HistoryItemType: 'Action' }),
    historyOf({ StartDate: new Date(Date.now() + 60_000) }),
    historyOf({}, 'us-east-1'),
  ]);
  expect(lengths.map(({ length }) => length)).toEqual([3, 1, 1, 0, 0]);
  const oldestFirst = await historyOf({ ScanBy: 'TimestampAscending' });
  expect(oldestFirst.map(({ HistoryItemType }) => HistoryItemType)).toEqual(['StateUpdate', 'Action', 'StateUpdate']);
});
