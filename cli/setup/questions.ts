import { keysOf } from '../../lambda/connection/tables';

export type QuestionName =
  | 'environment'
  | 'domain'
  | 'canonicalDomain'
  | 'recipients'
  | 'schedule'
  | 'timeZone'
  | 'region';

/** Each answer as a person types it, or gives it as an option; an empty text is none. */
export type Answers = Readonly<Record<QuestionName, string>>;
/** Those that a person has given so far. */
export type GivenAnswers = Readonly<Partial<Record<QuestionName, string | undefined>>>;

interface Question {
  readonly option: string;
  readonly prompt: string;
  /** The setting that the answer decides, as problems name it. */
  readonly path: string;
  /** What an empty answer means, where one may be given. */
  readonly none?: string;
}

/** In the order in which they are asked. */
export const QUESTIONS: Readonly<Record<QuestionName, Question>> = {
  environment: { option: '--environment', prompt: 'Name of the environment', path: 'name' },
  domain: { option: '--domain', prompt: "The tenant's domain, such as acme.eu.auth0.com", path: 'domain' },
  canonicalDomain: {
    option: '--canonical-domain',
    prompt: "The tenant's own domain, under auth0.com",
    path: 'canonicalDomain',
  },
  recipients: {
    option: '--recipients',
    prompt: 'E-mail addresses for alerts, with commas',
    path: 'recipients',
    none: 'none',
  },
  schedule: {
    option: '--schedule',
    prompt: 'Start of the nightly run, a time or six AWS cron fields',
    path: 'schedule.cron',
  },
  timeZone: { option: '--time-zone', prompt: 'Time zone of that time', path: 'schedule.timeZone' },
  region: { option: '--region', prompt: 'AWS region', path: 'region', none: 'that of the AWS credentials' },
};
export const QUESTION_NAMES = keysOf(QUESTIONS);
