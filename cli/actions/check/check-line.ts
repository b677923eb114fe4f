import type { Command } from '../../../lambda/report/commands/command';

/** The subjects of the check, as the lines name them. The keys are public: `--format json` contains them. */
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

/** The result for one subject. `skip`: the subject could not be checked, which alone is not a problem. */
export interface CheckLine {
  readonly status: 'ok' | 'warn' | 'fail' | 'skip';
  readonly subject: CheckSubject;
  readonly text: string;
  /** The command to paste that fixes the problem. */
  readonly command?: Command | undefined;
}
