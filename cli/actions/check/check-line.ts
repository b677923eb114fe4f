import type { Command } from '../../../lambda/report/commands/command';

/** What is looked at, as a line names it. The keys are public: `--format json` has them. */
export const CHECK_SUBJECTS = {
  settings: 'settings',
  domain: 'domain',
  credentials: 'credentials',
  scopes: 'scopes',
  listing: 'listing',
  options: 'options',
  rate_limit: 'rate limit',
  aws: 'AWS',
  secret: 'secret',
  alerts: 'alerts',
  alarms: 'alarms',
} as const satisfies Readonly<Record<string, string>>;
export type CheckSubject = keyof typeof CHECK_SUBJECTS;

/** One thing looked at. `skip`: it could not be looked at, which is no reason to worry by itself. */
export interface CheckLine {
  readonly status: 'ok' | 'warn' | 'fail' | 'skip';
  readonly subject: CheckSubject;
  readonly text: string;
  /** What to do about it, to be pasted. */
  readonly command?: Command | undefined;
}
