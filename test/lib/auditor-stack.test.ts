import { type App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { environments } from '../../environments';
import { AuditorStack } from '../../lib/auditor-stack';
import { findEnvironment } from '../../lib/environment';
import { sampleEnvironment } from './sample-environment';
import { createApp, templateOf } from './synthesize';

test('the template of dev is as it was reviewed', () => {
  const template = Template.fromStack(new AuditorStack(createApp(), findEnvironment(environments, 'dev'))).toJSON();
  const masked = JSON.stringify(template).replaceAll(/[0-9a-f]{64}/g, 'ASSET_HASH');
  expect(JSON.parse(masked)).toMatchSnapshot();
});

test('the stack is named for its environment and tagged', () => {
  const stack = new AuditorStack(createApp(), sampleEnvironment);
  expect(stack.stackName).toBe('ConnectionAuditor-sample');
  expect(stack.tags.tagValues()).toEqual({ application: 'auth0-connection-auditor', environment: 'sample' });
});

test('account and region bind the stack where they are given, and only there', () => {
  const bound = new AuditorStack(createApp(), { ...sampleEnvironment, account: '123456789012', region: 'eu-west-1' });
  expect(bound.environment).toBe('aws://123456789012/eu-west-1');
  expect(new AuditorStack(createApp(), sampleEnvironment).environment).toBe('aws://unknown-account/unknown-region');
});

describe('the outputs are the commands a person needs next', () => {
  const bound = templateOf({
    region: 'eu-west-1',
    existingSecretArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:auth0-AbC123',
    existingAlertsTopicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts',
  });

  test.each([
    [
      'FillSecret',
      'aws secretsmanager put-secret-value --region eu-west-1 --secret-id arn:aws:secretsmanager:eu-west-1:123456789012:secret:auth0-AbC123 --secret-string file://credentials.json',
    ],
    [
      'ConfirmSubscriptions',
      'aws sns list-subscriptions-by-topic --region eu-west-1 --topic-arn arn:aws:sns:eu-west-1:123456789012:alerts',
    ],
    [
      'SendTestAlert',
      "aws sns publish --region eu-west-1 --topic-arn arn:aws:sns:eu-west-1:123456789012:alerts --subject 'Test alert' --message 'Alerts of auth0-connection-auditor reach you.'",
    ],
  ])('%s', (id, command) => {
    bound.hasOutput(id, { Value: command });
  });

  test.each([
    [
      'InvokeNow',
      [
        'aws lambda invoke --region eu-west-1 --function-name ',
        Match.anyValue(),
        ' --invocation-type RequestResponse --cli-read-timeout 0 /dev/stdout',
      ],
    ],
    ['TailLogs', ['aws logs tail --region eu-west-1 ', Match.anyValue(), ' --follow']],
  ])('%s', (id, parts) => {
    bound.hasOutput(id, { Value: { 'Fn::Join': ['', parts] } });
  });

  test('and each says what it does; the one on subscriptions, that each must be confirmed', () => {
    expect(Object.keys(bound.findOutputs('*')).sort()).toEqual([
      'ConfirmSubscriptions',
      'FillSecret',
      'FindingsTopicArn',
      'InvokeNow',
      'SendTestAlert',
      'TailLogs',
    ]);
    bound.hasOutput('ConfirmSubscriptions', { Description: Match.stringLikeRegexp('must follow its link') });
  });

  test('an existing secret and topic are not created', () => {
    bound.resourceCountIs('AWS::SecretsManager::Secret', 0);
    bound.resourceCountIs('AWS::SNS::Topic', 1);
  });
});

describe('the setup warning', () => {
  const warnings = (domain: string) =>
    Annotations.fromStack(new AuditorStack(createApp(), { ...sampleEnvironment, domain })).findWarning(
      '*',
      Match.stringLikeRegexp('SETUP NEEDED'),
    );

  test('is given for a domain that nobody has named yet', () => {
    expect(warnings('your-tenant-dev.invalid')).toHaveLength(1);
  });

  test('is not given for a tenant', () => {
    expect(warnings('sample.eu.auth0.com')).toHaveLength(0);
  });
});

describe('cdk-nag', () => {
  test('has nothing to object to, in any shipped environment', () => {
    const app = createApp();
    for (const environment of [...environments, sampleEnvironment]) {
      new AuditorStack(app, environment);
    }
    expect(nagErrors(app)).toEqual([]);
  });

  test('would object if it had to, or the test above would prove nothing', () => {
    const app = createApp();
    new Bucket(new Stack(app, 'Careless'), 'Bucket');
    expect(nagErrors(app)).toContain('AwsSolutions-S10');
  });
});

function nagErrors(app: App): string[] {
  const pack = new AwsSolutionsChecks(app);
  return pack.validateScope(app).violations.map(({ ruleName }) => ruleName);
}
