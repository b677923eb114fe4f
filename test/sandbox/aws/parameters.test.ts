import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type AwsSandbox, startAws } from '../../../sandbox/aws/server';

const NAME = '/auditor/prod/writes';

let aws: AwsSandbox;
let ssm: SSMClient;
let stacks: CloudFormationClient;

beforeEach(async () => {
  aws = await startAws({
    parameters: { [NAME]: 'allow' },
    stacks: { Prod: { outputs: { SetStop: "aws ssm put-parameter --name '<a&b>'" } }, Dev: { outputs: {} } },
  });
  const config = {
    endpoint: aws.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'made-up', secretAccessKey: 'made-up' },
    maxAttempts: 1,
  };
  ssm = new SSMClient(config);
  stacks = new CloudFormationClient(config);
});

afterEach(async () => {
  ssm.destroy();
  stacks.destroy();
  await aws.stop();
});

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'no error');
const read = async (name = NAME) => (await ssm.send(new GetParameterCommand({ Name: name }))).Parameter;
const describeStacks = async (StackName?: string) =>
  (await stacks.send(new DescribeStacksCommand({ StackName }))).Stacks;

test('a parameter is read, changed, missed and deleted', async () => {
  expect(await read()).toMatchObject({ Name: NAME, Value: 'allow', Version: 1, Type: 'String' });
  aws.setParameter(NAME, 'stop');
  expect(await read()).toMatchObject({ Value: 'stop', Version: 2 });
  expect(await read('/auditor/dev/writes').catch(nameOf)).toBe('ParameterNotFound');
  aws.setParameter(NAME, undefined);
  expect(await read().catch(nameOf)).toBe('ParameterNotFound');
});

test.each(['AccessDeniedException', 'ThrottlingException'])('a scripted %s is told by its name', async (code) => {
  aws.failNext('GetParameter', { status: 400, code, message: 'no' });
  expect(await read().catch(nameOf)).toBe(code);
  expect((await read())?.Value).toBe('allow');
});

test('a stack tells its outputs, and one that is not deployed is missed', async () => {
  expect(await describeStacks('Prod')).toMatchObject([
    { StackName: 'Prod', Outputs: [{ OutputKey: 'SetStop', OutputValue: "aws ssm put-parameter --name '<a&b>'" }] },
  ]);
  expect((await describeStacks())?.map(({ StackName }) => StackName)).toEqual(['Prod', 'Dev']);
  expect(await describeStacks('Absent').catch(nameOf)).toBe('ValidationError');
});

test('a stack that may not be read is told by its error', async () => {
  aws.failNext('DescribeStacks', { status: 403, code: 'AccessDenied', message: 'no' });
  expect(await describeStacks('Prod').catch(nameOf)).toBe('AccessDenied');
});
