import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type AwsSandbox, startAws } from '../../sandbox/aws/server';
import { type InstalledAws, installAws } from './install-aws';
import { type Ran, runCommand } from './run-command';

const REGION = 'eu-west-1';
const TOPIC = `arn:aws:sns:${REGION}:000000000000:alerts`;
const SECRET = `arn:aws:secretsmanager:${REGION}:000000000000:secret:auditor-AbCdEf`;
const QUEUE = `https://sqs.${REGION}.amazonaws.com/000000000000/undelivered`;
const GROUP = '/aws/lambda/auditor';

let cli: InstalledAws;
let aws: AwsSandbox;
let cwd: string;

beforeAll(() => {
  cli = installAws();
});

afterAll(() => cli.remove());

beforeEach(async () => {
  cwd = mkdtempSync(path.join(tmpdir(), 'aws-cli-work-'));
  writeFileSync(path.join(cwd, 'secret.json'), '{"client_id": "Größe"}\n');
  aws = await startAws({
    region: REGION,
    identity: 'arn:aws:sts::111122223333:assumed-role/admin/ann',
    secrets: { [SECRET]: 'first' },
    topics: { [TOPIC]: [{ protocol: 'email', endpoint: 'ann@example.invalid', confirmed: true }] },
    parameters: { '/auditor/writes': 'allow' },
    stacks: { Auditor: { outputs: { SecretArn: SECRET } } },
    functions: { auditor: async (event) => ({ event }), broken: () => Promise.reject(new Error('broken')) },
    logGroups: { [GROUP]: [{ timestamp: Date.UTC(2026, 0, 1), message: 'a line\n', stream: 'stream' }] },
    queues: { [QUEUE]: [{ body: '{}', attributes: { ERROR_CODE: 'made-up' } }] },
    alarms: { RunFailed: { alarmActions: [{ topicArn: TOPIC }] } },
  });
});

afterEach(async () => {
  rmSync(cwd, { recursive: true });
  await aws.stop();
});

/** Runs a command in an environment without other variables. */
function run(command: string, change: { readonly [name: string]: string } = {}): Promise<Ran> {
  const env = {
    PATH: `${cli.path}:/usr/bin:/bin`,
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: 'made-up',
    AWS_SECRET_ACCESS_KEY: 'made-up',
    ...change,
  };
  return runCommand(command, { env, cwd });
}

const outputOf = async (command: string) => JSON.parse((await run(`${command} --region ${REGION}`)).stdout);

test('the shell finds the stand-in for aws', async () => {
  expect(await run('aws --version')).toMatchObject({ code: 0, stdout: expect.stringContaining('stand-in') });
});

