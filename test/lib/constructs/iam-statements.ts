import type { Template } from 'aws-cdk-lib/assertions';
import type { Environment } from '../../../lib/environment/environment';
import { fullEnvironment } from '../environment/full-environment';
import { templateOf } from '../synthesize';

/** Every statement of every policy in a template, for all resources, and every managed policy of a role. */
function statementsOf(template: Template): string[] {
  const resources: Readonly<Record<string, { readonly Properties?: object }>> = template.toJSON().Resources;
  return Object.entries(resources).flatMap(([id, { Properties = {} }]) =>
    statementsIn(Properties).map((line) => `${shortName(id)}: ${line}`),
  );
}

function statementsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isPolicy(value)) return value.Statement.map(lineOf);
  return Object.entries(value).flatMap(([key, content]) =>
    key === 'ManagedPolicyArns' ? [`the policies ${textOf(content)}`] : statementsIn(content),
  );
}

interface Statement {
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: unknown;
  readonly Resource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function isPolicy(value: unknown): value is { readonly Statement: readonly Statement[] } {
  return typeof value === 'object' && value !== null && 'Statement' in value && Array.isArray(value.Statement);
}

function lineOf({ Effect, Principal, Action, Resource, Condition = {} }: Statement): string {
  const conditions = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => `${operator} ${key} ${textOf(value)}`),
  );
  return [
    `${Effect} ${textOf(Action)}`,
    ...(Resource === undefined ? [] : [`on ${textOf(Resource)}`]),
    ...(Principal === undefined ? [] : [`by ${textOf(Principal)}`]),
    ...(conditions.length === 0 ? [] : [`if ${conditions.join(' and ')}`]),
  ].join(' ');
}

/** Replaces references to resources and their ARNs by the names of the resources. No statement uses both forms. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([key, content]) => {
      if (key === 'Ref') return `<${shortName(String(content))}>`;
      if (key === 'Fn::GetAtt') return `<${shortName(String(content[0]))}>`;
      if (key === 'Fn::Join') return content[1].map(textOf).join(content[0]);
      return `${key} ${textOf(content)}`;
    })
    .join(', ');
}

/** A logical id without the path of the construct and the hash of CDK; a pseudo parameter without `AWS::`. */
function shortName(id: string): string {
  return id.replace(/^(AWS::|Auditor)/, '').replace(/[0-9A-F]{8}$/, '');
}

const PLAIN = [
  'TopicsKey: Allow kms:* on * by AWS arn:<Partition>:iam::<AccountId>:root',
  'TopicsKey: Allow kms:Decrypt, kms:GenerateDataKey* on * by Service cloudwatch.amazonaws.com if StringEquals aws:SourceAccount <AccountId>',
  'TopicsAlertsPolicy: Deny sns:Publish on <TopicsAlerts> by * if Bool aws:SecureTransport false',
  'TopicsAlertsPolicy: Allow sns:Publish on <TopicsAlerts> by Service cloudwatch.amazonaws.com if StringEquals aws:SourceAccount <AccountId>',
  'TopicsFindingsPolicy: Deny sns:Publish on <TopicsFindings> by * if Bool aws:SecureTransport false',
  'HistoryBucketPolicy: Deny s3:* on <HistoryBucket>, <HistoryBucket>/* by AWS * if Bool aws:SecureTransport false',
  'FailedRunsPolicy: Deny sqs:* on <FailedRuns> by AWS * if Bool aws:SecureTransport false',
  'AuditRole: Allow sts:AssumeRole by Service lambda.amazonaws.com',
  'AuditRoleDefaultPolicy: Allow logs:CreateLogStream, logs:PutLogEvents on <AuditLog>',
  'AuditRoleDefaultPolicy: Allow sqs:SendMessage on <FailedRuns>',
  'AuditRoleDefaultPolicy: Allow sns:Publish on <TopicsAlerts>, <TopicsFindings>',
  'AuditRoleDefaultPolicy: Allow kms:Decrypt, kms:GenerateDataKey* on <TopicsKey> if StringEquals kms:ViaService sns.<Region>.<URLSuffix>',
  'AuditRoleDefaultPolicy: Allow sns:GetTopicAttributes on <TopicsAlerts>',
  'AuditRoleDefaultPolicy: Allow s3:AbortMultipartUpload, s3:GetObject, s3:PutObject on <HistoryBucket>/sample.eu.auth0.com/*',
  'AuditRoleDefaultPolicy: Allow s3:ListBucket on <HistoryBucket>',
  'AuditRoleDefaultPolicy: Allow ssm:GetParameter on arn:<Partition>:ssm:<Region>:<AccountId>:parameter<KillSwitchParameter>',
  'AuditRoleDefaultPolicy: Allow secretsmanager:GetSecretValue on <Secret>',
  'UndeliveredPolicy: Deny sqs:* on <Undelivered> by AWS * if Bool aws:SecureTransport false',
  'SchedulerRole: Allow sts:AssumeRole by Service scheduler.amazonaws.com if StringEquals aws:SourceAccount <AccountId> and StringEquals aws:SourceArn <Schedules>',
  'SchedulerRoleDefaultPolicy: Allow lambda:InvokeFunction on <AuditFunction>',
  'SchedulerRoleDefaultPolicy: Allow sqs:SendMessage on <Undelivered>',
];

