import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { fingerprint } from '../../../lambda/fingerprint';
import type { Schedule } from '../../../lib/environment/schedule';
import { withDefaults } from '../../../lib/environment/with-defaults';
import { sampleEnvironment } from '../environment/sample-environment';
import { templateOf, templateOfConstruct } from '../synthesize';

const sample = templateOf();

/** The logical id of the only resource of that type whose id or construct path contains the word. */
function idOf(type: string, word: string, template: Template = sample): string {
  const ids = Object.keys(template.findResources(type)).filter((id) => id.includes(word));
  expect(ids).toHaveLength(1);
  return ids[0] ?? '';
}

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const key = arnOf(idOf('AWS::KMS::Key', 'Key'));
const alerts = { Ref: idOf('AWS::SNS::Topic', 'Alerts') };
const findings = { Ref: idOf('AWS::SNS::Topic', 'Findings') };
const secret = { Ref: idOf('AWS::SecretsManager::Secret', 'Secret') };
const log = idOf('AWS::Logs::LogGroup', 'Log');
const failedRuns = arnOf(idOf('AWS::SQS::Queue', 'FailedRuns'));
const undelivered = arnOf(idOf('AWS::SQS::Queue', 'Undelivered'));
const lambda = idOf('AWS::Lambda::Function', 'Function');
const bucket = idOf('AWS::S3::Bucket', 'History');
const killSwitch = idOf('AWS::SSM::Parameter', 'KillSwitch');
const PAUSED = { ...sampleEnvironment.schedule, enabled: false };
const MONTHLY: Schedule = { cron: '0 6 1 * ? *', timeZone: 'America/New_York' };
const ownAccount = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };

/** The statements of the policy of that role. Fails if the role also has managed policies. */
function statementsOf(role: string, template: Template = sample): unknown[] {
  const roles = template.findResources('AWS::IAM::Role');
  expect(roles[role]?.Properties.ManagedPolicyArns).toBeUndefined();
  const policies = Object.values(template.findResources('AWS::IAM::Policy')).filter((policy) =>
    policy.Properties.Roles.some((attached: { Ref: string }) => attached.Ref === role),
  );
  expect(policies).toHaveLength(1);
  return policies[0]?.Properties.PolicyDocument.Statement;
}

