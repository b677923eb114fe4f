import { defineCommand } from '../command';
import { HISTORY, TARGET_OPTIONS, TEXT_OR_JSON } from '../command-options';
import type { ValuesOf } from '../option';

const OPTIONS = {
  ...TARGET_OPTIONS,
  format: TEXT_OR_JSON,
  history: HISTORY,
} as const;
export type HistoryOptions = ValuesOf<typeof OPTIONS>;

export const historyCommand = defineCommand({
  name: 'history',
  summary: 'Lists the last runs and the changes by operators, newest first',
  options: OPTIONS,
  example: 'history --environment dev',
  exitCodes: { 0: 'runs and changes listed', 2: 'history not readable, or wrong usage' },
});
