import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { type AwsSandbox, startAws } from '../../../sandbox/aws/server';
import { nameOf, signAs } from './sign-as';

const GROUP = '/aws/lambda/auditor';

let aws: AwsSandbox;

beforeEach(async () => {
  const events = [3, 1, 2].map((timestamp) => ({ timestamp, message: `at ${timestamp}`, stream: `s${timestamp % 2}` }));
  aws = await startAws({ region: 'eu-west-1', logGroups: { [GROUP]: events } });
});

afterEach(() => aws.stop());

const open = (region = 'eu-west-1') => new CloudWatchLogsClient(signAs(region, aws));
const filter = (change: Partial<FilterLogEventsCommandInput>, region = 'eu-west-1') =>
  open(region)
    .send(new FilterLogEventsCommand({ logGroupName: GROUP, ...change }))
    .then(({ events = [] }) => events.map(({ message }) => message), nameOf);

test.each<[claim: string, change: Partial<FilterLogEventsCommandInput>, region: string, outcome: unknown]>([
  ['of a group are returned in the order of their times', {}, 'eu-west-1', ['at 1', 'at 2', 'at 3']],
  ['with a start time include that time', { startTime: 2 }, 'eu-west-1', ['at 2', 'at 3']],
  ['with an end time include that time', { endTime: 2 }, 'eu-west-1', ['at 1', 'at 2']],
  ['of a stream are returned', { logStreamNames: ['s1'] }, 'eu-west-1', ['at 1', 'at 3']],
  ['of streams with a prefix are returned', { logStreamNamePrefix: 's0' }, 'eu-west-1', ['at 2']],
  ['of a missing group are refused', { logGroupName: 'absent' }, 'eu-west-1', 'ResourceNotFoundException'],
  ['in another region are refused', {}, 'us-east-1', 'ResourceNotFoundException'],
  ['with a pattern are refused', { filterPattern: 'x' }, 'eu-west-1', 'InvalidParameterException'],
])('log events %s', async (_, change, region, outcome) => {
  expect(await filter(change, region)).toEqual(outcome);
});

test('log events above the limit are returned page by page', async () => {
  const pages: (string | undefined)[][] = [];
  for await (const { events = [] } of paginateFilterLogEvents({ client: open() }, { logGroupName: GROUP, limit: 2 })) {
    pages.push(events.map(({ message }) => message));
  }
  expect(pages).toEqual([['at 1', 'at 2'], ['at 3']]);
});
