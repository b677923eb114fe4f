import { defineCommand } from '../command';
import { TARGET_OPTIONS, TEXT_OR_JSON } from '../command-options';
import { toggle, type ValuesOf } from '../option';

const OPTIONS = {
  ...TARGET_OPTIONS,
  format: TEXT_OR_JSON,
  testAlarm: toggle({ name: 'test-alarm', help: 'sends a test alarm to all recipients of alarms' }),
} as const;
export type CheckOptions = ValuesOf<typeof OPTIONS>;

export const checkCommand = defineCommand({
  name: 'check',
  summary: 'Checks domain, credentials, scopes and deployment (read-only)',
  options: OPTIONS,
  example: 'check --environment dev',
  exitCodes: { 0: 'no check failed', 2: 'a check failed, or wrong usage' },
});
