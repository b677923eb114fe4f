import { type Problem, show } from '../../lambda/policy/problem';
import { ACCOUNT, partitionOf, REGION } from './partitions';
import { environmentProblem } from './problem';

type Fields = Readonly<Record<string, unknown>>;

/** What is known of a setting that holds an ARN. */
interface ArnRule {
  /** Why the stack can use it in its own region only. */
  readonly oneRegion: string;
  /** What is missing where it is of another account; without it, that is as good as the stack's own. */
  readonly otherAccount?: string;
}

/**
 * The settings that hold ARNs. A key and a topic may be of another account: their policies alone decide, as the setting
 * says (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html). For a secret
 * the function's role needs `kms:Decrypt` as well, which the stack does not grant, and no other account can use the key
 * `aws/secretsmanager` (https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html).
 *
 * Regions: the function's clients call their own; CloudWatch answers "Invalid region eu-west-1 specified. Only us-east-1
 * is supported" (https://github.com/cds-snc/notification-terraform/pull/128); a key is used in its region, and a replica
 * has an ARN of its own (https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html).
 */
const ARN_SETTINGS: Readonly<Record<string, ArnRule>> = {
  existingSecretArn: {
    oneRegion: 'the function reads secrets of its own region only',
    otherAccount:
      "its policy, its key (not aws/secretsmanager) and a policy that you add to the function's role must allow it",
  },
  existingAlertsTopicArn: { oneRegion: 'an alarm notifies topics of its own region only' },
  alarmsTopicArn: { oneRegion: 'an alarm notifies topics of its own region only' },
  existingKeyArn: { oneRegion: 'a topic uses keys of its own region only' },
  existingAlertsTopicKeyArn: { oneRegion: 'a topic uses keys of its own region only' },
};

/** The region of the stack, as `region` says, or else the ARN that comes first; `text`: with the name of that setting. */
interface Place {
  readonly region: string;
  readonly text: string;
}

/** What contradicts the place of the deployment: its region, its account and its partition. */
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

/** An ARN of another form is a bad value, which the schema names. */
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
    const message = `is of another partition than ${than}`;
    const allowed = `one that begins with arn:${wanted}: and names ${stack.region}`;
    return [environmentProblem('OTHER_PARTITION', setting, { message, found, allowed })];
  }
  if (region === stack.region) return [];
  const message = `is of another region than ${stack.text}; ${rule.oneRegion}`;
  return [environmentProblem('OTHER_REGION', setting, { message, found, allowed: `one of ${stack.region}` })];
}

function checkAccount({ setting, rule, account, found }: Arn, own: unknown): Problem[] {
  if (rule.otherAccount === undefined || typeof own !== 'string' || !ACCOUNT.test(own) || own === account) return [];
  const message = `is of another account than ${own}; ${rule.otherAccount}`;
  return [environmentProblem('OTHER_ACCOUNT', setting, { message, found, allowed: `one of ${own}` })];
}

/**
 * The regions of Amazon Q Developer in chat applications are all of the partition `aws`:
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/chatbot-regions.html
 */
function checkChat({ chat }: Fields, place: Place | undefined): Problem[] {
  if (chat === undefined || place === undefined || partitionOf(place.region) === 'aws') return [];
  const message = `Amazon Q Developer in chat applications does not exist in ${place.region}`;
  const allowed = 'no chat; recipients, or an https subscriber of the alerts topic';
  return [environmentProblem('NO_CHAT_SERVICE', 'chat', { message, found: show(chat), allowed })];
}
