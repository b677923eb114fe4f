import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  GetParameterCommand,
  GetParameterHistoryCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { type AwsSandbox, startAws } from '../../../sandbox/aws/server';
import { nameOf, signAs } from './sign-as';

const NAME = '/auditor/prod/writes';

let aws: AwsSandbox;
let ssm: SSMClient;
let stacks: CloudFormationClient;

beforeEach(async () => {
  aws = await startAws({
    parameters: { [NAME]: 'allow' },
    stacks: { Prod: { outputs: { SetStop: "aws ssm put-parameter --name '<a&b>'" } }, Dev: { outputs: {} } },
  });
  ssm = new SSMClient(signAs('eu-west-1', aws));
  stacks = new CloudFormationClient(signAs('eu-west-1', aws));
});

afterEach(async () => {
  ssm.destroy();
  stacks.destroy();
  await aws.stop();
});

const read = async (name = NAME) => (await ssm.send(new GetParameterCommand({ Name: name }))).Parameter;
const describeStacks = async (StackName?: string) =>
  (await stacks.send(new DescribeStacksCommand({ StackName }))).Stacks;

test('a parameter can be read, changed and deleted, and a missing parameter is an error', async () => {
  expect(await read()).toMatchObject({ Name: NAME, Value: 'allow', Version: 1, Type: 'String' });
  aws.setParameter(NAME, 'stop');
  expect(await read()).toMatchObject({ Value: 'stop', Version: 2 });
  expect(await read('/auditor/dev/writes').catch(nameOf)).toBe('ParameterNotFound');
  aws.setParameter(NAME, undefined);
  expect(await read().catch(nameOf)).toBe('ParameterNotFound');
});

test.each(['AccessDeniedException', 'ThrottlingException'])(
  'the client throws a scripted %s by its name',
  async (code) => {
    aws.failNext('GetParameter', { status: 400, code, message: 'no' });
    expect(await read().catch(nameOf)).toBe(code);
    expect((await read())?.Value).toBe('allow');
  },
);

test('a stack returns its outputs, and a stack that is not deployed is an error', async () => {
  expect(await describeStacks('Prod')).toMatchObject([
    { StackName: 'Prod', Outputs: [{ OutputKey: 'SetStop', OutputValue: "aws ssm put-parameter --name '<a&b>'" }] },
  ]);
  expect((await describeStacks())?.map(({ StackName }) => StackName)).toEqual(['Prod', 'Dev']);
  expect(await describeStacks('Absent').catch(nameOf)).toBe('ValidationError');
});

test('a stack without permission to read is the error AccessDenied', async () => {
  aws.failNext('DescribeStacks', { status: 403, code: 'AccessDenied', message: 'no' });
  expect(await describeStacks('Prod').catch(nameOf)).toBe('AccessDenied');
});

const put = (change: Partial<PutParameterCommandInput>) =>
  ssm.send(new PutParameterCommand({ Name: NAME, Value: 'stop', ...change })).then(({ Version }) => Version, nameOf);

test.each<[claim: string, change: Partial<PutParameterCommandInput>, outcome: unknown, value: string | undefined]>([
  ['over an existing parameter', { Overwrite: true }, 2, 'stop'],
  ['over an existing parameter without Overwrite', {}, 'ParameterAlreadyExists', 'allow'],
  ['as a new parameter', { Name: '/new', Type: 'String' }, 1, 'stop'],
  ['as a new parameter without a type', { Name: '/new', Overwrite: true }, 'ValidationException', undefined],
  ['without a value', { Value: '', Overwrite: true }, 'ValidationException', 'allow'],
])('the result is correct for a parameter that is put %s', async (_, change, outcome, value) => {
  expect(await put(change)).toBe(outcome);
  expect(aws.parameter(change.Name ?? NAME)).toBe(value);
});

