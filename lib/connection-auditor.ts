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

/** What is of the stack as a whole or of the command line, and what is named by an ARN or a name. */
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

/** The settings of an environment, and what is shared with others handed in as constructs rather than as ARNs. */
export interface ConnectionAuditorProps extends Omit<Environment, SettingOfStack> {
  /**
   * The secret that holds `{"client_id", "client_secret"}`.
   * @default a secret with a placeholder is created, and kept when the stack goes
   */
  readonly secret?: ISecret | undefined;

  /**
   * The topic for people. Where alarms go to it as well, its policy must let CloudWatch publish. Of a key that it is known
   * to have (`Topic.fromTopicAttributes`), the function's role may make the use that publishing needs.
   * @default an encrypted topic is created
   */
  readonly alertsTopic?: ITopic | undefined;

  /**
   * The topic for alarms, which `alarmRecipients` are subscribed to; its policy, and that of its key, must let CloudWatch
   * publish.
   * @default with `alarmRecipients` an encrypted topic is created, with a key of its own; else alarms go to the topic for
   * people
   */
  readonly alarmsTopic?: ITopic | undefined;

  /**
   * The key that encrypts the created topics but that for alarms; its policy must hold what `topics.neededKeyPolicy` says.
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
   * The subnets and security groups of the function.
   * @default Lambda's own network, without a VPC
   */
  readonly network?: VpcNetwork | undefined;

  /**
   * The folder of the function's bundled code.
   * @default that of this package
   */
  readonly bundle?: string | undefined;

  /**
   * How people start the command line, for the commands in messages and outputs.
   * @default 'package', with npx
   */
  readonly launcher?: Launcher | undefined;
}

/** Audits every connection of one Auth0 tenant on a schedule and says what it found on two topics. */
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
  /** Asks each day whether a run is overdue, where runs are more than a week apart. */
  readonly watchSchedule: Schedule | undefined;
  readonly alarms: Alarms;
  readonly dashboard: Dashboard | undefined;

  constructor(scope: Construct, id: string, props: ConnectionAuditorProps) {
    super(scope, id, props.name);
    const { secret, alertsTopic, alarmsTopic, encryptionKey, historyBucket, network, bundle, ...more } = props;
    const { launcher = 'package', ...environment } = more;
    refuseTokens(environment);
    const checked = withDefaults(environment);
    // A topic that is handed in has subscribers of its own, as has one that an environment names by its ARN.
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
    // Not `grantRead`: it also allows DescribeSecret, which no run needs.
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
}
