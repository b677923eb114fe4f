import { type Problem, show } from '../../lambda/policy/problem';
import { ACCOUNT, partitionOf, REGION } from './partitions';
import { environmentProblem } from './problem';

type Fields = Readonly<Record<string, unknown>>;

/** The rule for a setting that contains an ARN. */
interface ArnRule {
  /** The reason why the stack can use the resource only in its own region. */
  readonly oneRegion: string;
  /** What is missing if the resource is in another account. If undefined, a resource of another account is accepted. */
  readonly otherAccount?: string;
}

/**
 * The settings that contain ARNs. A key and a topic can be in another account: only their policies decide, as the setting
 * documents (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html). For a
 * secret the role of the function also needs `kms:Decrypt`, which the stack does not grant. No other account can use the
 * key `aws/secretsmanager`
 * (https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html).
 *
 * Regions: the clients of the function call their own region. CloudWatch answers "Invalid region eu-west-1 specified. Only
 * us-east-1 is supported" (https://github.com/cds-snc/notification-terraform/pull/128). A key is used in its region, and a
 * replica has a separate ARN (https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html).
 */
const ARN_SETTINGS: Readonly<Record<string, ArnRule>> = {
  existingSecretArn: {
    oneRegion: 'the function reads secrets of its own region only',
    otherAccount:
      'the policy of the secret, its key (not aws/secretsmanager) and a policy that you add to the role of the function must allow the read',
  },
  existingAlertsTopicArn: { oneRegion: 'an alarm notifies topics of its own region only' },
  alarmsTopicArn: { oneRegion: 'an alarm notifies topics of its own region only' },
  existingKeyArn: { oneRegion: 'a topic uses keys of its own region only' },
  existingAlertsTopicKeyArn: { oneRegion: 'a topic uses keys of its own region only' },
};

/** The region of the stack: from `region`, otherwise from the first ARN. `text` includes the name of that setting. */
interface Place {
  readonly region: string;
  readonly text: string;
}

/** The settings that contradict the region, the account or the partition of the deployment. */
export function checkPlace(fields: Fields): Problem[] {
  const arns = Object.entries(ARN_SETTINGS).flatMap(([setting, rule]) => readArn(setting, rule, fields[setting]));
  const place = findPlace(fields, arns);
  return [
    ...arns.flatMap((arn) => [...checkArn(arn, place), ...checkAccount(arn, fields.account)]),
    ...checkChat(fields, place),
  ];
}

interface Arn {
  readonly setting: string;
  readonly rule: ArnRule;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly found: string;
}

/** An ARN of another form is a bad value, which the schema reports. */
function readArn(setting: string, rule: ArnRule, text: unknown): Arn[] {
  const parts = typeof text === 'string' ? /^arn:(aws[a-z-]*):[a-z]+:([a-z0-9-]+):(\d{12}):/.exec(text) : null;
  const [, partition, region, account] = parts ?? [];
  if (partition === undefined || region === undefined || account === undefined) return [];
  return [{ setting, rule, partition, region, account, found: show(text) }];
}

function findPlace({ region }: Fields, arns: readonly Arn[]): Place | undefined {
  if (typeof region === 'string' && REGION.test(region)) return { region, text: `region ${region}` };
  const first = arns.find((arn) => partitionOf(arn.region) === arn.partition);
  return first && { region: first.region, text: `${first.region}, the region of ${first.setting}` };
}

function checkArn({ setting, rule, partition, region, found }: Arn, place: Place | undefined): Problem[] {
  const stack = place ?? { region, text: `its own region ${region}` };
  const [own, wanted] = [partitionOf(region), partitionOf(stack.region)];
  if (partition !== own || partition !== wanted) {
    const than = partition === wanted ? `its own region ${region}` : stack.text;
    const message = `is in another partition than ${than}`;
    const allowed = `an ARN that begins with arn:${wanted}: and contains ${stack.region}`;
    return [environmentProblem('OTHER_PARTITION', setting, { message, found, allowed })];
  }
  if (region === stack.region) return [];
  const message = `is in another region than ${stack.text}; ${rule.oneRegion}`;
  return [environmentProblem('OTHER_REGION', setting, { message, found, allowed: `an ARN in ${stack.region}` })];
}

function checkAccount({ setting, rule, account, found }: Arn, own: unknown): Problem[] {
  if (rule.otherAccount === undefined || typeof own !== 'string' || !ACCOUNT.test(own) || own === account) return [];
  const message = `is in another account than ${own}; ${rule.otherAccount}`;
  return [environmentProblem('OTHER_ACCOUNT', setting, { message, found, allowed: `an ARN in ${own}` })];
}

/**
 * All regions of Amazon Q Developer in chat applications are in the partition `aws`:
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/chatbot-regions.html
 */
function checkChat({ chat }: Fields, place: Place | undefined): Problem[] {
  if (chat === undefined || place === undefined || partitionOf(place.region) === 'aws') return [];
  const message = `Amazon Q Developer in chat applications does not exist in ${place.region}`;
  const allowed = 'no chat; use recipients, or an https subscriber of the alerts topic';
  return [environmentProblem('NO_CHAT_SERVICE', 'chat', { message, found: show(chat), allowed })];
}