describe('a valid command', () => {
  const EFFECTS: readonly [command: string, effect: () => unknown, expected: unknown][] = [
    [
      `aws secretsmanager put-secret-value --secret-id ${SECRET} --secret-string file://secret.json`,
      () => aws.secret(SECRET),
      '{"client_id": "Größe"}\n',
    ],
    [`aws secretsmanager put-secret-value --secret-id=${SECRET} --secret-string=x=y`, () => aws.secret(SECRET), 'x=y'],
    [
      `aws sns publish --topic-arn ${TOPIC} --subject 'Test alert' --message 'It'"'"'s a test'`,
      () => aws.published.map(({ subject, message }) => [subject, message]),
      [['Test alert', "It's a test"]],
    ],
    [
      `aws sns publish --topic-arn ${TOPIC} --message-structure json --message '{"default":"a"}'`,
      () => aws.published.map(({ messageStructure }) => messageStructure),
      ['json'],
    ],
    [
      `aws sns publish --topic-arn ${TOPIC} --message '- a word'`,
      () => aws.published.map(({ message }) => message),
      ['- a word'],
    ],
    [
      `aws sns subscribe --topic-arn ${TOPIC} --protocol email --notification-endpoint ben@example.invalid`,
      () => aws.subscriptions(TOPIC).at(-1),
      { protocol: 'email', endpoint: 'ben@example.invalid', confirmed: false },
    ],
    [
      'aws ssm put-parameter --name /auditor/writes --value stop --overwrite',
      () => aws.parameter('/auditor/writes'),
      'stop',
    ],
    [
      'aws ssm put-parameter --name /new --value stop --type String --no-overwrite',
      () => aws.parameter('/new'),
      'stop',
    ],
    [
      'aws lambda invoke --function-name auditor --invocation-type Event /dev/null',
      () => aws.invocations,
      [{ functionName: 'auditor', type: 'Event', event: {} }],
    ],
    [
      `aws lambda invoke --function-name auditor --cli-binary-format raw-in-base64-out --payload '{"a":1}' out.json`,
      () => readFileSync(path.join(cwd, 'out.json'), 'utf8'),
      '{"event":{"a":1}}',
    ],
    [
      'aws lambda invoke --function-name auditor --payload fileb://secret.json --cli-read-timeout 0 out.json',
      () => JSON.parse(readFileSync(path.join(cwd, 'out.json'), 'utf8')),
      { event: { client_id: 'Größe' } },
    ],
    [
      'aws cloudwatch set-alarm-state --alarm-name RunFailed --state-value ALARM --state-reason test',
      () => aws.published.map(({ subject }) => subject),
      [`ALARM: "RunFailed" in ${REGION}`],
    ],
  ];

  it.each(EFFECTS)('%s has its effect', async (command, effect, expected) => {
    expect(await run(`${command} --region ${REGION}`)).toMatchObject({ code: 0, stderr: '' });
    expect(effect()).toEqual(expected);
  });
});

