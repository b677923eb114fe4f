import { defineCommand } from '../command';
import { OUTPUT, TARGET_OPTIONS } from '../command-options';
import type { ValuesOf } from '../option';

const OPTIONS = { ...TARGET_OPTIONS, output: OUTPUT } as const;
export type BaselineOptions = ValuesOf<typeof OPTIONS>;

export const baselineCommand = defineCommand({
  name: 'baseline',
  summary: 'Drafts a policy from the current tenant, for review',
  options: OPTIONS,
  example: 'baseline --environment dev --output policy.json',
  exitCodes: { 0: 'policy drafted', 2: 'tenant or file not accessible, or wrong usage' },
});
