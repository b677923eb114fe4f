import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { context } from '../../cdk.json';
import { AuditorStack } from '../../lib/auditor-stack';
import { lintEnvironments } from '../../lib/environment/lint';
import { fullEnvironment } from './environment/full-environment';
import { sampleEnvironment } from './environment/sample-environment';
import { shipped, shippedEnvironment } from './environment/shipped-environments';
import { resolveText } from './resolve';
import { createApp, STUB_BUNDLE, stackOf, templateOf, withoutRules } from './synthesize';

// Loading the CDK takes seconds, and jest loads it again for each test file. Therefore all tests with the CDK are one file.
import './constructs/alarms';
import './constructs/app-flags';
import './constructs/audit-function';
import './constructs/chat-channel';
import './constructs/connection-auditor';
import './constructs/each-setting';
import './constructs/iam-statements';
import './constructs/kill-switch';
import './constructs/monitoring';
import './constructs/partitions';
import './constructs/run-history';
import './constructs/security-hub';
import './constructs/security-page';
import './constructs/stack-share';
import './constructs/unresolved';
import '../alarms/who-hears';
import '../upgrade/kept-resources';

const teams = {
  teamId: '00000000-1111-2222-3333-444444444444',
  tenantId: '55555555-6666-7777-8888-999999999999',
  channelId: '19%3aabcdef%40thread.tacv2',
  channelName: 'Identity alerts',
};
test('the template of dev is equal to the reviewed snapshot', () => {
  const template = templateOf(shippedEnvironment('dev')).toJSON();
  const masked = JSON.stringify(template).replaceAll(/[0-9a-f]{64}/g, 'ASSET_HASH');
  expect(JSON.parse(masked)).toMatchSnapshot();
});

test('the stack has the name and the tags of its environment', () => {
  const stack = stackOf();
  expect(stack.stackName).toBe('ConnectionAuditor-sample');
  expect(stack.tags.tagValues()).toEqual({ application: 'auth0-connection-auditor', environment: 'sample' });
});

test('each tag of the environment is on every resource that accepts tags, except for the kill switch', () => {
  const resources = templateOf({ tags: { team: 'identity' } }).toJSON().Resources;
  const tagged = Object.values<{ Type: string; Properties: { Tags?: object } }>(resources)
    .filter(({ Properties }) => JSON.stringify(Properties.Tags ?? []).includes('{"Key":"team","Value":"identity"}'))
    .map(({ Type }) => Type);
  expect([...new Set(tagged)].toSorted()).toEqual([
    'AWS::CloudWatch::Alarm',
    'AWS::IAM::Role',
    'AWS::KMS::Key',
    'AWS::Lambda::Function',
    'AWS::Logs::LogGroup',
    'AWS::S3::Bucket',
    'AWS::SNS::Topic',
    'AWS::SQS::Queue',
    'AWS::Scheduler::ScheduleGroup',
    'AWS::SecretsManager::Secret',
  ]);
});

test.each([
  [{}, false],
  [{ terminationProtection: true }, true],
])('the termination protection with %j is %p', (settings, isProtected) => {
  const stack = stackOf(settings, createApp(withoutRules));
  const { root } = stack.node;
  const artifact = root instanceof App ? root.synth().getStackArtifact(stack.artifactId) : undefined;
  expect(artifact?.terminationProtection ?? false).toBe(isProtected);
});

// `cdk deploy` first looks for credentials of the account that a stack is bound to, and fails without them:
// https://docs.aws.amazon.com/cdk/v2/guide/environments.html
test.each([
  [{ account: '123456789012', region: 'eu-west-1' }, 'aws://123456789012/eu-west-1'],
  [{ account: '123456789012' }, 'aws://123456789012/unknown-region'],
  [{ region: 'eu-west-1' }, 'aws://unknown-account/eu-west-1'],
  [{}, 'aws://unknown-account/unknown-region'],
])('account and region bind the stack only if they are set: %j', (place, bound) => {
  const stack = stackOf(place, createApp(withoutRules));
  expect(stack.environment).toBe(bound);
  const { environment } =
    stack.node.root instanceof App ? stack.node.root.synth().getStackArtifact(stack.artifactId) : {};
  expect(environment?.name).toBe(bound);
});

