import { keysOf } from '../../lambda/connection/tables';

export type QuestionName =
  | 'environment'
  | 'domain'
  | 'canonicalDomain'
  | 'recipients'
  | 'schedule'
  | 'timeZone'
  | 'region';

/** Each answer as typed by the operator, or as given in an option. An empty text means no answer. */
export type Answers = Readonly<Record<QuestionName, string>>;
/** The answers that the operator has given so far. */
export type GivenAnswers = Readonly<Partial<Record<QuestionName, string | undefined>>>;

interface Question {
  readonly option: string;
  readonly prompt: string;
  /** The setting that the answer sets, as problems name it. */
  readonly path: string;
  /** The meaning of an empty answer, if an empty answer is allowed. */
  readonly none?: string;
}

/** The questions, in the order in which `init` asks them. */
export const QUESTIONS: Readonly<Record<QuestionName, Question>> = {
  environment: { option: '--environment', prompt: 'Name of the environment', path: 'name' },
  domain: { option: '--domain', prompt: 'Domain of the tenant, such as acme.eu.auth0.com', path: 'domain' },
  canonicalDomain: {
    option: '--canonical-domain',
    prompt: 'Canonical domain of the tenant, under auth0.com',
    path: 'canonicalDomain',
  },
  recipients: {
    option: '--recipients',
    prompt: 'E-mail addresses for alerts, separated by commas',
    path: 'recipients',
    none: 'none',
  },
  schedule: {
    option: '--schedule',
    prompt: 'Start of the nightly run, as a time or six AWS cron fields',
    path: 'schedule.cron',
  },
  timeZone: { option: '--time-zone', prompt: 'Time zone of the start time', path: 'schedule.timeZone' },
  region: { option: '--region', prompt: 'AWS region', path: 'region', none: 'region of the AWS credentials' },
};
export const QUESTION_NAMES = keysOf(QUESTIONS);
