import { Duration, RemovalPolicy, SecretValue, Stack, TimeZone } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { EVENT_TIME, SECRET_PLACEHOLDER } from '../lambda/contract';
import { Alarms } from './alarms';
import { AuditFunction, HANDLER_BUNDLE } from './audit-function';
import type { Environment } from './environment/environment';
import { withDefaults } from './environment/with-defaults';
import { KillSwitch } from './kill-switch';
import { MessageTopics } from './message-topics';
import { RunHistory } from './run-history';
import { grantImportFindings } from './security-hub';
import { refuseTokens } from './unresolved';

/** What is of the stack as a whole or of the command line, and what is named by an ARN or a name. */
type SettingOfStack =
  | 'account'
  | 'region'
  | 'tags'
  | 'terminationProtection'
  | 'awsProfile'
  | 'existingSecretArn'
  | 'existingAlertsTopicArn'
  | 'existingHistoryBucketName';

/** The settings of an environment, and what is shared with others handed in as constructs rather than as ARNs. */
export interface ConnectionAuditorProps extends Omit<Environment, SettingOfStack> {
  /**
   * The secret that holds `{"client_id", "client_secret"}`.
   * @default a secret with a placeholder is created, and kept when the stack goes
   */
  readonly secret?: ISecret | undefined;

  /**
   * The topic for people, which alarms go to as well; its policy must let CloudWatch publish.
   * @default an encrypted topic is created
   */
  readonly alertsTopic?: ITopic | undefined;

  /**
   * The key that encrypts the created topics; an imported one must itself let CloudWatch use it.
   * @default a key with yearly rotation is created
   */
  readonly encryptionKey?: IKey | undefined;

  /**
   * The bucket for what runs leave. Let it have what a created one has: versioning, no public access, no requests
   * without TLS, and a rule that expires what lies under `TENANT/runs/`, and nothing else.
   * @default a bucket with all of this is created, and kept when the stack goes
   */
  readonly historyBucket?: IBucket | undefined;

  /**
   * The folder of the function's bundled code.
   * @default `dist/handler/` of this package, which `npm run build:handler` makes
   */
  readonly bundle?: string | undefined;
}

/** Audits every connection of one Auth0 tenant on a schedule and says what it found on two topics. */
export class ConnectionAuditor extends Construct {
  readonly topics: MessageTopics;
  readonly secret: ISecret | Secret;
  readonly history: RunHistory;
  readonly killSwitch: KillSwitch;
  readonly failedRuns: Queue;
  readonly function: AuditFunction;
  readonly undelivered: Queue;
  readonly schedulerRole: Role;
  readonly schedule: Schedule;
  readonly alarms: Alarms;

  constructor(scope: Construct, id: string, props: ConnectionAuditorProps) {
    super(scope, id);
    const { secret, alertsTopic, encryptionKey, historyBucket, bundle, ...environment } = props;
    refuseTokens(environment);
    const settings = withDefaults(environment);

    this.topics = new MessageTopics(this, 'Topics', {
      environmentName: settings.name,
      recipients: props.recipients,
      ...(props.chat && { chat: props.chat }),
      ...(alertsTopic && { alertsTopic }),
      ...(encryptionKey && { encryptionKey }),
    });

    this.secret = secret ?? this.createSecret(settings.name);

    this.history = new RunHistory(this, 'History', {
      domain: settings.domain,
      canonicalDomain: settings.canonicalDomain,
      retentionDays: props.historyRetentionDays,
      bucket: historyBucket,
    });
    this.killSwitch = new KillSwitch(this, 'KillSwitch', { environmentName: settings.name });

    this.failedRuns = this.createQueue('FailedRuns');
    this.function = new AuditFunction(this, 'Audit', {
      settings,
      policy: props.policy,
      resources: {
        SECRET_ARN: this.secret.secretArn,
        ALERTS_TOPIC_ARN: this.topics.alerts.topicArn,
        FINDINGS_TOPIC_ARN: this.topics.findings.topicArn,
        HISTORY_BUCKET: this.history.bucket.bucketName,
        KILL_SWITCH_PARAMETER: this.killSwitch.parameter.parameterName,
        STACK_NAME: Stack.of(this).stackName,
      },
      bundle: bundle ?? HANDLER_BUNDLE,
      logRetentionDays: props.logRetentionDays,
      failedRuns: this.failedRuns,
      memorySize: props.memorySize,
      reservedConcurrency: props.reservedConcurrency,
    });

    this.topics.grantPublish(this.function.role);
    this.history.grantUse(this.function.role);
    this.killSwitch.grantRead(this.function.role);
    // Not `grantRead`: it also allows DescribeSecret, which no run needs.
    this.function.role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [this.secret.secretArn] }),
    );
    if (settings.securityHub) grantImportFindings(this.function.role);

    this.undelivered = this.createQueue('Undelivered');
    this.schedulerRole = this.createSchedulerRole();
    this.schedule = new Schedule(this, 'Schedule', {
      description: `Starts the audit of ${settings.domain}`,
      schedule: ScheduleExpression.expression(`cron(${props.schedule.cron})`, TimeZone.of(props.schedule.timeZone)),
      // The default would be 185 attempts in 24 hours; a night's audit that is a day late is the next one.
      target: new LambdaInvoke(this.function.lambda, {
        // The role has what it needs; CDK would add every version and alias of the function.
        role: this.schedulerRole.withoutPolicyUpdates(),
        // An identity: an event that is delivered twice has the same one. It can widen nothing.
        input: ScheduleTargetInput.fromObject({ [EVENT_TIME]: ContextAttribute.scheduledTime }),
        retryAttempts: 2,
        maxEventAge: Duration.hours(1),
        deadLetterQueue: this.undelivered,
      }),
    });

    this.alarms = new Alarms(this, 'Alarms', {
      topic: this.topics.alerts,
      environmentName: settings.name,
      docsUrl: settings.docsUrl,
      schedule: props.schedule,
      lambda: this.function.lambda,
      undelivered: this.undelivered,
    });
  }

  private createSecret(environmentName: string): Secret {
    return new Secret(this, 'Secret', {
      description: `Credentials of the Auth0 application with which the auditor reads the tenant of '${environmentName}'`,
      // A placeholder for a person to overwrite. CloudFormation writes it again only if its text changes.
      secretStringValue: SecretValue.unsafePlainText(SECRET_PLACEHOLDER),
      // A deleted stack must not take with it what a person has filled in. Its name is AWS's choice, since a kept
      // secret would stop the next deployment from creating another of the same name. A first deploy that fails leaves
      // nothing: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
  }

  private createQueue(id: string): Queue {
    return new Queue(this, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
  }

  /** A role of this schedule alone, which EventBridge Scheduler may take on for this account only. */
  private createSchedulerRole(): Role {
    const account = { 'aws:SourceAccount': Stack.of(this).account };
    const role = new Role(this, 'SchedulerRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: account } }),
    });
    role.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.function.lambda.functionArn] }),
    );
    // Not `grantSendMessages`: it also allows reading the queue's attributes.
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.undelivered.queueArn] }));
    return role;
  }
}