const FULL = [
  'TopicsFindingsPolicy: Deny sns:Publish on <TopicsFindings> by * if Bool aws:SecureTransport false',
  'TopicsFindingsPolicy: Allow sns:Subscribe on <TopicsFindings> by AWS arn:aws:iam::111122223333:root if StringEquals sns:Protocol sqs, lambda and StringLike sns:Endpoint arn:aws:sqs:*:111122223333:*, arn:aws:lambda:*:111122223333:function:*',
  'TopicsFindingsPolicy: Allow sns:Subscribe on <TopicsFindings> by AWS arn:aws:iam::444455556666:root if StringEquals sns:Protocol sqs, lambda and StringLike sns:Endpoint arn:aws:sqs:*:444455556666:*, arn:aws:lambda:*:444455556666:function:*',
  'TopicsChatGuardrail: Deny * on *',
  'TopicsChatRole: Allow sts:AssumeRole by Service chatbot.amazonaws.com',
  'TopicsChatRole: the policies <TopicsChatGuardrail>',
  'FailedRunsPolicy: Deny sqs:* on <FailedRuns> by AWS * if Bool aws:SecureTransport false',
  'AuditRole: Allow sts:AssumeRole by Service lambda.amazonaws.com',
  'AuditRoleDefaultPolicy: Allow logs:CreateLogStream, logs:PutLogEvents on <AuditLog>',
  'AuditRoleDefaultPolicy: Allow sqs:SendMessage on <FailedRuns>',
  'AuditRoleDefaultPolicy: Allow ec2:AssignPrivateIpAddresses, ec2:CreateNetworkInterface, ec2:DeleteNetworkInterface, ec2:DescribeNetworkInterfaces, ec2:DescribeSubnets, ec2:UnassignPrivateIpAddresses on *',
  'AuditRoleDefaultPolicy: Deny ec2:AssignPrivateIpAddresses, ec2:CreateNetworkInterface, ec2:DeleteNetworkInterface, ec2:DescribeNetworkInterfaces, ec2:DescribeSubnets, ec2:UnassignPrivateIpAddresses on * if Null lambda:SourceFunctionArn false',
  'AuditRoleDefaultPolicy: Allow sns:Publish on arn:aws:sns:eu-central-1:999999999999:everyones-alerts, <TopicsFindings>',
  'AuditRoleDefaultPolicy: Allow kms:Decrypt, kms:GenerateDataKey* on arn:aws:kms:eu-central-1:123456789012:key/66666666-7777-8888-9999-000000000000, arn:aws:kms:eu-central-1:999999999999:key/11111111-2222-3333-4444-555555555555 if StringEquals kms:ViaService sns.eu-central-1.<URLSuffix>',
  'AuditRoleDefaultPolicy: Allow sns:GetTopicAttributes on arn:aws:sns:eu-central-1:999999999999:everyones-alarms, arn:aws:sns:eu-central-1:999999999999:everyones-alerts',
  'AuditRoleDefaultPolicy: Allow s3:AbortMultipartUpload, s3:GetObject, s3:PutObject on arn:aws:s3:::old-history/full.eu.auth0.com/*',
  'AuditRoleDefaultPolicy: Allow s3:GetObject on arn:aws:s3:::old-history/login.example.com/*',
  'AuditRoleDefaultPolicy: Allow s3:PutObject on arn:aws:s3:::old-history/login.example.com/lease.json',
  'AuditRoleDefaultPolicy: Allow s3:ListBucket on arn:aws:s3:::old-history',
  'AuditRoleDefaultPolicy: Allow ssm:GetParameter on arn:aws:ssm:eu-central-1:123456789012:parameter<KillSwitchParameter>',
  'AuditRoleDefaultPolicy: Allow secretsmanager:GetSecretValue on arn:aws:secretsmanager:eu-central-1:123456789012:secret:auth0-AbC123',
  'AuditRoleDefaultPolicy: Allow securityhub:BatchImportFindings on arn:aws:securityhub:eu-central-1:123456789012:product/123456789012/default',
  'UndeliveredPolicy: Deny sqs:* on <Undelivered> by AWS * if Bool aws:SecureTransport false',
  'SchedulerRole: Allow sts:AssumeRole by Service scheduler.amazonaws.com if StringEquals aws:SourceAccount 123456789012 and StringEquals aws:SourceArn <Schedules>',
  'SchedulerRoleDefaultPolicy: Allow lambda:InvokeFunction on <AuditFunction>',
  'SchedulerRoleDefaultPolicy: Allow sqs:SendMessage on <Undelivered>',
];