describe('the secret', () => {
  test('the placeholder of the secret never changes, because a change would overwrite the credentials', () => {
    sample.hasResourceProperties('AWS::SecretsManager::Secret', {
      SecretString: '{"client_id":"REPLACE_ME","client_secret":"REPLACE_ME"}',
    });
  });

  test('the secret has no fixed name and is retained, so that a deployment after destroy succeeds', () => {
    sample.hasResource('AWS::SecretsManager::Secret', {
      Properties: { Name: Match.absent() },
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('the logical id of the secret stays the same, because another id creates another, empty secret', () => {
    expect(secret.Ref).toBe('AuditorSecret11D647D4');
  });
});

describe('the topics', () => {
  test('the stack has two topics, both encrypted with its key', () => {
    sample.resourceCountIs('AWS::SNS::Topic', 2);
    sample.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: key });
  });

  test('the key of the topics is rotated', () => {
    sample.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
  });

  test.each([
    ['alerts', alerts],
    ['findings', findings],
  ])('the topic %s refuses messages without TLS', (_name, topic) => {
    sample.hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [topic],
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Principal: '*',
            Action: 'sns:Publish',
            Resource: topic,
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      },
    });
  });

  test('the alerts topic allows the alarms of this account to publish', () => {
    sample.hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [alerts],
      PolicyDocument: {
        Statement: Match.arrayWith([
          {
            Sid: 'CloudWatchAlarmsOfThisAccount',
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: alerts,
            Condition: ownAccount,
          },
        ]),
      },
    });
  });

  test('the key of the topics allows the account and its alarms', () => {
    const [policy] = Object.values(sample.findResources('AWS::KMS::Key'));
    expect(policy?.Properties.KeyPolicy.Statement).toEqual([
      expect.objectContaining({ Effect: 'Allow', Action: 'kms:*', Resource: '*' }),
      {
        Sid: 'CloudWatchAlarmsOfThisAccount',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Resource: '*',
        Condition: ownAccount,
      },
    ]);
  });

  test('alarm recipients add a topic with a separate rotated key, regardless of the key of the other topics', () => {
    for (const existingKeyArn of [
      undefined,
      'arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555',
    ]) {
      const apart = templateOf({ alarmRecipients: ['on-call@example.com'], existingKeyArn });
      apart.resourceCountIs('AWS::SNS::Topic', 3);
      apart.allResourcesProperties('AWS::KMS::Key', { EnableKeyRotation: true });
      apart.hasResourceProperties('AWS::SNS::Topic', {
        DisplayName: 'Auth0 connection auditor alarms (sample)',
        KmsMasterKeyId: arnOf(idOf('AWS::KMS::Key', 'AlarmsKey', apart)),
      });
    }
  });

  test('an empty list of alarm recipients adds a topic without subscribers', () => {
    const template = templateOf({ alarmRecipients: [] });
    template.resourceCountIs('AWS::SNS::Topic', 3);
    template.resourceCountIs('AWS::SNS::Subscription', 1);
  });

  test('an existing topic of the alarms only gets the alarm recipients as subscribers', () => {
    const alarmsTopicArn = 'arn:aws:sns:eu-central-1:123456789012:everyones-alarms';
    const template = templateOf({ alarmsTopicArn, alarmRecipients: ['on-call@example.com'] });
    template.resourceCountIs('AWS::SNS::Topic', 2);
    template.resourceCountIs('AWS::KMS::Key', 1);
    template.resourceCountIs('AWS::SNS::TopicPolicy', 2);
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'on-call@example.com',
      TopicArn: alarmsTopicArn,
    });
  });

  test('each recipient is subscribed to the alerts, and no one to the findings', () => {
    const template = templateOf({ recipients: ['a@example.com', 'b@example.com'] });
    template.resourceCountIs('AWS::SNS::Subscription', 2);
    for (const Endpoint of ['a@example.com', 'b@example.com']) {
      template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint, TopicArn: alerts });
    }
  });
});

describe('the queues', () => {
  test('the stack has two encrypted queues, which keep messages for 14 days', () => {
    sample.resourceCountIs('AWS::SQS::Queue', 2);
    sample.allResourcesProperties('AWS::SQS::Queue', {
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 86400,
    });
  });

  test('the queues refuse requests without TLS', () => {
    sample.resourceCountIs('AWS::SQS::QueuePolicy', 2);
    sample.allResourcesProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 'sqs:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ],
      },
    });
  });
});