describe('the outputs of the stack', () => {
  const READ_OPTIONS =
    ' --message-attribute-names All --max-number-of-messages 10 --wait-time-seconds 10 --visibility-timeout 0';
  const bound = templateOf({
    region: 'eu-west-1',
    existingSecretArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:auth0-AbC123',
    existingAlertsTopicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts',
  });

  test.each([
    [
      'ConfirmSubscriptions',
      'aws sns list-subscriptions-by-topic --region eu-west-1 --topic-arn arn:aws:sns:eu-west-1:123456789012:alerts',
    ],
    ['SecretArn', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:auth0-AbC123'],
    ['AlertsTopicArn', 'arn:aws:sns:eu-west-1:123456789012:alerts'],
    ['AlarmsTopicArn', 'arn:aws:sns:eu-west-1:123456789012:alerts'],
    ['CheckSetup', 'npm run audit -- check --environment sample --region eu-west-1'],
    [
      'StopWrites',
      'aws ssm put-parameter --region eu-west-1 --name /auth0-connection-auditor/sample/writes --value stop --overwrite',
    ],
    [
      'AllowWrites',
      'aws ssm put-parameter --region eu-west-1 --name /auth0-connection-auditor/sample/writes --value allow --overwrite',
    ],
    ['ListChanges', 'npm run audit -- changes --environment sample --region eu-west-1'],
    [
      'SendTestAlert',
      "aws sns publish --region eu-west-1 --topic-arn arn:aws:sns:eu-west-1:123456789012:alerts --subject 'Test alert' --message 'Test: you will receive alerts from auth0-connection-auditor.'",
    ],
  ])('the output %s has the expected value', (id, command) => {
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
    ['TailLogs', ['aws logs tail ', Match.anyValue(), ' --region eu-west-1 --since 1d --follow']],
    ['HistoryBucket', ['s3://', Match.anyValue()]],
    ['FailedRunsQueue', ['aws sqs receive-message --region eu-west-1 --queue-url ', Match.anyValue(), READ_OPTIONS]],
    ['UndeliveredQueue', ['aws sqs receive-message --region eu-west-1 --queue-url ', Match.anyValue(), READ_OPTIONS]],
  ])('the output %s is a command with a reference to a resource', (id, parts) => {
    bound.hasOutput(id, { Value: { 'Fn::Join': ['', parts] } });
  });

  test('the stack has exactly these outputs', () => {
    expect(Object.keys(bound.findOutputs('*')).sort()).toEqual([
      'AlarmsTopicArn',
      'AlertsTopicArn',
      'AllowWrites',
      'CheckSetup',
      'ConfirmSubscriptions',
      'FailedRunsQueue',
      'FindingsTopicArn',
      'FunctionName',
      'FunctionRoleArn',
      'HistoryBucket',
      'InvokeNow',
      'KillSwitchParameter',
      'ListChanges',
      'LogGroupName',
      'RunFailedAlarm',
      'SecretArn',
      'SendTestAlert',
      'StopWrites',
      'TailLogs',
      'UndeliveredQueue',
    ]);
  });

  test.each([
    ['ConfirmSubscriptions', 'alerts'],
    ['ConfirmAlarmSubscriptions', 'alarms'],
  ])('the description of %s explains the list and PendingConfirmation', (id, received) => {
    templateOf({ region: 'eu-west-1', alarmRecipients: ['on-call@example.com'] }).hasOutput(id, {
      Description: `Lists the subscribers of the ${received}; PendingConfirmation: the recipient has not opened the link in the e-mail`,
    });
  });

  test.each([
    [
      'its address in the console',
      'eu-west-1',
      'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1',
    ],
    [
      'its address in the console of China',
      'cn-north-1',
      'https://cn-north-1.console.amazonaws.cn/cloudwatch/home?region=cn-north-1',
    ],
    ['its name if the console is unknown', 'us-iso-east-1', undefined],
    ['its name if the region is unknown', undefined, undefined],
  ])('the output of a dashboard is %s', (_what, region, start) => {
    const { Dashboard } = templateOf({ dashboard: true, ...(region && { region }) }).findOutputs('Dashboard');
    const value = resolveText(Dashboard?.Value, () => 'NAME');
    expect(value).toBe(start === undefined ? 'NAME' : `${start}#dashboards:name=NAME`);
  });

  test('the output ConfirmAlarmSubscriptions exists only with alarm recipients', () => {
    const alarmsTopicArn = 'arn:aws:sns:eu-west-1:123456789012:alarms';
    const place = { region: 'eu-west-1', alarmsTopicArn };
    const withRecipients = templateOf({ ...place, alarmRecipients: ['on-call@example.com'] });
    withRecipients.hasOutput('AlarmsTopicArn', { Value: alarmsTopicArn });
    withRecipients.hasOutput('ConfirmAlarmSubscriptions', {
      Value: `aws sns list-subscriptions-by-topic --region eu-west-1 --topic-arn ${alarmsTopicArn}`,
    });
    expect(Object.keys(templateOf(place).findOutputs('*'))).not.toContain('ConfirmAlarmSubscriptions');
  });

  test('the output FillSecret exists if the stack creates the secret', () => {
    templateOf({ region: 'eu-west-1' }).hasOutput('FillSecret', {
      Value: 'npm run audit -- fill-secret --environment sample --region eu-west-1',
    });
  });

  test('an app that uses the package prints commands with npx in its outputs and messages', () => {
    const environment = { ...sampleEnvironment, region: 'eu-west-1' };
    const stack = new AuditorStack(createApp(withoutRules), environment, { bundle: STUB_BUNDLE });
    const template = Template.fromStack(stack);
    const start = 'npx auth0-connection-auditor';
    const where = '--environment sample --region eu-west-1';
    template.hasOutput('FillSecret', { Value: `${start} fill-secret ${where}` });
    template.hasOutput('CheckSetup', { Value: `${start} check ${where}` });
    template.hasOutput('ListChanges', { Value: `${start} changes ${where}` });
    expect(JSON.stringify(template.toJSON())).not.toContain('npm run');
    template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { LAUNCHER: 'package' } } });
  });

  test.each([
    ['FunctionName', /Function/],
    ['FunctionRoleArn', /AuditRole[^,]*,"Arn"/],
    ['KillSwitchParameter', /KillSwitch/],
    ['LogGroupName', /AuditLog/],
    ['FailedRunsQueue', /FailedRuns/],
    ['UndeliveredQueue', /Undelivered/],
  ])('the output %s names one resource', (id, resource) => {
    const { Value } = bound.findOutputs(id)[id] ?? {};
    expect(JSON.stringify(Value)).toMatch(resource);
  });

  test('an existing secret and topic are not created', () => {
    bound.resourceCountIs('AWS::SecretsManager::Secret', 0);
    bound.resourceCountIs('AWS::SNS::Topic', 1);
  });
});

