import type { Policy } from '../../lambda/policy/policy';
import type { Problem } from '../../lambda/policy/problem';
import { bareDomain } from '../../lambda/tenant-address';
import { lintEnvironments } from '../../lib/environment/lint';
import type { EnvironmentProblemCode } from '../../lib/environment/problem';
import { STARTER_POLICY, starterEnvironment } from '../../lib/environment/starter';
import { DEFAULT_ENVIRONMENT } from '../command-options';
import { type Answers, type GivenAnswers, QUESTION_NAMES, QUESTIONS, type QuestionName } from './questions';
import { toCron, toTimeOfDay } from './time-of-day';

/** The given answers, and a default for each other answer. */
export function completeAnswers(given: GivenAnswers, variables: Readonly<Record<string, string | undefined>>): Answers {
  const { environment = DEFAULT_ENVIRONMENT, domain = '', canonicalDomain = '', recipients = '' } = given;
  const { schedule } = starterEnvironment(environment);
  return {
    environment,
    domain,
    canonicalDomain,
    recipients,
    schedule: given.schedule ?? toTimeOfDay(schedule.cron),
    timeZone: given.timeZone ?? schedule.timeZone,
    // The SDK and the CDK also use the first of the two variables.
    region: given.region ?? (variables.AWS_REGION || variables.AWS_DEFAULT_REGION || ''),
  };
}

/** The environment that the answers describe. The linter checks whether it is valid. */
export function draftEnvironment(answers: Answers, policy: Policy): unknown {
  const starter = starterEnvironment(answers.environment);
  return {
    name: answers.environment,
    domain: domainOf(answers.domain),
    canonicalDomain: domainOf(answers.canonicalDomain),
    region: orNothing(answers.region),
    schedule: { cron: toCron(answers.schedule), timeZone: answers.timeZone },
    mode: starter.mode,
    caps: starter.caps,
    policy,
    recipients: answers.recipients === '' ? [] : answers.recipients.split(',').map((address) => address.trim()),
    logRetentionDays: starter.logRetentionDays,
    rateReservePercent: starter.rateReservePercent,
  };
}

function domainOf(answer: string): string | undefined {
  return orNothing(bareDomain(answer).toLowerCase());
}

function orNothing(answer: string): string | undefined {
  return answer === '' ? undefined : answer;
}

export interface WrongAnswer {
  readonly question: QuestionName;
  /** The error, the found value and the allowed values. */
  readonly text: string;
}

/** These problems are warnings for an existing environment, but errors for a new one. */
const REFUSED: readonly EnvironmentProblemCode[] = ['NO_TENANT', 'NO_CANONICAL_DOMAIN', 'EXAMPLE_DOMAIN'];
const BAD_CRON: EnvironmentProblemCode = 'BAD_CRON';

/** The linter's problems with the described environment, by question. */
export function findWrongAnswers(answers: Answers): readonly WrongAnswer[] {
  const problems = lintEnvironments([draftEnvironment(answers, STARTER_POLICY)]).filter(
    ({ severity, code }) => severity === 'error' || REFUSED.some((refused) => refused === code),
  );
  return QUESTION_NAMES.flatMap((question) =>
    problems
      .filter(({ path }) => isAbout(QUESTIONS[question].path, path))
      .map((problem) => ({ question, text: describe(problem) })),
  );
}

/** A problem of a list can have the path of an element. */
function isAbout(path: string, problemPath: string): boolean {
  return problemPath === path || problemPath.startsWith(`${path}[`);
}

function describe({ code, message, found, allowed }: Problem): string {
  if (code !== BAD_CRON) return `${message}: found ${found}; allowed: ${allowed}`;
  const what = found.includes(' ') ? message : 'is not a time of day';
  return `${what}: found ${found}; allowed: a time of day such as 04:30, or ${allowed}`;
}
