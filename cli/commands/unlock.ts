import { defineCommand } from '../command';
import { HISTORY, REASON, TARGET_OPTIONS, YES } from '../command-options';
import { text, type ValuesOf } from '../option';

const OPTIONS = {
  ...TARGET_OPTIONS,
  owner: text({
    name: 'owner',
    placeholder: 'RUN_ID',
    help: 'id of the run that has the lease; ends its lease now, and the run stops writing',
  }),
  reason: REASON,
  yes: YES,
  history: HISTORY,
} as const;
export type UnlockOptions = ValuesOf<typeof OPTIONS>;

export const unlockCommand = defineCommand({
  name: 'unlock',
  summary: 'Shows which run has the lease on the tenant, and ends the lease',
  options: OPTIONS,
  example: 'unlock --environment dev',
  exitCodes: {
    0: 'lease ended, or no run has it',
    1: 'not confirmed; nothing was changed',
    2: 'a run has the lease, history not readable, or wrong usage',
  },
});