describe('the function', () => {
  test('the function has Node 24, arm64, 1,024 MB, a limit of 15 minutes and a JSON log in its own log group', () => {
    sample.resourceCountIs('AWS::Lambda::Function', 1);
    sample.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Timeout: 900,
      MemorySize: 1024,
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: log } },
    });
  });

  test('the log of the function is kept for the days that the environment sets', () => {
    templateOf({ logRetentionDays: 400 }).hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 400 });
  });

  test('the log of the function is kept when the stack is deleted, but not when the first deployment fails', () => {
    sample.hasResource('AWS::Logs::LogGroup', {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('the function has exactly the variables that it reads', () => {
    const [found] = Object.values(sample.findResources('AWS::Lambda::Function'));
    expect(found?.Properties.Environment.Variables).toEqual({
      STACK_NAME: 'ConnectionAuditor-sample',
      LAUNCHER: 'repository',
      SECRET_ARN: secret,
      ALERTS_TOPIC_ARN: alerts,
      ALARMS_TOPIC_ARN: alerts,
      FINDINGS_TOPIC_ARN: findings,
      HISTORY_BUCKET: { Ref: bucket },
      KILL_SWITCH_PARAMETER: { Ref: killSwitch },
      AUDIT_MODE: 'report',
      AUTH0_DOMAIN: 'sample.eu.auth0.com',
      AUTH0_CANONICAL_DOMAIN: '',
      MAX_CHANGES: '',
      MAX_PERCENT: '',
      QUARANTINE_REPAIRS: '3',
      QUARANTINE_DAYS: '7',
      POLICY_FINGERPRINT: fingerprint(sampleEnvironment.policy),
      SETTINGS_FINGERPRINT: fingerprint(withDefaults(sampleEnvironment)),
    });
  });

  test('a failed run is not repeated, and its event goes to the queue of failed runs', () => {
    sample.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: lambda },
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 3600,
      DestinationConfig: { OnFailure: { Destination: failedRuns } },
    });
  });

  test('the function reserves concurrency only if the environment sets it', () => {
    sample.hasResourceProperties('AWS::Lambda::Function', { ReservedConcurrentExecutions: Match.absent() });
    templateOf({ reservedConcurrency: 1 }).hasResourceProperties('AWS::Lambda::Function', {
      ReservedConcurrentExecutions: 1,
    });
  });
});

describe('the schedule', () => {
  test('the schedule has the cron expression and the time zone of the environment', () => {
    sample.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(30 4 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 },
      State: 'ENABLED',
    });
  });

  test('a paused schedule starts no run', () => {
    templateOf({ schedule: PAUSED }).hasResourceProperties('AWS::Scheduler::Schedule', { State: 'DISABLED' });
  });

  // EventBridge Scheduler replaces the keyword together with its angle brackets:
  // https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
  test('the event of the schedule contains only the scheduled time, which identifies a second delivery', () => {
    const [schedule] = Object.values(sample.findResources('AWS::Scheduler::Schedule'));
    expect(schedule?.Properties.Target.Input).toBe('{"scheduledTime":"<aws.scheduler.scheduled-time>"}');
  });

  test('the schedule tries three times within one hour, then sends the event to the queue Undelivered', () => {
    sample.hasResourceProperties('AWS::Scheduler::Schedule', {
      Target: {
        Arn: arnOf(lambda),
        RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3600 },
        DeadLetterConfig: { Arn: undelivered },
      },
    });
  });

  test('the schedule starts runs with a separate role', () => {
    sample.hasResourceProperties('AWS::Scheduler::Schedule', {
      Target: { RoleArn: arnOf(idOf('AWS::IAM::Role', 'SchedulerRole')) },
    });
  });

  test('the schedule is in a separate group, which is created first and deleted with the stack', () => {
    const group = idOf('AWS::Scheduler::ScheduleGroup', 'Schedules');
    sample.hasResource('AWS::Scheduler::ScheduleGroup', {
      Properties: { Name: 'auth0-connection-auditor-sample' },
      DeletionPolicy: 'Delete',
    });
    sample.hasResource('AWS::Scheduler::Schedule', {
      Properties: { GroupName: 'auth0-connection-auditor-sample' },
      DependsOn: Match.arrayWith([group]),
    });
  });

  // With the id of version 0.1.0, CloudFormation would have to move the schedule into the group, which it cannot do.
  test('the schedule has another id than in version 0.1.0', () => {
    expect(Object.keys(sample.findResources('AWS::Scheduler::Schedule'))).toEqual([
      expect.stringMatching(/^AuditorNightlySchedule/),
    ]);
  });

  test('EventBridge Scheduler can assume the role only for the group in this account', () => {
    sample.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'scheduler.amazonaws.com' },
            Condition: {
              StringEquals: {
                ...ownAccount.StringEquals,
                'aws:SourceArn': arnOf(idOf('AWS::Scheduler::ScheduleGroup', 'Schedules')),
              },
            },
          },
        ],
      },
    });
  });
});

