import { defineCommand } from '../command';
import { POLICY, TEXT_OR_JSON } from '../command-options';
import { toggle, type ValuesOf } from '../option';

const OPTIONS = {
  policyFile: { ...POLICY, help: 'policy file (JSON) to check instead of the environment files' },
  format: TEXT_OR_JSON,
  strict: toggle({ name: 'strict', help: 'warnings count as errors' }),
} as const;
export type LintOptions = ValuesOf<typeof OPTIONS>;

export const lintCommand = defineCommand({
  name: 'lint',
  summary: 'Checks the environment files and policies for mistakes',
  options: OPTIONS,
  example: 'lint',
  exitCodes: { 0: 'no errors', 2: 'errors, or wrong usage' },
});