describe('the output of a command', () => {
  const PRINTED: readonly [command: string, expected: object][] = [
    ['aws sts get-caller-identity', { Account: '111122223333' }],
    [
      `aws sns list-subscriptions-by-topic --topic-arn ${TOPIC}`,
      { Subscriptions: [{ Endpoint: 'ann@example.invalid' }] },
    ],
    ['aws ssm get-parameter --name /auditor/writes', { Parameter: { Value: 'allow', Version: 1 } }],
    [
      'aws ssm get-parameter --no-cli-pager --output json --name /auditor/writes',
      { Parameter: { LastModifiedDate: '2026-01-01T00:00:00+00:00' } },
    ],
    [
      'aws ssm get-parameter-history --name /auditor/writes',
      { Parameters: [{ Value: 'allow', LastModifiedUser: 'arn:aws:sts::111122223333:assumed-role/admin/ann' }] },
    ],
    [
      'aws cloudformation describe-stacks --stack-name Auditor',
      { Stacks: [{ StackName: 'Auditor', Outputs: [{ OutputKey: 'SecretArn', OutputValue: SECRET }] }] },
    ],
    ['aws lambda get-account-settings', { AccountLimit: { UnreservedConcurrentExecutions: 10 } }],
    [
      `aws sqs receive-message --queue-url ${QUEUE} --message-attribute-names All --max-number-of-messages 10 --wait-time-seconds 10 --visibility-timeout 0`,
      { Messages: [{ Body: '{}', MessageAttributes: { ERROR_CODE: { StringValue: 'made-up' } } }] },
    ],
    ['aws lambda invoke --function-name auditor /dev/null', { StatusCode: 200, ExecutedVersion: '$LATEST' }],
    ['aws lambda invoke --function-name broken /dev/null', { StatusCode: 200, FunctionError: 'Unhandled' }],
    ['aws cloudwatch describe-alarms --alarm-names RunFailed Other', { MetricAlarms: [{ StateValue: 'OK' }] }],
    ['aws cloudwatch describe-alarm-history --alarm-name RunFailed', { AlarmHistoryItems: [] }],
  ];

  it.each(PRINTED)('%s prints its result', async (command, expected) => {
    expect(await outputOf(command)).toMatchObject(expected);
  });

  it('aws lambda invoke prints the payload if the file is the standard output', async () => {
    const { stdout } = await run(`aws lambda invoke --function-name auditor /dev/stdout --region ${REGION}`);
    expect(stdout).toMatch(/^\{"event":\{\}\}\{\n {4}"/);
  });

  it.each([
    ['', ''],
    ['--visibility-timeout 30', ''],
    ['--visibility-timeout 0', expect.stringContaining('"Body": "{}"')],
  ])(
    'a second reader of a queue gets the message if the first reader did not hide it: "%s"',
    async (option, printed) => {
      const command = `aws sqs receive-message --queue-url ${QUEUE} ${option} --region ${REGION}`;
      expect((await run(command)).stdout).toContain('"Body": "{}"');
      expect((await run(command)).stdout).toEqual(printed);
    },
  );

  it('aws sns list-subscriptions-by-topic prints the subscriptions of all pages', async () => {
    for (let n = 0; n < 100; n += 1) {
      const form = {
        Action: 'Subscribe',
        Version: '2010-03-31',
        TopicArn: TOPIC,
        Protocol: 'email',
        Endpoint: `${n}@x`,
      };
      const headers = { authorization: 'AWS4-HMAC-SHA256 made-up' };
      await fetch(aws.endpoint, { method: 'POST', headers, body: new URLSearchParams(form) });
    }
    const { Subscriptions } = await outputOf(`aws sns list-subscriptions-by-topic --topic-arn ${TOPIC}`);
    expect(Subscriptions).toHaveLength(101);
  });

  it.each([
    ['--follow --since 2025-12-31T00:00:00Z', '2026-01-01T00:00:00.000000+00:00 stream a line\n'],
    ['--since 99999d --format short', '2026-01-01T00:00:00 a line\n'],
    ['--follow --since 1h', ''],
    ['', ''],
  ])('aws logs tail prints the events of a log group once: %s', async (options, printed) => {
    expect(await run(`aws logs tail ${GROUP} ${options} --region ${REGION}`)).toEqual({
      code: 0,
      stdout: printed,
      stderr: '',
    });
  });
});

describe('a wrong command', () => {
  const USAGE: readonly [command: string, problem: string][] = [
    ['aws', 'the following arguments are required: command'],
    ['aws sns', 'the following arguments are required: operation'],
    ['aws pigeon send', "argument command: Found invalid choice 'pigeon'"],
    ['aws sns publsh', "argument operation: Found invalid choice 'publsh'"],
    ['aws sns list-subscriptions-by-topic', 'the following arguments are required: --topic-arn'],
    [`aws sns publish --topic-arn ${TOPIC}`, 'the following arguments are required: --message'],
    ['aws sns publish --message', 'argument --message: expected one argument'],
    ['aws sns publish --message --subject a', 'argument --message: expected one argument'],
    ['aws sns publish --message -a', 'argument --message: expected one argument'],
    ['aws sns publish --message a b', 'Unknown options: b'],
    ['aws sns publish --message a --topic x', 'Unknown options: --topic, x'],
    ['aws sns publish --message a --endpoint x', 'Unknown options: --endpoint, x'],
    [`aws sns subscribe --topic-arn ${TOPIC} --endpoint a@b --protocol email`, 'Unknown options: --endpoint, a@b'],
    ['aws ssm put-parameter --name a --value b --overwrite=yes', "ignored explicit argument 'yes'"],
    ['aws ssm get-parameter --nam a', 'the following arguments are required: --name'],
    ['aws lambda invoke --function-name auditor', 'the following arguments are required: outfile'],
    ['aws lambda invoke --function-name auditor --cli-read-timeout none out', "invalid int value: 'none'"],
    ["aws lambda invoke --function-name auditor --payload '{}' out", 'Invalid base64: "{}"'],
    ['aws logs tail --follow', 'the following arguments are required: group_name'],
    [`aws logs tail ${GROUP} --no-follow`, 'Unknown options: --no-follow'],
    [`aws logs tail ${GROUP} --since yesterday`, 'Invalid timestamp "yesterday"'],
    ['aws cloudwatch describe-alarms --alarm-names', 'argument --alarm-names: expected at least one argument'],
    ['aws sts get-caller-identity --output text', "argument --output: Found invalid choice 'text'"],
    [
      `aws secretsmanager put-secret-value --secret-id ${SECRET} --secret-string file://absent.json`,
      "Unable to load paramfile file://absent.json: [Errno 2] No such file or directory: 'absent.json'",
    ],
    [
      `aws secretsmanager put-secret-value --secret-id ${SECRET} --secret-string fileb://secret.json`,
      'Parameter validation failed',
    ],
  ];
  const SERVICE: readonly [command: string, problem: string][] = [
    [
      'aws ssm put-parameter --name /auditor/writes --value stop',
      '(ParameterAlreadyExists) when calling the PutParameter operation: The parameter already exists.',
    ],
    [`aws sns publish --topic-arn ${TOPIC}-other --message a`, '(NotFound) when calling the Publish operation'],
    [
      `aws sns publish --topic-arn ${TOPIC} --subject Größe --message a`,
      '(InvalidParameter) when calling the Publish operation: Invalid parameter: Subject',
    ],
    [
      'aws cloudformation describe-stacks --stack-name Other',
      '(ValidationError) when calling the DescribeStacks operation: Stack with id Other does not exist',
    ],
    [
      'aws lambda invoke --function-name auditor --invocation-type Evnt out',
      '(InvalidParameterValueException) when calling the Invoke operation',
    ],
    [
      `aws sqs receive-message --queue-url ${QUEUE} --wait-time-seconds 21`,
      '(InvalidParameterValue) when calling the ReceiveMessage operation: Value 21 for parameter WaitTimeSeconds is invalid.',
    ],
    [
      `aws sqs receive-message --queue-url ${QUEUE}-other`,
      '(AWS.SimpleQueueService.NonExistentQueue) when calling the ReceiveMessage operation',
    ],
    ['aws logs tail /other --follow', '(ResourceNotFoundException) when calling the FilterLogEvents operation'],
    [
      'aws cloudwatch set-alarm-state --alarm-name Other --state-value ALARM --state-reason a',
      '(ResourceNotFound) when calling the SetAlarmState operation',
    ],
  ];

  it.each(USAGE)('%s is refused before any call with 252', async (command, problem) => {
    const ran = await run(`${command}`, { AWS_REGION: REGION });
    expect(ran).toMatchObject({ code: 252, stdout: '', stderr: expect.stringContaining(problem) });
    expect(aws.calls).toEqual([]);
  });

  it.each(SERVICE)('%s is refused by the service with 254', async (command, problem) => {
    const ran = await run(command, { AWS_REGION: REGION });
    expect(ran).toMatchObject({ code: 254, stderr: expect.stringContaining(`An error occurred ${problem}`) });
  });
});

describe('the environment', () => {
  const READ = 'aws ssm get-parameter --name /auditor/writes';

  it.each<[claim: string, command: string, change: { readonly [name: string]: string }, code: number, stderr: string]>([
    ['without a region', READ, {}, 253, 'You must specify a region.'],
    ['with AWS_REGION', READ, { AWS_REGION: REGION }, 0, ''],
    ['with AWS_DEFAULT_REGION', READ, { AWS_DEFAULT_REGION: REGION }, 0, ''],
    [
      'with both region variables',
      READ,
      { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: REGION },
      254,
      'ParameterNotFound',
    ],
    ['with another region than --region', `${READ} --region ${REGION}`, { AWS_REGION: 'us-east-1' }, 0, ''],
    ['without credentials', READ, { AWS_REGION: REGION, AWS_ACCESS_KEY_ID: '' }, 253, 'Unable to locate credentials.'],
    [
      'with an endpoint elsewhere',
      READ,
      { AWS_REGION: REGION, AWS_ENDPOINT_URL: 'https://example.invalid' },
      255,
      'The stand-in connects only to AWS_ENDPOINT_URL on this machine.',
    ],
    [
      'with an endpoint on which no server listens',
      READ,
      { AWS_REGION: REGION, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
      255,
      'ECONNREFUSED',
    ],
  ])('a command %s exits like the AWS CLI', async (_, command, change, code, stderr) => {
    expect(await run(command, change)).toMatchObject({ code, stderr: expect.stringContaining(stderr) });
  });
});
