import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { fingerprint } from '../../../lambda/fingerprint';
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
const ownAccount = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };

/** The statements of the policy attached to that role; fails if the role has managed policies besides. */
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
  test('holds this placeholder to the letter: any change would overwrite what a person has filled in', () => {
    sample.hasResourceProperties('AWS::SecretsManager::Secret', {
      SecretString: '{"client_id":"REPLACE_ME","client_secret":"REPLACE_ME"}',
    });
  });

  test('has no fixed name and is retained, so that destroy and deploy can follow each other', () => {
    sample.hasResource('AWS::SecretsManager::Secret', {
      Properties: { Name: Match.absent() },
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('keeps its logical id, since another id would be another, empty secret', () => {
    expect(secret.Ref).toBe('AuditorSecret11D647D4');
  });
});

describe('the topics', () => {
  test('are two, each encrypted with our key', () => {
    sample.resourceCountIs('AWS::SNS::Topic', 2);
    sample.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: key });
  });

  test('are encrypted with a key that is rotated', () => {
    sample.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
  });

  test.each([
    ['alerts', alerts],
    ['findings', findings],
  ])('%s refuse messages without TLS', (_name, topic) => {
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

  test('let the alarms of this account publish alerts', () => {
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

  test('and let these alarms use the key, besides the account itself', () => {
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

  test('send alerts to each recipient of the environment, and findings to nobody', () => {
    const template = templateOf({ recipients: ['a@example.com', 'b@example.com'] });
    template.resourceCountIs('AWS::SNS::Subscription', 2);
    for (const Endpoint of ['a@example.com', 'b@example.com']) {
      template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint, TopicArn: alerts });
    }
  });
});

describe('the queues', () => {
  test('are two, encrypted, and keep what failed for 14 days', () => {
    sample.resourceCountIs('AWS::SQS::Queue', 2);
    sample.allResourcesProperties('AWS::SQS::Queue', {
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 86400,
    });
  });

  test('refuse anything without TLS', () => {
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
  test('runs on Node 24, arm64, with 1,024 MB, 15 minutes at most, and logs JSON into its own log group', () => {
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

  test('keeps its log for the days of the environment', () => {
    templateOf({ logRetentionDays: 400 }).hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 400 });
  });

  test('leaves its log behind when the stack goes, but not when its first deploy fails', () => {
    sample.hasResource('AWS::Logs::LogGroup', {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('has every variable that it reads, and no other', () => {
    const [found] = Object.values(sample.findResources('AWS::Lambda::Function'));
    expect(found?.Properties.Environment.Variables).toEqual({
      STACK_NAME: 'ConnectionAuditor-sample',
      LAUNCHER: 'repository',
      SECRET_ARN: secret,
      ALERTS_TOPIC_ARN: alerts,
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

  test('is not run again after a failure; the event goes to the queue of failed runs', () => {
    sample.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: lambda },
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 3600,
      DestinationConfig: { OnFailure: { Destination: failedRuns } },
    });
  });

  test('reserves concurrency only where the environment says so', () => {
    sample.hasResourceProperties('AWS::Lambda::Function', { ReservedConcurrentExecutions: Match.absent() });
    templateOf({ reservedConcurrency: 1 }).hasResourceProperties('AWS::Lambda::Function', {
      ReservedConcurrentExecutions: 1,
    });
  });
});

describe('the schedule', () => {
  test('fires by the cron and the time zone of the environment', () => {
    sample.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(30 4 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 },
      State: 'ENABLED',
    });
  });

  test('starts nothing while it is paused', () => {
    templateOf({ schedule: PAUSED }).hasResourceProperties('AWS::Scheduler::Schedule', { State: 'DISABLED' });
  });

  // EventBridge Scheduler replaces the keyword where it stands with its angle brackets:
  // https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
  test('passes the scheduled time as the whole event, by which a second delivery is recognised', () => {
    const [schedule] = Object.values(sample.findResources('AWS::Scheduler::Schedule'));
    expect(schedule?.Properties.Target.Input).toBe('{"scheduledTime":"<aws.scheduler.scheduled-time>"}');
  });

  test('tries three times within the hour, then leaves the event in the queue of the undelivered', () => {
    sample.hasResourceProperties('AWS::Scheduler::Schedule', {
      Target: {
        Arn: arnOf(lambda),
        RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3600 },
        DeadLetterConfig: { Arn: undelivered },
      },
    });
  });

  test('starts runs under a role of its own', () => {
    sample.hasResourceProperties('AWS::Scheduler::Schedule', {
      Target: { RoleArn: arnOf(idOf('AWS::IAM::Role', 'SchedulerRole')) },
    });
  });

  test('is run by EventBridge Scheduler for this account only', () => {
    sample.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'scheduler.amazonaws.com' },
            Condition: ownAccount,
          },
        ],
      },
    });
  });
});

describe('what others share with the auditor is used, not created again', () => {
  test('a secret', () => {
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

  test('a topic for alerts, which recipients and alarms use too', () => {
    const arn = 'arn:aws:sns:eu-central-1:123456789012:everyones-alerts';
    const template = templateOfConstruct((stack) => ({ alertsTopic: Topic.fromTopicArn(stack, 'Shared', arn) }));
    template.resourceCountIs('AWS::SNS::Topic', 1);
    template.hasResourceProperties('AWS::SNS::Subscription', { TopicArn: arn });
    template.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [arn] });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ ALERTS_TOPIC_ARN: arn }) },
    });
  });

  test('a bucket for the history', () => {
    const template = templateOfConstruct((stack) => ({
      historyBucket: Bucket.fromBucketName(stack, 'Shared', 'everyones-history'),
    }));
    template.resourceCountIs('AWS::S3::Bucket', 0);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ HISTORY_BUCKET: 'everyones-history' }) },
    });
  });

  test('a key', () => {
    const arn = 'arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555';
    const template = templateOfConstruct((stack) => ({ encryptionKey: Key.fromKeyArn(stack, 'Shared', arn) }));
    template.resourceCountIs('AWS::KMS::Key', 0);
    template.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: arn });
  });
});
