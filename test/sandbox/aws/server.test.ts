import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  type PublishCommandInput,
  SNSClient,
} from '@aws-sdk/client-sns';
import { type AwsSandbox, startAws } from '../../../sandbox/aws/server';

const TOPIC = 'arn:aws:sns:eu-west-1:000000000000:alerts';
const SECRET = 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:auditor-AbCdEf';

let aws: AwsSandbox;
let sns: SNSClient;
let secrets: SecretsManagerClient;

beforeEach(async () => {
  aws = await startAws({
    secrets: { [SECRET]: '{"client_id":"made-up"}' },
    topics: {
      [TOPIC]: [
        { protocol: 'email', endpoint: 'ann@example.invalid', confirmed: true },
        { protocol: 'email', endpoint: '<ben&co>@example.invalid', confirmed: false },
      ],
    },
  });
  const config = {
    endpoint: aws.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'made-up', secretAccessKey: 'made-up' },
  };
  sns = new SNSClient({ ...config, maxAttempts: 1 });
  secrets = new SecretsManagerClient({ ...config, maxAttempts: 1 });
});

afterEach(async () => {
  sns.destroy();
  secrets.destroy();
  await aws.stop();
});

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'no error');

test('a secret can be read and changed, and a missing secret is an error', async () => {
  const read = async (id: string): Promise<string | undefined> =>
    (await secrets.send(new GetSecretValueCommand({ SecretId: id }))).SecretString;
  expect(await read(SECRET)).toBe('{"client_id":"made-up"}');
  aws.setSecret(SECRET, 'rotated');
  expect(await read(SECRET)).toBe('rotated');
  expect(await read('no-such').catch(nameOf)).toBe('ResourceNotFoundException');
});

test('a message is kept as it was published', async () => {
  const { MessageId: id } = await sns.send(
    new PublishCommand({
      TopicArn: TOPIC,
      Subject: 'prod: 3 findings',
      Message: 'Größe <&> \u202E & ünïcode\n+%',
      MessageAttributes: { severity: { DataType: 'String', StringValue: 'high' } },
    }),
  );
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(aws.published).toEqual([
    {
      topicArn: TOPIC,
      subject: 'prod: 3 findings',
      message: 'Größe <&> \u202E & ünïcode\n+%',
      attributes: { severity: { type: 'String', value: 'high' } },
      messageStructure: undefined,
    },
  ]);
});

test.each<[claim: string, change: Partial<PublishCommandInput>, outcome: string]>([
  ['of the maximum size', { Message: 'ä'.repeat(131072) }, 'published'],
  ['of one byte more than the maximum', { Message: `${'ä'.repeat(131072)}x` }, 'InvalidParameterException'],
  [
    'that is too large because of its attributes',
    { Message: 'x'.repeat(262140), MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } } },
    'InvalidParameterException',
  ],
  ['without text', { Message: '' }, 'InvalidParameterException'],
  ['with a subject of 100', { Subject: 'x'.repeat(100) }, 'published'],
  ['with a subject of 101', { Subject: 'x'.repeat(101) }, 'InvalidParameterException'],
  ['with a subject of two lines', { Subject: 'a\nb' }, 'InvalidParameterException'],
  ['with a subject that is not ASCII', { Subject: 'Größe' }, 'InvalidParameterException'],
  ['to a topic that does not exist', { TopicArn: `${TOPIC}-other` }, 'NotFoundException'],
  [
    'with an empty attribute',
    { MessageAttributes: { a: { DataType: 'String', StringValue: '' } } },
    'InvalidParameterException',
  ],
  [
    'with an attribute without a type',
    { MessageAttributes: { a: { DataType: 'Text', StringValue: 'b' } } },
    'InvalidParameterException',
  ],
  [
    'with an attribute that is not a number',
    { MessageAttributes: { a: { DataType: 'Number', StringValue: 'b' } } },
    'InvalidParameterException',
  ],
  ['of structure json without a default', { MessageStructure: 'json', Message: '{}' }, 'InvalidParameterException'],
])('the result is correct for a message %s', async (_, change, outcome) => {
  const sent = sns.send(new PublishCommand({ TopicArn: TOPIC, Message: 'x', ...change }));
  expect(await sent.then(() => 'published', nameOf)).toBe(outcome);
  expect(aws.published).toHaveLength(outcome === 'published' ? 1 : 0);
});

test('subscriptions show whether they are confirmed', async () => {
  const { Subscriptions: all = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: TOPIC }));
  expect(all.map((one) => [one.Endpoint, one.SubscriptionArn?.startsWith(TOPIC)])).toEqual([
    ['ann@example.invalid', true],
    ['<ben&co>@example.invalid', false],
  ]);
});

test('a scripted failure affects the given number of calls of one operation', async () => {
  aws.failNext('Publish', { status: 403, code: 'KMSAccessDenied', message: 'no', times: 2 });
  const publish = (): Promise<string> =>
    sns.send(new PublishCommand({ TopicArn: TOPIC, Message: 'x' })).then(() => 'published', nameOf);
  await secrets.send(new GetSecretValueCommand({ SecretId: SECRET }));
  expect([await publish(), await publish(), await publish()]).toEqual([
    'KMSAccessDeniedException',
    'KMSAccessDeniedException',
    'published',
  ]);
  expect(aws.calls.map(({ status }) => status)).toEqual([200, 403, 403, 200]);
});

test('a call without a signature is refused', async () => {
  const response = await fetch(aws.endpoint, {
    method: 'POST',
    body: new URLSearchParams({ Action: 'Publish', Version: '2010-03-31', TopicArn: TOPIC, Message: 'x' }),
  });
  expect([response.status, aws.published.length]).toEqual([403, 0]);
});