const ALARM_ARNS = 'arn:<Partition>:cloudwatch:<Region>:<AccountId>:alarm:auth0-connection-auditor-sample-*';
const OF_OUR_ALARMS = `if StringEquals aws:SourceAccount <AccountId> and ArnLike aws:SourceArn ${ALARM_ARNS}`;

/** With alarm recipients, CloudWatch has rights only on the separate topic and its key. */
const APART = [
  'TopicsKey: Allow kms:* on * by AWS arn:<Partition>:iam::<AccountId>:root',
  'TopicsAlertsPolicy: Deny sns:Publish on <TopicsAlerts> by * if Bool aws:SecureTransport false',
  'TopicsFindingsPolicy: Deny sns:Publish on <TopicsFindings> by * if Bool aws:SecureTransport false',
  'TopicsAlarmsKey: Allow kms:* on * by AWS arn:<Partition>:iam::<AccountId>:root',
  `TopicsAlarmsKey: Allow kms:Decrypt, kms:GenerateDataKey* on * by Service cloudwatch.amazonaws.com ${OF_OUR_ALARMS}`,
  'TopicsAlarmsPolicy: Deny sns:Publish on <TopicsAlarms> by * if Bool aws:SecureTransport false',
  `TopicsAlarmsPolicy: Allow sns:Publish on <TopicsAlarms> by Service cloudwatch.amazonaws.com ${OF_OUR_ALARMS}`,
];

describe('the IAM statements', () => {
  test('the IAM statements of an environment without optional settings are as listed', () => {
    expect(statementsOf(templateOf())).toEqual(PLAIN);
  });

  test('the IAM statements of an environment with every setting are as listed', () => {
    expect(statementsOf(templateOf(fullEnvironment))).toEqual(FULL);
  });

  test('the IAM statements of an environment with alarm recipients are as listed', () => {
    const others = (lines: readonly string[]) => lines.filter((line) => !line.startsWith('Topics'));
    const lines = statementsOf(templateOf({ alarmRecipients: ['on-call@example.com'] }));
    expect(lines.filter((line) => line.startsWith('Topics'))).toEqual(APART);
    // The function counts the confirmed subscriptions of both topics.
    const ofBoth = others(PLAIN).map((line) => line.replace(/(GetTopicAttributes on) /, '$1 <TopicsAlarms>, '));
    expect(others(lines)).toEqual(ofBoth);
  });

  test.each([
    ['alarms go to an existing topic', { alarmsTopicArn: fullEnvironment.alarmsTopicArn ?? '' }],
    ['alerts go to an existing topic', { existingAlertsTopicArn: fullEnvironment.existingAlertsTopicArn ?? '' }],
  ])('CloudWatch gets no right if %s, whose owner manages the policy', (_where, settings) => {
    expect(statementsOf(templateOf(settings)).filter((line) => line.includes('cloudwatch'))).toEqual([]);
  });

  test('only policies in a template grant rights', () => {
    for (const template of [templateOf(), templateOf(fullEnvironment)]) {
      for (const type of ['AWS::Lambda::Permission', 'AWS::KMS::Grant']) template.resourceCountIs(type, 0);
    }
  });
});

describe('the output KeyPolicyNeeded', () => {
  const existingKeyArn = fullEnvironment.existingKeyArn ?? '';

  /** The statements that the output asks for, as lines. */
  function neededBy(settings: Partial<Environment>): string[] | undefined {
    const output = templateOf(settings).findOutputs('*').KeyPolicyNeeded;
    return output && statementsIn({ Statement: JSON.parse(textOf(output.Value)) });
  }

  const ofRole =
    'Allow kms:Decrypt, kms:GenerateDataKey* on * by AWS <AuditRole> if StringEquals kms:ViaService sns.<Region>.<URLSuffix>';
  const ofAlarms =
    'Allow kms:Decrypt, kms:GenerateDataKey* on * by Service cloudwatch.amazonaws.com if StringEquals aws:SourceAccount <AccountId>';

  test('KeyPolicyNeeded contains the statements for the role and the alarms if the key exists', () => {
    expect(neededBy({ existingKeyArn })).toEqual([ofRole, ofAlarms]);
  });

  test('KeyPolicyNeeded omits the alarms if alerts and alarms go to an existing topic', () => {
    expect(
      neededBy({ existingKeyArn, existingAlertsTopicArn: 'arn:aws:sns:eu-central-1:999999999999:alerts' }),
    ).toEqual([ofRole]);
  });

  test.each([
    ['separate recipients', { alarmRecipients: ['on-call@example.com'] }],
    ['an existing topic', { alarmsTopicArn: 'arn:aws:sns:eu-central-1:999999999999:alarms' }],
  ])('KeyPolicyNeeded omits the alarms if they have %s', (_what, settings) => {
    expect(neededBy({ existingKeyArn, ...settings })).toEqual([ofRole]);
  });

  test('KeyPolicyNeeded does not exist if the stack creates the key', () => {
    expect(neededBy({})).toBeUndefined();
  });
});
