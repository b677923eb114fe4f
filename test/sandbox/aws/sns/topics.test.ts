import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  paginateListSubscriptionsByTopic,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { type AwsSandbox, startAws } from '../../../../sandbox/aws/server';
import { nameOf, signAs } from '../sign-as';

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

test('subscriptions are returned in pages of 100', async () => {
  const sizes: (number | undefined)[] = [];
  const endpoints: (string | undefined)[] = [];
  for await (const page of paginateListSubscriptionsByTopic({ client: open() }, { TopicArn: MANY })) {
    sizes.push(page.Subscriptions?.length);
    endpoints.push(...(page.Subscriptions ?? []).map(({ Endpoint }) => Endpoint));
  }
  expect(sizes).toEqual([100, 100, 1]);
  expect(endpoints).toEqual(aws.subscriptions(MANY).map(({ endpoint }) => endpoint));
});

test('a repeated request creates only one pending subscription', async () => {
  expect([await subscribe('ann@example.invalid'), await subscribe('ann@example.invalid')]).toEqual([
    'pending confirmation',
    'pending confirmation',
  ]);
  expect(aws.subscriptions(TOPIC)).toEqual([{ protocol: 'email', endpoint: 'ann@example.invalid', confirmed: false }]);
  const { Subscriptions } = await open().send(new ListSubscriptionsByTopicCommand({ TopicArn: TOPIC }));
  expect(Subscriptions).toMatchObject([{ Endpoint: 'ann@example.invalid', SubscriptionArn: 'PendingConfirmation' }]);
});

test('the ARN of a pending subscription is returned on request', async () => {
  expect(await subscribe('ann@example.invalid', 'email', true)).toMatch(new RegExp(`^${TOPIC}:`));
});

const attributes = async (TopicArn: string, client = open()) =>
  (await client.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes;

test('the attributes of a topic count its subscriptions', async () => {
  expect(await attributes(MANY)).toEqual({
    TopicArn: MANY,
    Owner: '000000000000',
    SubscriptionsConfirmed: '101',
    SubscriptionsPending: '100',
    SubscriptionsDeleted: '0',
  });
});

test('a subscription counts as confirmed after the link is opened, and as deleted after its removal', async () => {
  await subscribe('ann@example.invalid');
  await subscribe('bob@example.invalid');
  aws.confirmSubscription(TOPIC, 'ann@example.invalid');
  expect(await attributes(TOPIC)).toMatchObject({ SubscriptionsConfirmed: '1', SubscriptionsPending: '1' });
  aws.removeSubscription(TOPIC, 'bob@example.invalid');
  expect(await attributes(TOPIC)).toMatchObject({ SubscriptionsPending: '0', SubscriptionsDeleted: '1' });
  const { Subscriptions } = await open().send(new ListSubscriptionsByTopicCommand({ TopicArn: TOPIC }));
  expect(Subscriptions).toMatchObject([{ Endpoint: 'ann@example.invalid' }]);
});

test('the ARN of a subscription stays the same when an earlier one is removed', async () => {
  await subscribe('ann@example.invalid');
  const arn = await subscribe('bob@example.invalid', 'email', true);
  aws.removeSubscription(TOPIC, 'ann@example.invalid');
  aws.confirmSubscription(TOPIC, 'bob@example.invalid');
  expect(await subscribe('bob@example.invalid')).toBe(arn);
});

test('an endpoint without a subscription cannot be confirmed or removed', () => {
  expect(() => aws.confirmSubscription(TOPIC, 'ann@example.invalid')).toThrow('is not subscribed');
  expect(() => aws.removeSubscription(`${TOPIC}-gone`, 'ann@example.invalid')).toThrow('there is no topic');
});

test('the attributes of a topic that is missing or not readable are refused', async () => {
  await expect(attributes(`${TOPIC}-gone`)).rejects.toMatchObject({ name: 'NotFoundException' });
  aws.failNext('GetTopicAttributes', { status: 403, code: 'AuthorizationError', message: 'User is not authorized' });
  await expect(attributes(TOPIC)).rejects.toMatchObject({ name: 'AuthorizationErrorException' });
});

test.each([
  ['with an unknown protocol', 'ann@example.invalid', 'pigeon'],
  ['with a malformed address', 'ann', 'email'],
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
  ['reading the attributes', (client) => attributes(TOPIC, client)],
])('the request for %s is refused in another region than the region of the ARN', async (_, send) => {
  await expect(send(open('us-east-1'))).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'Invalid parameter: TopicArn',
  });
  expect([aws.published.length, aws.subscriptions(TOPIC).length]).toEqual([0, 0]);
});
