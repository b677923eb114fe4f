import { defineCommand } from '../command';
import { HISTORY, TARGET_OPTIONS } from '../command-options';

const OPTIONS = { ...TARGET_OPTIONS, history: HISTORY } as const;

export const changesCommand = defineCommand({
  name: 'changes',
  summary: 'Lists changes by runs and operators: repairs, undos, releases, unlocks',
  options: OPTIONS,
  example: 'changes --environment dev',
  exitCodes: { 0: 'changes listed', 2: 'history not readable, or wrong usage' },
});