test('the version of a parameter counts up', async () => {
  expect([await put({ Overwrite: true }), await put({ Overwrite: true, Value: 'allow' })]).toEqual([2, 3]);
  expect(await read()).toMatchObject({ Value: 'allow', Version: 3 });
});

test('the history of a parameter lists each value, the oldest first, with its author', async () => {
  const ann = 'arn:aws:iam::000000000000:user/ann';
  const owned = await startAws({ parameters: { [NAME]: 'allow' }, identity: ann });
  const client = new SSMClient(signAs('eu-west-1', owned));
  owned.setParameter(NAME, 'stop');
  const historyOf = (Name: string) => client.send(new GetParameterHistoryCommand({ Name }));
  expect((await historyOf(NAME)).Parameters).toMatchObject([
    { Value: 'allow', Version: 1, LastModifiedUser: ann },
    { Value: 'stop', Version: 2, LastModifiedUser: ann, LastModifiedDate: new Date('2026-01-01') },
  ]);
  expect(await historyOf('/absent').catch(nameOf)).toBe('ParameterNotFound');
  client.destroy();
  await owned.stop();
});

describe('in a region', () => {
  const STACKS = { Here: { outputs: {} }, There: { region: 'us-east-1', outputs: {} } };
  let regional: AwsSandbox;
  beforeEach(async () => {
    regional = await startAws({ region: 'eu-west-1', parameters: { [NAME]: 'allow' }, stacks: STACKS });
  });
  afterEach(() => regional.stop());

  test.each([
    ['eu-west-1', 'stop'],
    ['us-east-1', 'allow'],
  ])('the value of a parameter that is put from %s is %s', async (region, value) => {
    const client = new SSMClient(signAs(region, regional));
    const sent = client.send(new PutParameterCommand({ Name: NAME, Value: 'stop', Overwrite: true })).catch(nameOf);
    expect(await sent).toEqual(region === 'eu-west-1' ? expect.anything() : 'ValidationException');
    expect(regional.parameter(NAME)).toBe(value);
  });

  test.each([
    ['eu-west-1', true],
    ['us-east-1', false],
  ])('a parameter can be read from %s: %s', async (region, isThere) => {
    const { Parameter } = await new SSMClient(signAs(region, regional))
      .send(new GetParameterCommand({ Name: NAME }))
      .catch(() => ({ Parameter: undefined }));
    expect(Parameter?.ARN).toBe(isThere ? `arn:aws:ssm:eu-west-1:000000000000:parameter${NAME}` : undefined);
  });

  test.each([
    ['the region of the sandbox, from that region,', 'Here', 'eu-west-1', true],
    ['the region of the sandbox, from another region,', 'Here', 'us-east-1', false],
    ['another region, from that region,', 'There', 'us-east-1', true],
    ['another region, from the region of the sandbox,', 'There', 'eu-west-1', false],
  ])('a stack in %s is found or missing', async (_, StackName, region, isThere) => {
    const client = new CloudFormationClient(signAs(region, regional));
    const answer = await client.send(new DescribeStacksCommand({ StackName })).catch((error: Error) => error.message);
    if (!isThere) return expect(answer).toBe(`Stack with id ${StackName} does not exist`);
    const id = new RegExp(`^arn:aws:cloudformation:${region}:000000000000:stack/${StackName}/[0-9a-f-]{36}$`);
    expect(answer).toMatchObject({ Stacks: [{ StackName, StackId: expect.stringMatching(id) }] });
    expect((await client.send(new DescribeStacksCommand())).Stacks?.map((stack) => stack.StackName)).toEqual([
      StackName,
    ]);
  });

  test('a stack is found by its id', async () => {
    const client = new CloudFormationClient(signAs('eu-west-1', regional));
    const [stack] = (await client.send(new DescribeStacksCommand({ StackName: 'Here' }))).Stacks ?? [];
    const again = await client.send(new DescribeStacksCommand({ StackName: stack?.StackId }));
    expect(again.Stacks).toEqual([stack]);
  });
});
