import type { Cadence, Mode, Quarantine } from '../../lambda/contract';
import type { Policy } from '../../lambda/policy/policy';
import type { Caps } from '../../lambda/repair/caps';
import type { Schedule } from './schedule';

/** One audited tenant: what a user writes in `environments/`, and all that may differ between deployments. */
export interface Environment {
  /** The name of its file, and the last part of its stack's name; part of every subject line and metric. */
  readonly name: string;

  /**
   * The AWS account to deploy to; with it set, deploying with credentials of another account fails before
   * anything changes.
   * @default the account of the credentials at hand
   */
  readonly account?: string | undefined;

  /**
   * The AWS region to deploy to, whatever region the credentials at hand come with.
   * @default the region of the credentials at hand
   */
  readonly region?: string | undefined;

  /**
   * The domain under which the tenant's Management API is reached: the tenant's own, or its custom domain; `https://`
   * before it and a slash behind it are ignored.
   */
  readonly domain: string;

  /**
   * The tenant's own domain, where `domain` is a custom domain. It is the audience of its tokens, the folder of its
   * history and a part of finding ids, so that these stay when `domain` changes.
   * @default the same as `domain`
   */
  readonly canonicalDomain?: string | undefined;

  /** When a run starts; choose a local time outside 01:00 to 03:00, which a clock change can skip. */
  readonly schedule: Schedule;

  /** `report` changes nothing; `remediate` also repairs what the policy allows to be repaired. */
  readonly mode: Mode;

  /**
   * How many connections one run may change, as a number and as a percentage of those judged; a run that would change
   * more repairs nothing.
   * @default none, which mode `remediate` does not accept
   */
  readonly caps?: Caps | undefined;

  /**
   * How often in how many days a connection is repaired before it is left alone, since something keeps setting it back.
   * @default 3 repairs in 7 days
   */
  readonly quarantine?: Quarantine | undefined;

  /** What should hold for which connections. */
  readonly policy: Policy;

  /** E-mail addresses that receive the alerts; each must confirm its subscription once. */
  readonly recipients: readonly string[];

  /**
   * E-mail addresses that receive the alarms, over a topic with a key of its own: what keeps alerts from people then
   * does not keep the alarms from them. Each must confirm its subscription once.
   * @default alarms go over the topic of the alerts, unless `alarmsTopicArn` names another
   */
  readonly alarmRecipients?: readonly string[] | undefined;

  /**
   * An SNS topic that alarms go to, and `alarmRecipients` with them; its policy, and that of its key where it has one,
   * must let CloudWatch publish. The key `alias/aws/sns` never does.
   * @default the topic that `alarmRecipients` needs, else the topic of the alerts
   */
  readonly alarmsTopicArn?: string | undefined;

  /**
   * Hours from the first deploy on in which the two alarms on missing runs do not watch, so that recipients can confirm their
   * subscriptions before they ring; 48 is the most. It needs a region whose CloudFormation knows `WarmUpConfiguration`
   * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-warm-up.html); others refuse the deploy.
   * @default they watch at once: they are in ALARM until the first run has completed
   */
  readonly alarmWarmUpHours?: number | undefined;

  /**
   * Whether the stack has a CloudWatch dashboard of its metrics (about 3 USD a month beyond three of an account).
   * @default false
   */
  readonly dashboard?: boolean | undefined;

  /**
   * A channel of Slack or Microsoft Teams that alerts and alarms go to as well, through Amazon Q Developer in chat
   * applications; a person must first authorise the workspace or team in that account's console.
   * @default none
   */
  readonly chat?: Chat | undefined;

  /**
   * How many days pass between reminders of what stays open, and whether a week with nothing to say ends with a short
   * all-clear.
   * @default a reminder every 7 days, and the all-clear
   */
  readonly cadence?: Cadence | undefined;

  /**
   * Whether who changed a setting is told with e-mail, address and user agent; `false` leaves these out of every
   * message and record, so that only the application is told.
   * @default true
   */
  readonly namePeople?: boolean | undefined;

  /**
   * Whether findings are imported into Security Hub, which must be enabled in that account and region.
   * @default false
   */
  readonly securityHub?: boolean | undefined;

