import { defineCommand } from '../command';
import { HISTORY, REASON, TARGET_OPTIONS, YES } from '../command-options';
import type { ValuesOf } from '../option';

const OPTIONS = { ...TARGET_OPTIONS, reason: REASON, yes: YES, history: HISTORY } as const;
export type AcceptOptions = ValuesOf<typeof OPTIONS>;

export const acceptEmptyListingCommand = defineCommand({
  name: 'accept-empty-listing',
  summary: 'Confirms that the tenant no longer has any connections',
  options: OPTIONS,
  example: 'accept-empty-listing --environment dev',
  exitCodes: {
    0: 'confirmed, or nothing to confirm',
    1: 'not confirmed; nothing was changed',
    2: 'history not readable, or wrong usage',
  },
});
