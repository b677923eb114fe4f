import type { Command } from '../../../lambda/report/commands/command';

/** One thing looked at. `skip`: it could not be looked at, which is no reason to worry by itself. */
export interface CheckLine {
  readonly status: 'ok' | 'warn' | 'fail' | 'skip';
  readonly subject: string;
  readonly text: string;
  /** What to do about it, to be pasted. */
  readonly command?: Command | undefined;
}
