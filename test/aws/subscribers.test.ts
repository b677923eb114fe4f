import { countConfirmed } from '../../lambda/aws/subscribers';
import { ALERTS_ARN, closeAws, openAws } from './aws-clients';

afterEach(closeAws);

const ANN = { protocol: 'email', endpoint: 'ann@example.com', confirmed: true };
const BOB = { protocol: 'email', endpoint: 'bob@example.com', confirmed: false };
const CHAT = { protocol: 'https', endpoint: 'https://chat.example.com', confirmed: true };

test.each([
  { claim: 'a topic without subscriptions has no subscriber', subscriptions: [], count: 0 },
  { claim: 'a pending subscription does not count as a subscriber', subscriptions: [BOB], count: 0 },
  {
    claim: 'each confirmed subscription counts, regardless of its protocol',
    subscriptions: [ANN, BOB, CHAT],
    count: 2,
  },
])('$claim', async ({ subscriptions, count }) => {
  const { sns } = await openAws({ topics: { [ALERTS_ARN]: subscriptions } });
  expect(await countConfirmed(sns, ALERTS_ARN)).toBe(count);
});

test.each([
  { status: 403, code: 'AuthorizationError', message: 'not authorized to perform: SNS:GetTopicAttributes' },
  { status: 500, code: 'InternalError', message: 'later' },
])('the number of subscribers is unknown if SNS answers $code', async (failure) => {
  const { aws, sns } = await openAws({ topics: { [ALERTS_ARN]: [ANN] } });
  aws.failNext('GetTopicAttributes', failure);
  expect(await countConfirmed(sns, ALERTS_ARN)).toBeUndefined();
});

test('a deleted topic has no subscriber', async () => {
  const { sns } = await openAws({ topics: {} });
  expect(await countConfirmed(sns, ALERTS_ARN)).toBe(0);
});

test('subscribers are not counted without time left', async () => {
  const { aws, sns } = await openAws({ topics: { [ALERTS_ARN]: [ANN] } });
  expect(await countConfirmed(sns, ALERTS_ARN, 0)).toBeUndefined();
  expect(aws.calls).toEqual([]);
});
