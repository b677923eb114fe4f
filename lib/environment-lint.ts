import { inspect } from 'node:util';
import { parsePolicy } from '../lambda/audit/policy';
import { MODES } from '../lambda/contract';
import { parseTenantAddress } from '../lambda/tenant-address';
import type { Environment } from './environment';
import { cronProblem, LONGEST_GAP_ALLOWED_HOURS, longestGapHours, type Schedule } from './schedule';

/** One thing that is wrong in an environment: the path inside its file, what was found and what is allowed. */
export interface Problem {
  readonly file: string;
  readonly path: string;
  readonly text: string;
}

type Fault = Omit<Problem, 'file'>;
type Check = (value: unknown, path: string) => readonly Fault[];

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const CHECKS = {
  name: text(/^[a-z][a-z0-9-]{0,31}$/, 'up to 32 lower-case letters, digits and hyphens, a letter first'),
  account: optional(text(/^\d{12}$/, 'an AWS account id of 12 digits, in quotes')),
  region: optional(text(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region such as eu-central-1')),
  domain: tenantDomain,
  canonicalDomain: optional(tenantDomain),
  schedule: scheduleThatFires,
  mode: oneOf(MODES),
  policy: readablePolicy,
  recipients: emailAddresses,
  logRetentionDays: oneOf(RETENTION_DAYS),
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
} satisfies Record<keyof Environment, Check>;

/**
 * Everything that is wrong in any environment, at once. The files are not trusted to have been type-checked: an app
 * that runs through tsx is not.
 */
export function lintEnvironments(environments: readonly unknown[]): Problem[] {
  const names = environments.map((environment) => fieldsOf(environment).name);
  return environments.flatMap((environment, index) => {
    const name = names[index];
    const file = typeof name === 'string' ? `environments/${name}.ts` : `environments/index.ts [${index}]`;
    const repeated = typeof name === 'string' && names.indexOf(name) < index;
    return [
      ...faultsOf(fieldsOf(environment)),
      ...(repeated ? [fault('name', name, 'a name that no other environment has')] : []),
    ].map((found) => ({ file, ...found }));
  });
}

export function describeProblem({ file, path, text }: Problem): string {
  return `${file}: ${path}: ${text}`;
}

function faultsOf(fields: Readonly<Record<string, unknown>>): Fault[] {
  return [
    ...Object.entries(CHECKS).flatMap(([path, check]) => check(fields[path], path)),
    ...Object.keys(fields)
      .filter((path) => !Object.hasOwn(CHECKS, path))
      .map((path) => ({ path, text: `is no setting; allowed are ${Object.keys(CHECKS).join(', ')}` })),
  ];
}

function tenantDomain(value: unknown, path: string): Fault[] {
  const parsed = typeof value === 'string' ? parseTenantAddress(value) : undefined;
  return parsed?.ok && parsed.address.origin.startsWith('https:')
    ? []
    : [fault(path, value, 'a domain such as example.eu.auth0.com, without scheme, path, user or trailing dot')];
}

function scheduleThatFires(value: unknown, path: string): Fault[] {
  const { cron, timeZone } = fieldsOf(value);
  const problem = typeof cron === 'string' ? cronProblem(cron) : 'is no text';
  const faults: Fault[] = [];
  if (problem !== undefined) {
    const allowed = 'six AWS cron fields without cron(...), such as 30 4 * * ? *';
    faults.push({ path: `${path}.cron`, text: `${show(cron)} ${problem}; allowed is ${allowed}` });
  }
  if (!isTimeZone(timeZone)) {
    const allowed = 'one such as Europe/Berlin or Etc/UTC';
    faults.push({ path: `${path}.timeZone`, text: `${show(timeZone)} is no IANA time zone; allowed is ${allowed}` });
  } else if (problem === undefined && typeof cron === 'string') {
    faults.push(...gapFaults({ cron, timeZone }, `${path}.cron`));
  }
  return faults;
}

function gapFaults(schedule: Schedule, path: string): Fault[] {
  const hours = longestGapHours(schedule);
  if (hours <= LONGEST_GAP_ALLOWED_HOURS) {
    return [];
  }
  const gap = hours < 365 * 24 ? `leaves up to ${Math.ceil(hours)} hours without a run` : 'does not fire for years';
  const allowed = `a gap of at most ${LONGEST_GAP_ALLOWED_HOURS} hours, since the missing-run alarm cannot look further`;
  return [{ path, text: `${show(schedule.cron)} ${gap}; allowed is ${allowed}` }];
}

/** Intl also takes offsets such as +01:00 and any spelling of case; EventBridge Scheduler is told IANA names only. */
function isTimeZone(value: unknown): value is string {
  if (typeof value !== 'string' || !/^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/.test(value)) {
    return false;
  }
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

function readablePolicy(value: unknown, path: string): Fault[] {
  const parsed = parsePolicy(value);
  if (parsed.ok) {
    return [];
  }
  return parsed.problems.map((problem) => {
    const at = problem.slice(0, problem.indexOf(': '));
    return { path: at === 'policy' ? path : `${path}.${at}`, text: problem.slice(at.length + 2) };
  });
}

function emailAddresses(value: unknown, path: string): Fault[] {
  if (!Array.isArray(value)) {
    return [fault(path, value, 'a list of e-mail addresses; [] for none')];
  }
  return value.flatMap((recipient: unknown, index) => {
    const at = `${path}[${index}]`;
    if (typeof recipient !== 'string' || !/^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/.test(recipient)) {
      return [fault(at, recipient, 'an e-mail address such as identity-team@example.com')];
    }
    return value.indexOf(recipient) < index ? [fault(at, recipient, 'each address once')] : [];
  });
}

function text(pattern: RegExp, allowed: string): Check {
  return (value, path) => (typeof value === 'string' && pattern.test(value) ? [] : [fault(path, value, allowed)]);
}

function oneOf(values: readonly unknown[]): Check {
  return (value, path) => (values.includes(value) ? [] : [fault(path, value, `one of ${values.join(', ')}`)]);
}

function wholeNumber(from: number, to: number): Check {
  return (value, path) =>
    typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to
      ? []
      : [fault(path, value, `a whole number from ${from} to ${to}`)];
}

function optional(check: Check): Check {
  return (value, path) => (value === undefined ? [] : check(value, path));
}

function fault(path: string, found: unknown, allowed: string): Fault {
  return { path, text: `${show(found)} found; allowed is ${allowed}` };
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY });
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
