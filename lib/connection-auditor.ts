import { Duration, RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib';
import type { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Schedule, ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { DOCS_FOLDERS, type Launcher, SECRET_PLACEHOLDER } from '../lambda/contract';
import { AuditFunction, HANDLER_BUNDLE } from './audit-function';
import { commandPlaceIn, wordFrom } from './command-place';
import type { Environment } from './environment/environment';
import { needsWatch } from './environment/schedule';
import { withDefaults } from './environment/with-defaults';
import { KillSwitch } from './kill-switch';
import { MessageTopics } from './message-topics';
import { Alarms } from './monitoring/alarms';
import { createDashboard } from './monitoring/dashboard';
import { MeteredConstruct } from './monitoring/metered-construct';
import { saveQueries } from './monitoring/saved-queries';
import { RunHistory } from './run-history';
import { createRunSchedule, createScheduleGroup, createSchedulerRole, createWatchSchedule } from './run-schedule';
import { grantImportFindings } from './security-hub';
import { refuseTokens } from './unresolved';
import type { VpcNetwork } from './vpc-network';

/** The settings of the whole stack or of the command line, and the settings that name a resource by an ARN or a name. */
type SettingOfStack =
  | 'account'
  | 'region'
  | 'tags'
  | 'terminationProtection'
  | 'awsProfile'
  | 'existingSecretArn'
  | 'existingAlertsTopicArn'
  | 'existingAlertsTopicKeyArn'
  | 'alarmsTopicArn'
  | 'existingKeyArn'
  | 'existingHistoryBucketName'
  | 'vpc';

/** The settings of an environment. Shared resources are passed as constructs instead of ARNs. */
export interface ConnectionAuditorProps extends Omit<Environment, SettingOfStack> {
  /**
   * The secret that contains `{"client_id", "client_secret"}`.
   * @default a secret with a placeholder is created, and kept when the stack is deleted
   */
  readonly secret?: ISecret | undefined;

  /**
   * The topic of the alerts. If alarms go to this topic too, its policy must allow CloudWatch to publish. If the construct
   * knows the key of the topic (`Topic.fromTopicAttributes`), the role of the function gets the rights on the key that
   * publishing needs.
   * @default an encrypted topic is created
   */
  readonly alertsTopic?: ITopic | undefined;

  /**
   * The topic of the alarms. `alarmRecipients` are subscribed to this topic. Its policy, and the policy of its key, must
   * allow CloudWatch to publish.
   * @default with `alarmRecipients` an encrypted topic with a separate key is created; otherwise alarms go to the topic of
   * the alerts
   */
  readonly alarmsTopic?: ITopic | undefined;

  /**
   * The key that encrypts the created topics, except for the topic of the alarms. Its policy must contain the statements
   * that `topics.neededKeyPolicy` returns.
   * @default a key with yearly rotation is created
   */
  readonly encryptionKey?: IKey | undefined;

  /**
   * The bucket of the history. Configure it as the construct configures a created bucket: versioning, no public access, no
   * requests without TLS, and a rule that expires the objects under `TENANT/runs/`, and nothing else.
   * @default a bucket with this configuration is created, and kept when the stack is deleted
   */
  readonly historyBucket?: IBucket | undefined;

  /**
   * The subnets and security groups of the function.
   * @default the network of Lambda, without a VPC
   */
  readonly network?: VpcNetwork | undefined;

  /**
   * The folder of the bundled code of the function.
   * @default the folder of this package
   */
  readonly bundle?: string | undefined;

  /**
   * How operators start the command line, for the commands in messages and outputs.
   * @default 'package', with npx
   */
  readonly launcher?: Launcher | undefined;
}

/** Audits every connection of one Auth0 tenant on a schedule, and publishes the result to two topics. */
export class ConnectionAuditor extends MeteredConstruct {
  readonly topics: MessageTopics;
  readonly secret: ISecret | Secret;
  readonly history: RunHistory;
  readonly killSwitch: KillSwitch;
  readonly failedRuns: Queue;
  readonly function: AuditFunction;
  readonly undelivered: Queue;
  readonly scheduleGroup: ScheduleGroup;
  readonly schedulerRole: Role;
  readonly schedule: Schedule;
  /** Checks each day whether a run is overdue. Exists only if runs are more than a week apart. */
  readonly watchSchedule: Schedule | undefined;
  readonly alarms: Alarms;
  readonly dashboard: Dashboard | undefined;

  constructor(scope: Construct, id: string, props: ConnectionAuditorProps) {
    super(scope, id, props.name);
    const { secret, alertsTopic, alarmsTopic, encryptionKey, historyBucket, network, bundle, ...more } = props;
    const { launcher = 'package', ...environment } = more;
    refuseTokens(environment);
    const checked = withDefaults(environment);
    // A topic that is passed as a construct has other subscribers, like a topic that an environment names by its ARN.
    const settings = alertsTopic === undefined ? checked : { ...checked, namesReceiver: true };

    this.topics = new MessageTopics(this, 'Topics', {
      environmentName: settings.name,
      recipients: props.recipients,
      findingsSubscriberAccounts: props.findingsSubscriberAccounts ?? [],
      ...(props.chat && { chat: props.chat }),
      ...(props.alarmRecipients && { alarmRecipients: props.alarmRecipients }),
      ...(alertsTopic && { alertsTopic }),
      ...(alarmsTopic && { alarmsTopic }),
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
        ALARMS_TOPIC_ARN: this.topics.alarms.topicArn,
        FINDINGS_TOPIC_ARN: this.topics.findings.topicArn,
        HISTORY_BUCKET: this.history.bucket.bucketName,
        KILL_SWITCH_PARAMETER: this.killSwitch.parameter.parameterName,
        STACK_NAME: Stack.of(this).stackName,
      },
      launcher,
      bundle: bundle ?? HANDLER_BUNDLE,
      logRetentionDays: props.logRetentionDays,
      failedRuns: this.failedRuns,
      memorySize: props.memorySize,
      reservedConcurrency: props.reservedConcurrency,
      network,
    });

    this.topics.grantPublish(this.function.role);
    this.topics.grantCount(this.function.role);
    this.history.grantUse(this.function.role);
    this.killSwitch.grantRead(this.function.role);
    // Not `grantRead`: it also allows DescribeSecret, which a run does not need.
    this.function.role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [this.secret.secretArn] }),
    );
    if (settings.securityHub) grantImportFindings(this.function.role);

    this.undelivered = this.createQueue('Undelivered');
    this.scheduleGroup = createScheduleGroup(this, settings.name);
    const { lambda } = this.function;
    const scheduled = {
      domain: settings.domain,
      times: props.schedule,
      group: this.scheduleGroup,
      lambda,
      undelivered: this.undelivered,
    };
    this.schedulerRole = createSchedulerRole(this, scheduled);
    this.schedule = createRunSchedule(this, this.schedulerRole, scheduled);
    this.watchSchedule = needsWatch(props.schedule)
      ? createWatchSchedule(this, this.schedulerRole, scheduled)
      : undefined;

    this.alarms = new Alarms(this, 'Alarms', {
      topic: this.topics.alarms,
      watched: {
        environmentName: settings.name,
        mode: settings.mode,
        schedule: props.schedule,
        lambda,
        alerts: this.topics.alerts,
        scheduleGroup: this.scheduleGroup,
        undelivered: this.undelivered,
      },
      named: {
        environmentName: settings.name,
        schedule: props.schedule,
        place: commandPlaceIn(this, { environmentName: settings.name, launcher, functionName: lambda.functionName }),
        docs: settings.docsUrl ?? DOCS_FOLDERS[launcher],
        logGroup: wordFrom(this.function.logGroup.logGroupName),
        alertsTopicArn: wordFrom(this.topics.alerts.topicArn),
        undeliveredUrl: wordFrom(this.undelivered.queueUrl),
      },
      warmUpHours: props.alarmWarmUpHours,
    });
    this.dashboard =
      props.dashboard === true
        ? createDashboard(this, {
            environmentName: settings.name,
            schedule: props.schedule,
            lambda,
            alarms: this.alarms,
          })
        : undefined;
    saveQueries(this, settings.name, this.function.logGroup);
  }

  private createSecret(environmentName: string): Secret {
    return new Secret(this, 'Secret', {
      description: `Credentials of the Auth0 application with which the auditor reads the tenant of '${environmentName}'`,
      // A placeholder that an operator overwrites. CloudFormation writes it again only if its text changes.
      secretStringValue: SecretValue.unsafePlainText(SECRET_PLACEHOLDER),
      // Deleting the stack must not delete the credentials that an operator wrote. AWS chooses the name, because a kept
      // secret would prevent the next deployment from creating a secret with the same name. A first deployment that fails
      // keeps nothing: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
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
}
