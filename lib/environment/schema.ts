import * as z from 'zod';
import { policySchema } from '../../lambda/policy/schema';
import { objectOf, textLike, trueOrFalse, wholeNumber } from '../../lambda/policy/schema-parts';
import { settingsShape } from '../../lambda/settings';
import { ADDRESS_FORM, parseTenantAddress } from '../../lambda/tenant-address';
import { chatSchema } from './chat-schema';
import { cronProblem } from './cron';
import type { Environment } from './environment';
import { ACCOUNT, REGION } from './partitions';
import type { EnvironmentProblemCode } from './problem';
import { tagsSchema } from './tags-schema';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/**
 * In megabytes. Lambda offers 128 to 10,240 (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). With
 * less than 512, the first run of a large tenant ends without a report. `test/memory/` measures how many findings fit into
 * 512 and into the default.
 */
export const MEMORY_SIZE = { least: 512, most: 10_240, default: 1024 } as const;

/** The maximum duration of one invocation: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const INVOCATION_MINUTES = 15;

const {
  name,
  domain,
  canonicalDomain,
  timeZone,
  dueHours: _dueHours,
  namesReceiver: _namesReceiver,
  ...travelling
} = settingsShape;

/** An environment is a real tenant. Only a sandbox uses plain http. */
const httpsDomain = domain.refine(
  (text) => {
    const parsed = parseTenantAddress(text);
    return parsed.ok && parsed.address.origin.startsWith('https:');
  },
  { error: ADDRESS_FORM },
);

const BAD_CRON: EnvironmentProblemCode = 'BAD_CRON';
const cronSchema = z.custom<string>().superRefine((cron, { addIssue }) => {
  const message = typeof cron === 'string' ? cronProblem(cron) : 'is not a string';
  const allowed = 'six AWS cron fields without cron(...), such as 30 4 * * ? *';
  if (message !== undefined) addIssue({ code: 'custom', message: allowed, params: { code: BAD_CRON, message } });
});

/** A list without duplicates; `one` is the noun for an element in messages. */
function listOfUnique<T extends z.ZodType<string>>(element: T, list: string, one: string) {
  return z.array(element, { error: list }).superRefine((values, { addIssue }) => {
    for (const [index, value] of values.entries()) {
      if (values.indexOf(value) < index) addIssue({ code: 'custom', path: [index], message: `each ${one} once` });
    }
  });
}

const recipientsSchema = listOfUnique(
  textLike(/^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/, 'an e-mail address such as identity-team@example.com'),
  'a list of e-mail addresses; [] for none',
  'address',
);

const accountId = textLike(ACCOUNT, 'an AWS account id of 12 digits, in quotes');

/**
 * The policy of a topic can have up to 30 KB, and each account takes about 400 bytes:
 * https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
 */
const MOST_SUBSCRIBERS = 50;
const SUBSCRIBERS = `a list of up to ${MOST_SUBSCRIBERS} AWS account ids; [] for none`;

const idsOf = (kind: string, most: number) => {
  const list = `a list of 1 to ${most} ids, such as ${kind}-0123456789abcdef0`;
  const id = textLike(new RegExp(`^${kind}-[0-9a-f]{8,17}$`), `an id such as ${kind}-0123456789abcdef0`);
  return listOfUnique(id, list, 'id').min(1, { error: list }).max(most, { error: list });
};

/** The ARN of a key, not of an alias: a permission on an alias is not a permission on its key. */
const keyArn = textLike(
  /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/,
  'the ARN of a KMS key, arn:aws:kms:REGION:ACCOUNT:key/ID, not of an alias',
);

const topicArn = textLike(
  /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/,
  'the ARN of an SNS topic that is not FIFO',
);

/** All settings: settings that the function reads (see `lambda/settings.ts`), and settings that only the stack uses. */
export const environmentShape = {
  name,
  account: accountId.optional(),
  region: textLike(REGION, 'an AWS region such as eu-central-1').optional(),
  domain: httpsDomain,
  canonicalDomain: httpsDomain.optional(),
  schedule: objectOf({ cron: cronSchema, timeZone, enabled: trueOrFalse().optional() }),
  policy: policySchema,
  recipients: recipientsSchema,
  alarmRecipients: recipientsSchema.optional(),
  alarmsTopicArn: topicArn.optional(),
  chat: chatSchema.optional(),
  alarmWarmUpHours: wholeNumber(1, 48, ' of hours').optional(),
  dashboard: trueOrFalse().optional(),
  ...travelling,
  logRetentionDays: z.literal(RETENTION_DAYS, { error: RETENTION_DAYS.join(', ') }),
  historyRetentionDays: wholeNumber(1, 3653).optional(),
  existingSecretArn: textLike(
    /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/,
    'the complete ARN of a Secrets Manager secret, with the six characters AWS appends',
  ).optional(),
  existingAlertsTopicArn: topicArn.optional(),
  existingAlertsTopicKeyArn: keyArn.optional(),
  existingKeyArn: keyArn.optional(),
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  existingHistoryBucketName: textLike(
    /^(?!.*\.\.)(?!\d+(\.\d+){3}$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    'the name of an S3 bucket, without s3://',
  ).optional(),
  findingsSubscriberAccounts: listOfUnique(accountId, SUBSCRIBERS, 'account')
    .max(MOST_SUBSCRIBERS, { error: SUBSCRIBERS })
    .optional(),
  // https://docs.aws.amazon.com/lambda/latest/api/API_VpcConfig.html
  vpc: objectOf({ subnetIds: idsOf('subnet', 16), securityGroupIds: idsOf('sg', 5) }).optional(),
  memorySize: wholeNumber(MEMORY_SIZE.least, MEMORY_SIZE.most, ' of megabytes').optional(),
  reservedConcurrency: wholeNumber(1, 1000).optional(),
  tags: tagsSchema.optional(),
  terminationProtection: trueOrFalse().optional(),
  // https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html
  awsProfile: textLike(/^[\w.@/+-]([\w.@/+ -]{0,126}[\w.@/+-])?$/, 'the name of a profile of ~/.aws/config').optional(),
} satisfies { [Key in keyof Required<Environment>]: z.ZodType<Environment[Key]> };

/** The only definition of the form of an environment. */
export const environmentSchema = objectOf(environmentShape) satisfies z.ZodType<Environment>;

/** Whether a value is a valid environment. The linter reports further problems. */
export function isEnvironment(value: unknown): value is Environment {
  return environmentSchema.safeParse(value).success;
}

/** The same schema without the content of the policy, which has a separate linter. */
export const environmentFrame = objectOf({ ...environmentShape, policy: z.unknown().optional() });