describe('the daily watch', () => {
  const watched = templateOf({ schedule: MONTHLY });
  const both = watched.findResources('AWS::Scheduler::Schedule');
  const [watch, ...others] = Object.keys(both).filter((id) => id.includes('WatchSchedule'));

  test('the daily watch exists only if an alarm cannot look back from one run to the next', () => {
    expect([watch, others]).toEqual([expect.any(String), []]);
    expect(Object.keys(both)).toHaveLength(2);
    for (const cron of ['30 4 * * ? *', '0 6 1/6 * ? *']) {
      templateOf({ schedule: { ...MONTHLY, cron } }).resourceCountIs('AWS::Scheduler::Schedule', 1);
    }
  });

  test('the daily watch runs at noon in the time zone of the schedule, without an event time', () => {
    expect(both[watch ?? '']?.Properties).toMatchObject({
      ScheduleExpression: 'cron(0 12 * * ? *)',
      ScheduleExpressionTimezone: 'America/New_York',
      GroupName: 'auth0-connection-auditor-sample',
      State: 'ENABLED',
      Target: { Input: '{"watch":true}', RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3600 } },
    });
  });

  test('the daily watch pauses with the schedule', () => {
    templateOf({ schedule: { ...MONTHLY, enabled: false } }).allResourcesProperties('AWS::Scheduler::Schedule', {
      State: 'DISABLED',
    });
  });
});

describe('resources that are shared with the auditor', () => {
  test('a shared secret is used and not created', () => {
    const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:auth0-AbC123';
    const template = templateOfConstruct((stack) => ({
      secret: Secret.fromSecretCompleteArn(stack, 'Shared', arn),
    }));
    template.resourceCountIs('AWS::SecretsManager::Secret', 0);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ SECRET_ARN: arn }) },
    });
    expect(statementsOf(idOf('AWS::IAM::Role', 'AuditRole', template), template)).toContainEqual({
      Effect: 'Allow',
      Action: 'secretsmanager:GetSecretValue',
      Resource: arn,
    });
  });

  test('a shared alerts topic is used for alerts and alarms and not created', () => {
    const arn = 'arn:aws:sns:eu-central-1:123456789012:everyones-alerts';
    const template = templateOfConstruct((stack) => ({
      alertsTopic: Topic.fromTopicArn(stack, 'Shared', arn),
      recipients: [],
    }));
    template.resourceCountIs('AWS::SNS::Topic', 1);
    template.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [arn] });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ ALERTS_TOPIC_ARN: arn }) },
    });
    // The stack assumes that the shared topic has a subscriber.
    const [{ Metadata: metadata } = { Metadata: {} }] = Object.values(template.findResources('AWS::Lambda::Function'));
    expect(metadata?.settings.namesReceiver).toBe('true');
  });

  test('the recipients are subscribed to an existing alerts topic', () => {
    const existingAlertsTopicArn = 'arn:aws:sns:eu-central-1:123456789012:everyones-alerts';
    templateOf({ existingAlertsTopicArn }).hasResourceProperties('AWS::SNS::Subscription', {
      TopicArn: existingAlertsTopicArn,
    });
  });

  test('a shared history bucket is used and not created', () => {
    const template = templateOfConstruct((stack) => ({
      historyBucket: Bucket.fromBucketName(stack, 'Shared', 'everyones-history'),
    }));
    template.resourceCountIs('AWS::S3::Bucket', 0);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ HISTORY_BUCKET: 'everyones-history' }) },
    });
  });

  test('a shared key is used for all topics and not created', () => {
    const arn = 'arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555';
    const template = templateOfConstruct((stack) => ({ encryptionKey: Key.fromKeyArn(stack, 'Shared', arn) }));
    template.resourceCountIs('AWS::KMS::Key', 0);
    template.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: arn });
  });
});
