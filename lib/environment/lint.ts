import { MODES } from '../../lambda/contract';
import { isTimeZone } from '../../lambda/policy/days';
import { type FileProblem, lintPolicy } from '../../lambda/policy/lint';
import { type Problem, show } from '../../lambda/policy/problem';
import { isUnset, parseTenantAddress } from '../../lambda/tenant-address';
import { checkChat } from './chat-checks';
import type { Environment } from './environment';
import { environmentProblem } from './problem';
import { checkSchedule } from './schedule-checks';
import { badValue, type Check, fieldsOf, objectOf, oneOf, optional, text, wholeNumber } from './setting-checks';
import { checkAgainst, type Placed } from './tenant-checks';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const checkSettings = objectOf({
  name: text(/^[a-z][a-z0-9-]{0,31}$/, 'up to 32 lower-case letters, digits and hyphens, a letter first'),
  account: optional(text(/^\d{12}$/, 'an AWS account id of 12 digits, in quotes')),
  region: optional(text(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region such as eu-central-1')),
  domain: checkDomain,
  canonicalDomain: optional(checkDomain),
  schedule: checkSchedule,
  mode: oneOf(MODES),
  caps: optional(objectOf({ maxChanges: wholeNumber(0, 100_000), maxPercent: wholeNumber(0, 100) })),
  quarantine: optional(objectOf({ repairs: wholeNumber(1, 100), days: wholeNumber(1, 365) })),
  policy: () => [], // by its own linter
  recipients: checkRecipients,
  chat: optional(checkChat),
  cadence: optional(objectOf({ reminderDays: wholeNumber(1, 365), weeklyAllClear: oneOf([true, false]) })),
  namePeople: optional(oneOf([true, false])),
  securityHub: optional(oneOf([true, false])),
  logRetentionDays: oneOf(RETENTION_DAYS),
  historyRetentionDays: optional(wholeNumber(1, 3653)),
  rateReservePercent: optional(wholeNumber(0, 90)),
  existingSecretArn: optional(
    text(
      /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/,
      'the complete ARN of a Secrets Manager secret, with the six characters AWS appends',
    ),
  ),
  existingAlertsTopicArn: optional(
    text(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/, 'the ARN of an SNS topic that is not FIFO'),
  ),
  reservedConcurrency: optional(wholeNumber(1, 1000)),
} satisfies Record<keyof Environment, Check>);

/**
 * Everything that the environments state and cannot mean, at once, errors first. The files are not trusted to have been
 * type-checked: an app that runs through tsx is not. Without `now`, dates are not compared with today.
 */
export function lintEnvironments(environments: readonly unknown[], now?: number): readonly FileProblem[] {
  const placed = environments.map((environment, index): Placed => {
    const { name } = fieldsOf(environment);
    const file = typeof name === 'string' ? `environments/${name}.ts` : `environments/index.ts [${index}]`;
    return { file, environment };
  });
  const problems = placed.flatMap((one, index) => {
    const { schedule, policy } = fieldsOf(one.environment);
    const { timeZone } = fieldsOf(schedule);
    return [
      ...inFile(one.file, [
        ...checkSettings(one.environment, ''),
        ...checkTogether(fieldsOf(one.environment)),
        ...checkAgainst(placed.slice(0, index), one),
      ]),
      // Its dates are days in a time zone, which may be the very thing that is wrong here.
      ...lintPolicy(policy, { file: one.file, under: 'policy', now, ...(isTimeZone(timeZone) && { timeZone }) }),
    ];
  });
  return ['error', 'warning'].flatMap((severity) => problems.filter((problem) => problem.severity === severity));
}

function inFile(file: string, problems: readonly Problem[]): FileProblem[] {
  return problems.map((problem) => ({ ...problem, file }));
}

/** What settings say together that each alone may say. */
function checkTogether({ mode, caps, recipients, chat, existingAlertsTopicArn }: Readonly<Record<string, unknown>>) {
  const problems: Problem[] = [];
  if (mode === 'remediate' && caps === undefined) {
    const message = 'mode remediate without caps';
    const allowed = 'how much one run may change at most, such as { maxChanges: 20, maxPercent: 5 }';
    problems.push(environmentProblem('NO_CAPS', 'caps', { message, found: show(caps), allowed }));
  }
  const { maxChanges } = fieldsOf(caps);
  if (mode === 'remediate' && maxChanges === 0) {
    const message = 'mode remediate, and nothing may be changed';
    const allowed = "a larger number, or mode: 'report'";
    problems.push(
      environmentProblem('CAPS_ALLOW_NOTHING', 'caps.maxChanges', { message, found: show(maxChanges), allowed }),
    );
  }
  if (Array.isArray(recipients) && recipients.length === 0 && (chat ?? existingAlertsTopicArn) === undefined) {
    const message = 'nobody receives alerts and alarms';
    const allowed = 'at least one e-mail address, chat, or existingAlertsTopicArn';
    problems.push(environmentProblem('NO_RECIPIENTS', 'recipients', { message, found: show(recipients), allowed }));
  }
  return problems;
}

function checkDomain(value: unknown, path: string): Problem[] {
  const parsed = typeof value === 'string' ? parseTenantAddress(value) : undefined;
  if (!parsed?.ok || !parsed.address.origin.startsWith('https:')) {
    return [badValue(path, value, 'a domain such as example.eu.auth0.com, without scheme, path, user or trailing dot')];
  }
  if (!isUnset(parsed.address)) return [];
  const message = 'stands for a tenant that nobody has named yet; a run says SETUP NEEDED until then';
  return [environmentProblem('NO_TENANT', path, { message, found: show(value), allowed: 'the domain of your tenant' })];
}

function checkRecipients(value: unknown, path: string): Problem[] {
  if (!Array.isArray(value)) {
    return [badValue(path, value, 'a list of e-mail addresses; [] for none')];
  }
  return value.flatMap((recipient: unknown, index) => {
    const at = `${path}[${index}]`;
    if (typeof recipient !== 'string' || !/^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/.test(recipient)) {
      return [badValue(at, recipient, 'an e-mail address such as identity-team@example.com')];
    }
    return value.indexOf(recipient) < index ? [badValue(at, recipient, 'each address once')] : [];
  });
}
