import { type FileProblem, lintPolicy } from '../../lambda/policy/lint';
import { type Problem, show } from '../../lambda/policy/problem';
import { findBadValues } from '../../lambda/policy/shape';
import { isUnset, parseTenantAddress } from '../../lambda/tenant-address';
import { isTimeZone } from '../../lambda/time-zone';
import { fieldsOf } from './fields';
import { checkPlace } from './place-checks';
import { environmentProblem } from './problem';
import { checkPause, checkTimes } from './schedule-checks';
import { environmentFrame } from './schema';
import { checkAgainst, type Placed } from './tenant-checks';

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
    const { domain, canonicalDomain, schedule, policy } = fieldsOf(one.environment);
    const { timeZone } = fieldsOf(schedule);
    return [
      ...inFile(one.file, [
        ...findBadValues(environmentFrame, one.environment, 'environment'),
        ...checkDomain('domain', domain),
        ...checkDomain('canonicalDomain', canonicalDomain),
        ...checkCanonical(domain, canonicalDomain),
        ...checkTimes(schedule),
        ...checkPause(schedule),
        ...checkTogether(fieldsOf(one.environment)),
        ...checkPlace(fieldsOf(one.environment)),
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
function checkTogether(settings: Readonly<Record<string, unknown>>): Problem[] {
  const { mode, caps, recipients, chat, existingAlertsTopicArn } = settings;
  const { existingAlertsTopicKeyArn, existingHistoryBucketName, historyRetentionDays } = settings;
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
  if (existingAlertsTopicKeyArn !== undefined && existingAlertsTopicArn === undefined) {
    const message = 'the key of a topic, and existingAlertsTopicArn names no topic';
    const allowed = 'existingAlertsTopicArn as well, or existingKeyArn for the topics that the stack creates';
    const words = { message, found: show(existingAlertsTopicKeyArn), allowed };
    problems.push(environmentProblem('KEY_WITHOUT_TOPIC', 'existingAlertsTopicKeyArn', words));
  }
  if (existingHistoryBucketName !== undefined && historyRetentionDays !== undefined) {
    const message = 'changes nothing of a bucket that exists already';
    const allowed =
      'no historyRetentionDays beside existingHistoryBucketName; change the lifecycle of the bucket itself';
    const words = { message, found: show(historyRetentionDays), allowed };
    problems.push(environmentProblem('RETENTION_IGNORED', 'historyRetentionDays', words));
  }
  return problems;
}

/** A placeholder is a domain that can be read, and that nobody has. */
function checkDomain(path: string, value: unknown): Problem[] {
  const parsed = typeof value === 'string' ? parseTenantAddress(value) : undefined;
  if (!parsed?.ok || !isUnset(parsed.address)) return [];
  const message = 'stands for a tenant that nobody has named yet; a run says SETUP NEEDED until then';
  return [environmentProblem('NO_TENANT', path, { message, found: show(value), allowed: 'the domain of your tenant' })];
}

/** One that needs no canonical one beside it. Plain http is refused elsewhere. */
const OWN_DOMAIN = /^https:\/\/[^/]+\.auth0\.com(:\d+)?$|^http:/;

/** Auth0 gives each tenant a domain under auth0.com; any other one is a custom domain, or that of a private cloud. */
function isOwn(domain: string): boolean {
  const parsed = parseTenantAddress(domain);
  return parsed.ok && OWN_DOMAIN.test(parsed.address.origin);
}

function checkCanonical(domain: unknown, canonicalDomain: unknown): Problem[] {
  if (typeof domain === 'string' && typeof canonicalDomain === 'string' && isOwn(domain) && !isOwn(canonicalDomain)) {
    const message = 'is not under auth0.com, and domain is; the two are swapped';
    const allowed = "the tenant's own domain here, and the custom domain in domain";
    return [
      environmentProblem('NO_CANONICAL_DOMAIN', 'canonicalDomain', { message, found: show(canonicalDomain), allowed }),
    ];
  }
  const parsed = typeof domain === 'string' && canonicalDomain === undefined ? parseTenantAddress(domain) : undefined;
  if (!parsed?.ok || isUnset(parsed.address) || OWN_DOMAIN.test(parsed.address.origin)) return [];
  const message = 'is not set, and domain is not under auth0.com; a token for a custom domain is refused';
  const allowed = "the tenant's own domain, such as example.eu.auth0.com; in a private cloud the same as domain";
  return [
    environmentProblem('NO_CANONICAL_DOMAIN', 'canonicalDomain', { message, found: show(canonicalDomain), allowed }),
  ];
}
