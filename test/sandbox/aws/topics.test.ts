import {
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  paginateListSubscriptionsByTopic,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { type AwsSandbox, startAws } from '../../../sandbox/aws/server';
import { nameOf, signAs } from './sign-as';

const TOPIC = 'arn:aws:sns:eu-west-1:000000000000:alerts';
const MANY = `${TOPIC}-many`;

let aws: AwsSandbox;

beforeEach(async () => {
  const many = Array.from({ length: 201 }, (_, n) => ({
    protocol: 'email',
    endpoint: `${n}@example.invalid`,
    confirmed: n % 2 === 0,
  }));
  aws = await startAws({ topics: { [TOPIC]: [], [MANY]: many } });
});

afterEach(() => aws.stop());

const open = (region = 'eu-west-1') => new SNSClient(signAs(region, aws));
const subscribe = (Endpoint: string, Protocol = 'email', ReturnSubscriptionArn = false) =>
  open()
    .send(new SubscribeCommand({ TopicArn: TOPIC, Protocol, Endpoint, ReturnSubscriptionArn }))
    .then(({ SubscriptionArn }) => SubscriptionArn, nameOf);

test('subscriptions come in pages of 100', async () => {
  const sizes: (number | undefined)[] = [];
  const endpoints: (string | undefined)[] = [];
  for await (const page of paginateListSubscriptionsByTopic({ client: open() }, { TopicArn: MANY })) {
    sizes.push(page.Subscriptions?.length);
    endpoints.push(...(page.Subscriptions ?? []).map(({ Endpoint }) => Endpoint));
  }
  expect(sizes).toEqual([100, 100, 1]);
  expect(endpoints).toEqual(aws.subscriptions(MANY).map(({ endpoint }) => endpoint));
});

test('a subscription is pending, and once however often it is asked for', async () => {
  expect([await subscribe('ann@example.invalid'), await subscribe('ann@example.invalid')]).toEqual([
    'pending confirmation',
    'pending confirmation',
  ]);
  expect(aws.subscriptions(TOPIC)).toEqual([{ protocol: 'email', endpoint: 'ann@example.invalid', confirmed: false }]);
  const { Subscriptions } = await open().send(new ListSubscriptionsByTopicCommand({ TopicArn: TOPIC }));
  expect(Subscriptions).toMatchObject([{ Endpoint: 'ann@example.invalid', SubscriptionArn: 'PendingConfirmation' }]);
});

test('the ARN of a pending subscription is told to who asks for it', async () => {
  expect(await subscribe('ann@example.invalid', 'email', true)).toMatch(new RegExp(`^${TOPIC}:`));
});

test.each([
  ['of no known protocol', 'ann@example.invalid', 'pigeon'],
  ['of an address that is none', 'ann', 'email'],
])('a subscription %s is refused', async (_, endpoint, protocol) => {
  expect(await subscribe(endpoint, protocol)).toBe('InvalidParameterException');
  expect(aws.subscriptions(TOPIC)).toEqual([]);
});

test.each<[action: string, send: (client: SNSClient) => Promise<unknown>]>([
  ['publishing', (client) => client.send(new PublishCommand({ TopicArn: TOPIC, Message: 'x' }))],
  [
    'subscribing',
    (client) =>
      client.send(new SubscribeCommand({ TopicArn: TOPIC, Protocol: 'email', Endpoint: 'ann@example.invalid' })),
  ],
  ['listing', (client) => client.send(new ListSubscriptionsByTopicCommand({ TopicArn: TOPIC }))],
])('%s is refused in another region than the ARN names', async (_, send) => {
  await expect(send(open('us-east-1'))).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'Invalid parameter: TopicArn',
  });
  expect([aws.published.length, aws.subscriptions(TOPIC).length]).toEqual([0, 0]);
});
