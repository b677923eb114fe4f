import type { Cadence, Mode, Quarantine } from '../../lambda/contract';
import type { Policy } from '../../lambda/policy/policy';
import type { Caps } from '../../lambda/repair/caps';
import type { Schedule } from './schedule';

/** The settings of one audited tenant: a file in `environments/`, with everything that can differ between deployments. */
export interface Environment {
  /** The name of the file, and the last part of the name of the stack; part of every subject line and metric. */
  readonly name: string;

  /**
   * The AWS account to deploy to. If it is set, a deployment with credentials of another account fails before anything
   * changes.
   * @default the account of the current credentials
   */
  readonly account?: string | undefined;

  /**
   * The AWS region to deploy to, regardless of the region of the current credentials.
   * @default the region of the current credentials
   */
  readonly region?: string | undefined;

  /**
   * The domain of the tenant's Management API: the tenant's own domain, or its custom domain. A leading `https://` and a
   * trailing slash are ignored.
   */
  readonly domain: string;

  /**
   * The tenant's own domain, if `domain` is a custom domain. It is the audience of the tokens, the folder of the history
   * and a part of finding ids, so that these stay the same when `domain` changes.
   * @default the same as `domain`
   */
  readonly canonicalDomain?: string | undefined;

  /** The schedule of the runs. Choose a local time outside 01:00 to 03:00, because a clock change can skip that time. */
  readonly schedule: Schedule;

  /** `report` changes nothing; `remediate` also repairs the connections that the policy allows to repair. */
  readonly mode: Mode;

  /**
   * The maximum number of connections that one run is allowed to change, as a number and as a percentage of the judged
   * connections. A run that would change more repairs nothing.
   * @default none, which mode `remediate` does not accept
   */
  readonly caps?: Caps | undefined;

  /**
   * The number of repairs in a number of days after which a connection is no longer repaired, because something keeps
   * changing its value.
   * @default 3 repairs in 7 days
   */
  readonly quarantine?: Quarantine | undefined;

  /** The expected value of each connection. */
  readonly policy: Policy;

  /** E-mail addresses that receive the alerts. Each recipient must confirm the subscription one time. */
  readonly recipients: readonly string[];

  /**
   * E-mail addresses that receive the alarms over a separate topic with a separate key: a failure of the alerts topic or
   * its key then does not stop the alarms. Each recipient must confirm the subscription one time.
   * @default alarms go to the topic of the alerts, unless `alarmsTopicArn` names another topic
   */
  readonly alarmRecipients?: readonly string[] | undefined;

  /**
   * An SNS topic for the alarms; `alarmRecipients` are subscribed to this topic. The policy of the topic, and the policy
   * of its key if it has one, must allow CloudWatch to publish. The key `alias/aws/sns` never allows it.
   * @default the topic that `alarmRecipients` needs, otherwise the topic of the alerts
   */
  readonly alarmsTopicArn?: string | undefined;

  /**
   * Hours after the first deployment in which the two alarms on missing runs are not evaluated, so that recipients can
   * confirm their subscriptions before an alarm is sent; 48 is the maximum. CloudFormation in the region must support
   * `WarmUpConfiguration` (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-warm-up.html); other regions
   * refuse the deployment.
   * @default both alarms are evaluated immediately: they are in ALARM until the first run has completed
   */
  readonly alarmWarmUpHours?: number | undefined;

  /**
   * Whether the stack has a CloudWatch dashboard of its metrics. Each dashboard after the first three of an account costs
   * about 3 USD a month.
   * @default false
   */
  readonly dashboard?: boolean | undefined;

  /**
   * A channel of Slack or Microsoft Teams that also receives alerts and alarms, through Amazon Q Developer in chat
   * applications. First authorise the workspace or team in the console of the AWS account.
   * @default none
   */
  readonly chat?: Chat | undefined;

  /**
   * The number of days between reminders of open findings, and whether a short all-clear is sent after a week without a
   * message.
   * @default a reminder every 7 days, and the all-clear
   */
  readonly cadence?: Cadence | undefined;

  /**
   * Whether messages and records contain the e-mail address, IP address and user agent of the author of a change. `false`
   * omits these from every message and record, so that only the application is named.
   * @default true
   */
  readonly namePeople?: boolean | undefined;

  /**
   * Whether findings are imported into Security Hub, which must be enabled in the account and region.
   * @default false
   */
  readonly securityHub?: boolean | undefined;

  /**
   * An https address of the `docs` folder of this project that the recipients of alerts can open, such as
   * `https://github.com/acme/connection-auditor/blob/main/docs`. Alerts, findings, the page and alarms then link to the
   * entry of the reference or the runbook that explains them.
   * @default alarms name the file, and nothing else links to the documents
   */
  readonly docsUrl?: string | undefined;

