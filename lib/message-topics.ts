import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccountPrincipal, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { createAlarmsTopic } from './alarms-topic';
import { ChatChannel } from './chat-channel';
import type { Chat } from './environment/environment';
import { alarmsMay, alarmsMayUseKey, keyUse, roleMayUseKey } from './topic-key';

export interface MessageTopicsProps {
  /** Part of the name of the sender that recipients see. */
  readonly environmentName: string;

  /** E-mail addresses to subscribe to the alerts. */
  readonly recipients: readonly string[];

  /** AWS accounts that are allowed to subscribe their own queues and functions to the findings. */
  readonly findingsSubscriberAccounts: readonly string[];

  /**
   * E-mail addresses to subscribe to the alarms.
   * @default alarms go to the topic of the alerts, unless `alarmsTopic` is set
   */
  readonly alarmRecipients?: readonly string[];

  /**
   * A chat channel to subscribe to the alerts and the alarms.
   * @default none
   */
  readonly chat?: Chat;

  /**
   * The topic of the alerts. Its owner manages its policy and key.
   * @default an encrypted topic is created
   */
  readonly alertsTopic?: ITopic;

  /**
   * The topic of the alarms. Its owner manages its policy and key.
   * @default with `alarmRecipients` an encrypted topic with a separate key is created; otherwise the topic of the alerts
   */
  readonly alarmsTopic?: ITopic;

  /**
   * The key that encrypts the created topics, except for the topic of the alarms. Its owner manages its policy, see
   * `neededKeyPolicy`.
   * @default a key with yearly rotation is created
   */
  readonly encryptionKey?: IKey;
}

/**
 * The topics of an environment. `alerts`: one message per run for recipients. `findings`: findings messages for consumers.
 * `alarms`: the topic of the alerts, unless the properties ask for a separate topic.
 */
export class MessageTopics extends Construct {
  readonly alerts: ITopic;
  /** The policy and key of a created topic allow only the alarms of this environment to publish. */
  readonly alarms: ITopic;
  readonly chat: ChatChannel | undefined;
  readonly findings: ITopic;
  readonly encryptionKey: IKey;

  private readonly props: MessageTopicsProps;

  constructor(scope: Construct, id: string, props: MessageTopicsProps) {
    super(scope, id);
    this.props = props;

    this.encryptionKey = props.encryptionKey ?? this.createKey();
    this.alerts = props.alertsTopic ?? this.createAlerts(props.environmentName);
    this.findings = new Topic(this, 'Findings', { masterKey: this.encryptionKey, enforceSSL: true });
    for (const account of props.findingsSubscriberAccounts) {
      this.findings.addToResourcePolicy(this.accountMaySubscribe(account));
    }

    this.alarms =
      props.alarmsTopic ??
      (props.alarmRecipients === undefined ? this.alerts : createAlarmsTopic(this, props.environmentName));

    for (const recipient of props.recipients) {
      this.alerts.addSubscription(new EmailSubscription(recipient));
    }
    for (const recipient of props.alarmRecipients ?? []) {
      this.alarms.addSubscription(new EmailSubscription(recipient));
    }
    this.chat =
      props.chat &&
      new ChatChannel(this, 'Chat', {
        environmentName: props.environmentName,
        channel: props.chat,
        topics: [this.alerts, this.alarms],
      });
  }

  /** Whether alarms and alerts have separate topics. */
  get areAlarmsApart(): boolean {
    return this.props.alarmsTopic !== undefined || this.props.alarmRecipients !== undefined;
  }

  /** Allows a role to publish to both topics, and to use their keys only for that: `grantPublish` of CDK sets no condition. */
  grantPublish(role: IRole): void {
    const topics = [this.alerts, this.findings];
    const keyArns = new Set(topics.flatMap(({ masterKey }) => masterKey?.keyArn ?? []));
    role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['sns:Publish'], resources: topics.map(({ topicArn }) => topicArn) }),
    );
    role.addToPrincipalPolicy(keyUse(Stack.of(this), [...keyArns]));
  }

  /** Allows a role to count the confirmed subscriptions of alerts and alarms, but not to list them. */
  grantCount(role: IRole): void {
    const topicArns = new Set([this.alerts.topicArn, this.alarms.topicArn]);
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['sns:GetTopicAttributes'], resources: [...topicArns] }));
  }

  /** The statements that the policy of a passed key must contain. Empty for a created key, which already contains them. */
  neededKeyPolicy(publisher: IRole): readonly PolicyStatement[] {
    if (this.props.encryptionKey === undefined) return [];
    const stack = Stack.of(this);
    return [roleMayUseKey(stack, publisher), ...(this.doAlarmsUseKey ? [alarmsMayUseKey(stack)] : [])];
  }

  /** Whether alarms go to a topic with this key: not if the alarms have a separate topic or the alerts use an existing topic. */
  private get doAlarmsUseKey(): boolean {
    return this.props.alertsTopic === undefined && !this.areAlarmsApart;
  }

  private createKey(): Key {
    const key = new Key(this, 'Key', {
      description: "Encrypts the messages of the Auth0 connection auditor's topics",
      enableKeyRotation: true,
      // The key encrypts only messages in transit: without the topics there is nothing to decrypt.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    if (this.doAlarmsUseKey) key.addToResourcePolicy(alarmsMayUseKey(Stack.of(this)));
    return key;
  }

  /**
   * Allows only queues and functions, and only those of the account itself: findings could leak to an address on the
   * internet or to another account. A subscriber needs no right on the key, because SNS decrypts the messages that it
   * delivers:
   * https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html
   */
  private accountMaySubscribe(account: string): PolicyStatement {
    const { partition } = Stack.of(this);
    const endpoints = [`arn:${partition}:sqs:*:${account}:*`, `arn:${partition}:lambda:*:${account}:function:*`];
    return new PolicyStatement({
      sid: `SubscriberAccount${account}`,
      principals: [new AccountPrincipal(account)],
      actions: ['sns:Subscribe'],
      resources: [this.findings.topicArn],
      conditions: {
        StringEquals: { 'sns:Protocol': ['sqs', 'lambda'] },
        StringLike: { 'sns:Endpoint': endpoints },
      },
    });
  }

  private createAlerts(environmentName: string): Topic {
    const alerts = new Topic(this, 'Alerts', {
      displayName: `Auth0 connection auditor (${environmentName})`,
      masterKey: this.encryptionKey,
      enforceSSL: true,
    });
    if (!this.areAlarmsApart) {
      alerts.addToResourcePolicy(alarmsMay(Stack.of(this), ['sns:Publish'], alerts.topicArn));
    }
    return alerts;
  }
}