describe('an account with account-specific rules in the context of cdk.json', () => {
  const rules = { '@aws-cdk/core:permissionsBoundary': { name: 'acme' }, '@aws-cdk/core:bootstrapQualifier': 'acme' };
  const stack = stackOf(fullEnvironment, createApp({ ...withoutRules, context: { ...context, ...rules } }));
  const template = Template.fromStack(stack);

  test('every role has the permissions boundary of the account', () => {
    template.allResourcesProperties('AWS::IAM::Role', {
      PermissionsBoundary: 'arn:aws:iam::123456789012:policy/acme',
    });
  });

  test('the code is uploaded to the bucket of the bootstrap with the qualifier', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Code: { S3Bucket: 'cdk-acme-assets-123456789012-eu-central-1' },
    });
  });
});

test('a lint warning is printed with the stack and is not an error', () => {
  const printed = jest.spyOn(console, 'error').mockImplementation();
  const stack = stackOf({ recipients: [] });
  stack.warnOf(lintEnvironments([{ ...sampleEnvironment, recipients: [] }]));
  const message = 'environments/sample.ts: recipients: no one receives alerts; found []; allowed: ';
  expect(
    Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp(message.replace('[]', '..'))),
  ).toHaveLength(1);
  expect(Annotations.fromStack(stack).findError('*', Match.anyValue())).toEqual([]);
  expect(printed.mock.calls.join()).toContain(`WARNING ${message}`);
  printed.mockRestore();
});

test('the templates of the smallest and the largest environment follow the CloudFormation rules', () => {
  const app = createApp();
  stackOf({}, app);
  stackOf(fullEnvironment, app);
  stackOf({ ...fullEnvironment, name: 'teams', chat: { teams } }, app);
  stackOf({ name: 'apart', alarmRecipients: ['on-call@example.com'], dashboard: true }, app);
  stackOf({ name: 'monthly', schedule: { cron: '0 6 1 * ? *', timeZone: 'Etc/UTC' } }, app);
  expect(() => app.synth()).not.toThrow();
});

describe('cdk-nag', () => {
  test('cdk-nag reports no error for shipped environments, a custom domain and all settings', () => {
    const app = createApp();
    const custom = { ...sampleEnvironment, name: 'custom', canonicalDomain: 't.eu.auth0.com' };
    const apart = { ...sampleEnvironment, name: 'apart', alarmRecipients: ['on-call@example.com'] };
    for (const environment of [...shipped, sampleEnvironment, custom, apart, fullEnvironment]) {
      stackOf(environment, app);
    }
    expect(nagErrors(app)).toEqual([]);
  });

  test('cdk-nag reports an error for an insecure bucket', () => {
    const app = createApp();
    new Bucket(new Stack(app, 'Careless'), 'Bucket');
    expect(nagErrors(app)).toContain('AwsSolutions-S10');
  });
});

function nagErrors(app: App): string[] {
  const pack = new AwsSolutionsChecks(app);
  return pack.validateScope(app).violations.map(({ ruleName }) => ruleName);
}
