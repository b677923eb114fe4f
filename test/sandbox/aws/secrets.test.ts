import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  type PutSecretValueCommandInput,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { type AwsSandbox, startAws } from '../../../sandbox/aws/server';
import { nameOf, signAs } from './sign-as';

const SECRET = 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:auditor-AbCdEf';
const TOKEN = '11111111-1111-4111-8111-111111111111';

let aws: AwsSandbox;

beforeEach(async () => {
  aws = await startAws({ secrets: { [SECRET]: 'first' } });
});

afterEach(() => aws.stop());

const put = (change: Partial<PutSecretValueCommandInput> = {}, region = 'eu-west-1') =>
  new SecretsManagerClient(signAs(region, aws)).send(
    new PutSecretValueCommand({ SecretId: SECRET, SecretString: 'second', ClientRequestToken: TOKEN, ...change }),
  );
const get = (region = 'eu-west-1') =>
  new SecretsManagerClient(signAs(region, aws)).send(new GetSecretValueCommand({ SecretId: SECRET }));

test('a value that was put is read with the version of the client', async () => {
  expect(await put()).toMatchObject({ ARN: SECRET, VersionId: TOKEN, VersionStages: ['AWSCURRENT'] });
  expect(await get()).toMatchObject({ SecretString: 'second', VersionId: TOKEN });
  expect(aws.secret(SECRET)).toBe('second');
});

test.each<[claim: string, change: Partial<PutSecretValueCommandInput>, region: string, code: string]>([
  ['for a missing secret', { SecretId: `${SECRET}-other` }, 'eu-west-1', 'ResourceNotFoundException'],
  ['in another region than the region of the ARN', {}, 'us-east-1', 'ResourceNotFoundException'],
  ['without a string', { SecretString: undefined }, 'eu-west-1', 'InvalidRequestException'],
])('a put value %s is refused', async (_, change, region, code) => {
  expect(await put(change, region).catch(nameOf)).toBe(code);
  expect(aws.secret(SECRET)).toBe('first');
});

test('a secret cannot be read in another region than the region of its ARN', async () => {
  expect(await get('us-east-1').catch(nameOf)).toBe('ResourceNotFoundException');
});
