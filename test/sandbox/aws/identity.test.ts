import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetAccessKeyInfoCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type AwsOptions, type AwsSandbox, startAws } from '../../../sandbox/aws/server';

const ARN = "arn:aws:sts::111122223333:assumed-role/admin/<o'hara>";
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:Alerts';

let aws: AwsSandbox;

async function open(options: AwsOptions) {
  aws = await startAws(options);
  const credentials = { accessKeyId: 'made-up', secretAccessKey: 'made-up' };
  return { endpoint: aws.endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 };
}

afterEach(() => aws.stop());

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'no error');

test('the caller has the ARN and the account of the options', async () => {
  const sts = new STSClient(await open({ identity: ARN }));
  expect(await sts.send(new GetCallerIdentityCommand())).toMatchObject({ Arn: ARN, Account: '111122223333' });
});

test('a caller without an ARN is refused', async () => {
  const sts = new STSClient(await open({}));
  expect(await sts.send(new GetCallerIdentityCommand()).catch(nameOf)).toBe('AccessDenied');
});

test('an operation of STS that is not emulated is refused', async () => {
  const sts = new STSClient(await open({ identity: ARN }));
  const call = sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' }));
  expect(await call.catch(nameOf)).toBe('InvalidAction');
});

test('the sandbox distinguishes the forms of STS, SNS and CloudFormation', async () => {
  const config = await open({ identity: ARN, topics: { [TOPIC]: [] }, stacks: { Prod: { outputs: {} } } });
  const answers = await Promise.all([
    new STSClient(config).send(new GetCallerIdentityCommand()),
    new SNSClient(config).send(new PublishCommand({ TopicArn: TOPIC, Message: 'x' })),
    new CloudFormationClient(config).send(new DescribeStacksCommand()),
  ]);
  expect(answers).toMatchObject([{ Arn: ARN }, { MessageId: expect.any(String) }, { Stacks: [{ StackName: 'Prod' }] }]);
});
