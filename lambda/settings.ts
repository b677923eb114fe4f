import * as z from 'zod';
import { type EnvVarName, MODES, type Mode } from './contract';
import { DEFAULT_QUARANTINE, type Quarantine } from './history/state';
import { isTimeZone } from './policy/days';
import type { Caps } from './repair/caps';
import { type Cadence, DEFAULT_CADENCE } from './run/notification';
import { isUnset, parseTenantAddress, type TenantAddress } from './tenant-address';

/** What one function is set up to do. */
export interface Settings {
  readonly environment: string;
  readonly address: TenantAddress;
  /** The Management API's audience: of the canonical domain, also where the tenant is reached through a custom one. */
  readonly audience: string;
  /** The domain is one that nobody has set up yet (`.invalid`). */
  readonly domainIsUnset: boolean;
  readonly mode: Mode;
  readonly secretArn: string;
  readonly alertsTopicArn: string;
  readonly findingsTopicArn: string;
  /** Share of the tenant's rate limit to leave to others, 0 to 90. */
  readonly reservePercent: number;
  readonly timeZone: string;
  readonly historyBucket: string;
  readonly killSwitchParameter: string;
  /** `undefined` where the environment states none; then nothing may be changed. */
  readonly caps: Caps | undefined;
  readonly quarantine: Quarantine;
  readonly cadence: Cadence;
  /** Whether e-mail, address and user agent of people are left out of all messages and records. */
  readonly withoutPeople: boolean;
  readonly importsToSecurityHub: boolean;
  /** Where in AWS the function runs, from the ARN of its topic. */
  readonly awsHome: { readonly partition: string; readonly region: string; readonly account: string };
}

/** One or more variables are missing or wrong; the message names each with the remedy. */
export class SettingsError extends Error {
  constructor(problems: readonly string[]) {
    super(
      `The function's environment variables are not as the stack sets them. Deploy again, or set them right:\n${problems.map((problem) => `- ${problem}`).join('\n')}`,
    );
    this.name = 'SettingsError';
  }
}

const arn = (service: string) =>
  z.string().regex(new RegExp(`^arn:[a-z-]+:${service}:[a-z0-9-]+:\\d{12}:.+$`), `expected the ARN of ${service}`);
const address = z.string().transform((text, context) => {
  const parsed = parseTenantAddress(text);
  if (parsed.ok) return parsed.address;
  context.addIssue(parsed.problem);
  return z.NEVER;
});
const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .refine(
      (text) => /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most,
      `expected a whole number from ${least} to ${most}`,
    )
    .transform(Number);
const yesOrNo = z.enum(['true', 'false'], { error: 'expected true or false' }).transform((text) => text === 'true');
const schema = z.object({
  ENVIRONMENT_NAME: z.string().min(1),
  AUTH0_DOMAIN: address,
  AUTH0_CANONICAL_DOMAIN: address.optional(),
  AUDIT_MODE: z
    .enum(MODES, { error: ({ input }) => `expected ${MODES.join(' or ')}, got '${String(input).slice(0, 40)}'` })
    .default('report'),
  SECRET_ARN: arn('secretsmanager'),
  ALERTS_TOPIC_ARN: arn('sns'),
  FINDINGS_TOPIC_ARN: arn('sns'),
  RATE_RESERVE_PERCENT: wholeNumber(0, 90).default(20),
  SCHEDULE_TIME_ZONE: z.string().refine(isTimeZone, 'expected an IANA time zone such as Europe/Berlin'),
  HISTORY_BUCKET: z.string().regex(/^[a-z0-9][a-z0-9.-]{2,62}$/, 'expected the name of an S3 bucket'),
  KILL_SWITCH_PARAMETER: z.string().regex(/^\/[\w./-]+$/, 'expected the name of an SSM parameter'),
  MAX_CHANGES: wholeNumber(0, 100_000).optional(),
  MAX_PERCENT: wholeNumber(0, 100).optional(),
  QUARANTINE_REPAIRS: wholeNumber(1, 100).default(DEFAULT_QUARANTINE.repairs),
  QUARANTINE_DAYS: wholeNumber(1, 365).default(DEFAULT_QUARANTINE.days),
  REMINDER_DAYS: wholeNumber(1, 365).default(DEFAULT_CADENCE.reminderDays),
  WEEKLY_ALL_CLEAR: yesOrNo.default(DEFAULT_CADENCE.weeklyAllClear),
  NAME_PEOPLE: yesOrNo.default(true),
  SECURITY_HUB: z.literal('import', { error: 'expected import or nothing' }).optional(),
} satisfies Record<EnvVarName, z.ZodType>);

/** Reads the variables that the stack sets; an empty one counts as not set. Throws `SettingsError` naming every bad one. */
export function parseSettings(variables: Readonly<Record<string, string | undefined>>): Settings {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(set);
  if (!parsed.success) {
    throw new SettingsError(
      parsed.error.issues.map(({ path, message }) => {
        const name = path.map(String).join('.');
        return set[name] === undefined ? `${name}: missing` : `${name}: ${message}`;
      }),
    );
  }
  const values = parsed.data;
  const canonical = values.AUTH0_CANONICAL_DOMAIN ?? values.AUTH0_DOMAIN;
  return {
    environment: values.ENVIRONMENT_NAME,
    address: values.AUTH0_DOMAIN,
    audience: `${canonical.origin}/api/v2/`,
    domainIsUnset: isUnset(values.AUTH0_DOMAIN),
    mode: values.AUDIT_MODE,
    secretArn: values.SECRET_ARN,
    alertsTopicArn: values.ALERTS_TOPIC_ARN,
    findingsTopicArn: values.FINDINGS_TOPIC_ARN,
    reservePercent: values.RATE_RESERVE_PERCENT,
    timeZone: values.SCHEDULE_TIME_ZONE,
    historyBucket: values.HISTORY_BUCKET,
    killSwitchParameter: values.KILL_SWITCH_PARAMETER,
    caps: capsOf(values.MAX_CHANGES, values.MAX_PERCENT),
    quarantine: { repairs: values.QUARANTINE_REPAIRS, days: values.QUARANTINE_DAYS },
    cadence: { reminderDays: values.REMINDER_DAYS, weeklyAllClear: values.WEEKLY_ALL_CLEAR },
    withoutPeople: !values.NAME_PEOPLE,
    importsToSecurityHub: values.SECURITY_HUB === 'import',
    awsHome: homeOf(values.FINDINGS_TOPIC_ARN),
  };
}

/** `arn:partition:service:region:account:resource` (AWS general reference). */
function homeOf(arnOfOurs: string): Settings['awsHome'] {
  const [, partition = '', , region = '', account = ''] = arnOfOurs.split(':');
  return { partition, region, account };
}

function capsOf(maxChanges: number | undefined, maxPercent: number | undefined): Caps | undefined {
  return maxChanges === undefined || maxPercent === undefined ? undefined : { maxChanges, maxPercent };
}

const eventSchema = z.object({ mode: z.unknown() });

/** The mode of one run. An event may lower it to `report`, in any spelling; nothing in an event can raise it. */
export function lowerMode(mode: Mode, event: unknown): Mode {
  const asked = eventSchema.safeParse(event).data?.mode;
  return asked === undefined || asked === 'remediate' ? mode : 'report';
}
