import { defineCommand, type Ready } from '../command';
import { HISTORY, REASON, TARGET_OPTIONS, YES } from '../command-options';
import { text, toggle, type ValuesOf } from '../option';

const OPTIONS = {
  ...TARGET_OPTIONS,
  run: text({
    name: 'run',
    placeholder: 'RUN_ID',
    help: 'run to undo; its connections are held afterwards',
  }),
  release: text({
    name: 'release',
    placeholder: 'ID',
    help: 'ends the holds of this connection or run; runs can repair again',
  }),
  reason: REASON,
  allowNeverOnLogin: toggle({
    name: 'allow-never-on-login',
    help: 'also restores never_on_login, which stops the creation of users at login',
  }),
  yes: YES,
  history: HISTORY,
} as const;
const NEEDS = ['run', 'release'] as const;
export type UndoOptions = Ready<ValuesOf<typeof OPTIONS>, (typeof NEEDS)[number]>;

export const undoCommand = defineCommand({
  name: 'undo',
  summary: 'Restores the values from before a run, or releases holds',
  options: OPTIONS,
  needs: NEEDS,
  example: 'undo --environment dev --run 2026-01-05T04-30-00Z-5f0c2a9e',
  exitCodes: {
    0: 'all connections restored, or holds released',
    1: 'not confirmed; nothing was written',
    2: 'not all connections restored, or wrong usage',
  },
});