  /** Days for which the log of the function is kept: one of the periods that CloudWatch Logs offers. */
  readonly logRetentionDays: number;

  /**
   * Days for which the record of a run is kept. Without its record, a run cannot be undone.
   * @default 400
   */
  readonly historyRetentionDays?: number | undefined;

  /**
   * Percentage of the tenant's rate limit that a run leaves free for other clients, from 0 to 90, rounded up to whole
   * requests.
   * @default 20
   */
  readonly rateReservePercent?: number | undefined;

  /**
   * The complete ARN of a Secrets Manager secret that already contains the credentials. If one of your keys encrypts the
   * secret, the policy of the key must allow the role of the function to decrypt.
   * @default the stack creates a secret with a placeholder, which an operator must fill in
   */
  readonly existingSecretArn?: string | undefined;

  /**
   * An SNS topic for alerts and alarms. The policy of the topic, and of its key if it has one, must allow CloudWatch and
   * the role of the function to publish. If the topic has a key, set `existingAlertsTopicKeyArn` too.
   * @default the stack creates an encrypted topic
   */
  readonly existingAlertsTopicArn?: string | undefined;

  /**
   * The ARN of the KMS key that encrypts `existingAlertsTopicArn`. With this setting, the role of the function gets the
   * right to use the key to publish. Without it, a key of another account refuses the role, regardless of the policy of the
   * key. In every case, the policy of the key must allow the role and CloudWatch to use the key.
   * @default the role gets no rights on a key of that topic
   */
  readonly existingAlertsTopicKeyArn?: string | undefined;

  /**
   * The ARN of a KMS key that encrypts the created topics. The stack does not change the policy of the key: the output
   * `KeyPolicyNeeded` contains the statements to add.
   * @default the stack creates a key with yearly rotation
   */
  readonly existingKeyArn?: string | undefined;

  /**
   * The S3 bucket of an earlier deployment, so that a moved, renamed or redeployed environment continues with its history:
   * state, records and lease are in the folder of the tenant. The stack does not change the bucket itself: it should have
   * versioning, block public access, refuse requests without TLS, and expire nothing but `TENANT/runs/`. It must be in the
   * account and region of the stack. If one of your keys encrypts the bucket, the policy of the key must allow the role of
   * the function to use the key.
   * @default the stack creates a bucket
   */
  readonly existingHistoryBucketName?: string | undefined;

  /**
   * AWS accounts that are allowed to subscribe their own queues and functions to the findings topic.
   * @default only this account
   */
  readonly findingsSubscriberAccounts?: readonly string[] | undefined;

  /**
   * Private subnets and security groups for the function. From there, the function must reach Auth0 (through NAT) and the
   * AWS services that it calls, which `docs/deploying.md` lists.
   * @default the network of Lambda, which reaches the internet
   */
  readonly vpc?: Vpc | undefined;

  /**
   * Memory of the function in megabytes, from 512 to 10,240. The CPU share of the function grows with its memory. A run
   * keeps all of its findings in memory: about 8,000 fit into 512 MB, about 20,000 into the default.
   * @default 1024
   */
  readonly memorySize?: number | undefined;

  /**
   * Concurrent executions to reserve for the function, taken from the pool of the account. New accounts have none to spare.
   * @default none reserved
   */
  readonly reservedConcurrency?: number | undefined;

  /**
   * Up to 48 tags for the resources of the stack, in addition to `application` and `environment`, which every resource has.
   * The kill switch has only those two: with other tags, CloudFormation would overwrite the `stop` of an operator with
   * `allow`.
   * @default none
   */
  readonly tags?: Readonly<Record<string, string>> | undefined;

  /**
   * Whether CloudFormation refuses to delete the stack.
   * @default false
   */
  readonly terminationProtection?: boolean | undefined;

  /**
   * The profile of `~/.aws/config` with which the command line calls AWS for this environment. The stack does not use this
   * setting, and `cdk` has a separate option, `--profile`.
   * @default the current credentials
   */
  readonly awsProfile?: string | undefined;
}

/** The subnets and security groups of the function. The VPC is the VPC of the subnets. */
export interface Vpc {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/** One channel. The console of Amazon Q Developer in chat applications shows the ids. */
export type Chat =
  | { readonly slack: { readonly workspaceId: string; readonly channelId: string } }
  | {
      readonly teams: {
        readonly teamId: string;
        readonly tenantId: string;
        readonly channelId: string;
        readonly channelName: string;
      };
    };