  /**
   * The https address of this project's `docs` folder as the readers of alerts can open it, such as
   * `https://github.com/acme/connection-auditor/blob/main/docs`; alerts, findings, the page and alarms then link to the
   * entry of the reference or the runbook that explains them.
   * @default alarms name the file, and nothing else links there
   */
  readonly docsUrl?: string | undefined;

  /** Days for which the function's log is kept: one of the periods that CloudWatch Logs offers. */
  readonly logRetentionDays: number;

  /**
   * Days for which the record of a run is kept, without which the run cannot be undone.
   * @default 400
   */
  readonly historyRetentionDays?: number | undefined;

  /**
   * Percent of the tenant's rate limit that a run leaves free for everyone else, from 0 to 90, rounded up to whole
   * requests.
   * @default 20
   */
  readonly rateReservePercent?: number | undefined;

  /**
   * A complete ARN of a Secrets Manager secret that already holds the credentials; where a key of yours encrypts it,
   * that key must let the function's role decrypt.
   * @default the stack creates a secret with a placeholder, for a person to fill
   */
  readonly existingSecretArn?: string | undefined;

  /**
   * An SNS topic that alerts and alarms go to; its policy, and its key where it has one, must let CloudWatch and the
   * function's role publish. With a key, name it in `existingAlertsTopicKeyArn` too.
   * @default the stack creates an encrypted topic
   */
  readonly existingAlertsTopicArn?: string | undefined;

  /**
   * The ARN of the KMS key that encrypts `existingAlertsTopicArn`. It lets the function's role use the key to publish;
   * without it, a key of another account refuses the role, whatever the key's policy says. That policy must let the role
   * and CloudWatch use the key in any case.
   * @default the role gets no rights on a key of that topic
   */
  readonly existingAlertsTopicKeyArn?: string | undefined;

  /**
   * The ARN of a KMS key that encrypts the created topics. The stack does not change its policy: output
   * `KeyPolicyNeeded` has the statements to add.
   * @default the stack creates a key with yearly rotation
   */
  readonly existingKeyArn?: string | undefined;

  /**
   * The S3 bucket of a former deployment, so that a moved, renamed or redeployed environment goes on with its history:
   * state, records and lease lie in the tenant's folder. The stack changes nothing of the bucket itself: it should have
   * versioning, block public access, refuse requests without TLS, and expire nothing but `TENANT/runs/`. It must be in
   * the stack's account and region; where a key of yours encrypts it, that key must let the function's role use it.
   * @default the stack creates a bucket
   */
  readonly existingHistoryBucketName?: string | undefined;

  /**
   * AWS accounts that may subscribe queues and functions of their own to the findings topic.
   * @default this account alone
   */
  readonly findingsSubscriberAccounts?: readonly string[] | undefined;

  /**
   * Private subnets and security groups for the function. It must reach Auth0 from there, so through NAT, and the AWS
   * services that it calls, which `docs/deploying.md` lists.
   * @default Lambda's own network, which reaches the internet
   */
  readonly vpc?: Vpc | undefined;

  /**
   * Memory of the function in megabytes, from 512 to 10,240; its share of a CPU grows with it. A run holds all of its
   * findings at once: 512 MB hold about 8,000, the default about 20,000.
   * @default 1024
   */
  readonly memorySize?: number | undefined;

  /**
   * Concurrent executions to reserve for the function, taken from the account's pool; young accounts cannot spare any.
   * @default none reserved
   */
  readonly reservedConcurrency?: number | undefined;

  /**
   * Up to 48 tags for the stack's resources, beside `application` and `environment`, which every resource has. The kill
   * switch has those two alone: with other tags, CloudFormation would write `allow` over the `stop` of a person.
   * @default none
   */
  readonly tags?: Readonly<Record<string, string>> | undefined;

  /**
   * Whether CloudFormation refuses to delete the stack.
   * @default false
   */
  readonly terminationProtection?: boolean | undefined;

  /**
   * The profile of `~/.aws/config` with which the command line calls AWS for this environment. The stack does not depend
   * on it, and `cdk` has its own option, `--profile`.
   * @default the credentials at hand
   */
  readonly awsProfile?: string | undefined;
}

/** Where in a VPC the function runs. The VPC is that of the subnets. */
export interface Vpc {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/** One channel; the ids are those that the console of Amazon Q Developer in chat applications shows. */
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
