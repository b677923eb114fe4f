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
  /** Part of the sender's name that recipients see. */
  readonly environmentName: string;

  /** E-mail addresses to subscribe to the alerts. */
  readonly recipients: readonly string[];

  /** AWS accounts that may subscribe their own queues and functions to the findings. */
  readonly findingsSubscriberAccounts: readonly string[];

  /**
   * E-mail addresses to subscribe to the alarms.
   * @default alarms go over the topic for people, unless `alarmsTopic` is another
   */
  readonly alarmRecipients?: readonly string[];

  /**
   * A chat channel to subscribe to the alerts and the alarms.
   * @default none
   */
  readonly chat?: Chat;

  /**
   * The topic for people; its policy and key are its owner's matter.
   * @default an encrypted topic is created
   */
  readonly alertsTopic?: ITopic;

  /**
   * The topic for alarms; its policy and key are its owner's matter.
   * @default with `alarmRecipients` an encrypted topic is created, with a key of its own; else it is the topic for people
   */
  readonly alarmsTopic?: ITopic;

  /**
   * The key that encrypts the created topics but that for alarms; its policy stays its owner's matter, see `neededKeyPolicy`.
   * @default a key with yearly rotation is created
   */
  readonly encryptionKey?: IKey;
}

/**
 * Where a run tells what it found: `alerts` for people, one message a run, and `findings` for machines. Where alarms go:
 * `alarms`, which is the topic for people unless another was asked for.
 */
export class MessageTopics extends Construct {
  readonly alerts: ITopic;
  /** Of a created one, its policy and key let the alarms of this environment publish, and no others. */
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

  /** Whether alarms go another way than alerts. */
  get areAlarmsApart(): boolean {
    return this.props.alarmsTopic !== undefined || this.props.alarmRecipients !== undefined;
  }

  /** Lets a role publish to both topics, and use their keys for that alone: CDK's `grantPublish` sets no condition. */
  grantPublish(role: IRole): void {
    const topics = [this.alerts, this.findings];
    const keyArns = new Set(topics.flatMap(({ masterKey }) => masterKey?.keyArn ?? []));
    role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['sns:Publish'], resources: topics.map(({ topicArn }) => topicArn) }),
    );
    role.addToPrincipalPolicy(keyUse(Stack.of(this), [...keyArns]));
  }

  /** Lets a role count who has confirmed a subscription to the alerts and to the alarms, and list none of them. */
  grantCount(role: IRole): void {
    const topicArns = new Set([this.alerts.topicArn, this.alarms.topicArn]);
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['sns:GetTopicAttributes'], resources: [...topicArns] }));
  }

  /** What the policy of a key must hold that was handed in; empty for a created one, which holds it. */
  neededKeyPolicy(publisher: IRole): readonly PolicyStatement[] {
    if (this.props.encryptionKey === undefined) return [];
    const stack = Stack.of(this);
    return [roleMayUseKey(stack, publisher), ...(this.doAlarmsUseKey ? [alarmsMayUseKey(stack)] : [])];
  }

  /** Alarms go to no topic of this key where they have one of their own, or that for people is another's. */
  private get doAlarmsUseKey(): boolean {
    return this.props.alertsTopic === undefined && !this.areAlarmsApart;
  }

  private createKey(): Key {
    const key = new Key(this, 'Key', {
      description: "Encrypts the messages of the Auth0 connection auditor's topics",
      enableKeyRotation: true,
      // It encrypts messages on their way only: with the topics gone, nothing is left to decrypt.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    if (this.doAlarmsUseKey) key.addToResourcePolicy(alarmsMayUseKey(Stack.of(this)));
    return key;
  }

  /**
   * Only queues and functions, and only those of the account itself: an address on the internet or another account would
   * be a way out for findings. A subscriber needs no right on the key, since SNS decrypts what it delivers:
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
