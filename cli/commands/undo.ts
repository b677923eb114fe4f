import { killSwitchParameter } from '../../lambda/contract';
import { HistoryFailure, type PastChange } from '../../lambda/history/history';
import { fill } from '../../lambda/report/text/columns';
import { makeHarmless } from '../../lambda/report/text/harmless';
import { count } from '../../lambda/report/words/run';
import { defineCommand, type Ready } from '../command';
import { HISTORY, TARGET_OPTIONS, YES } from '../command-options';
import type { ExitCode } from '../exit-code';
import { openHistory } from '../open-history';
import { text, type ValuesOf } from '../option';
import { type ResolvedTarget, resolveTarget, TargetError } from '../target';
import type { Terminal } from '../terminal';
import { releaseConnection } from './undo/release';
import { restoreAll } from './undo/restore';

const OPTIONS = {
  ...TARGET_OPTIONS,
  run: text({
    name: 'run',
    placeholder: 'RUN_ID',
    help: 'run whose changes to restore; its connections are then held',
  }),
  release: text({
    name: 'release',
    placeholder: 'CONNECTION_ID',
    help: 'connection whose hold ends; runs may repair it again',
  }),
  yes: YES,
  history: HISTORY,
} as const;
const NEEDS = ['run', 'release'] as const;
type UndoOptions = Ready<ValuesOf<typeof OPTIONS>, (typeof NEEDS)[number]>;

export const undoCommand = defineCommand({
  name: 'undo',
  summary: 'Restores what a run changed, or ends the hold of a connection',
  options: OPTIONS,
  needs: NEEDS,
  example: 'undo --environment dev --run 2026-01-05T04-30-00Z-5f0c2a9e',
  exitCodes: {
    0: 'all connections restored, or hold ended',
    1: 'not confirmed; nothing was written',
    2: 'not all connections restored, or wrong usage',
  },
  run: (options, { environments, terminal }) =>
    undo(resolveTarget(options, environments, terminal.variables), options, terminal),
});

/** Puts back what a run changed and holds those connections, or releases a hold. */
async function undo(target: ResolvedTarget, options: UndoOptions, terminal: Terminal): Promise<ExitCode> {
  const { history, mayWrite } = openHistory(options.history, target, terminal);
  try {
    if (options.release !== undefined) return await releaseConnection(options.release, history, terminal);
    const { run } = options;
    const changes = await history.readChanges(run);
    if (changes === undefined) {
      const { host } = target.address;
      throw new TargetError([
        `--run: this history holds no run '${makeHarmless(run)}' of ${host}; --history names another`,
      ]);
    }
    if (changes.length === 0) {
      terminal.print('That run changed nothing, so there is nothing to undo.');
      return 0;
    }
    // Holds are kept in the state: where it cannot be read, the next run would repair again what was restored.
    await history.readState();
    if (!(await mayWrite()))
      throw new TargetError([`the kill switch ${killSwitchParameter(target.environment)} does not say allow`]);
    if (!(await confirmUndo(run, changes, target, options, terminal))) return 1;
    return await restoreAll(run, changes, { target, history, mayWrite, terminal });
  } catch (error) {
    if (error instanceof HistoryFailure) throw new TargetError([error.message]);
    throw error;
  }
}

async function confirmUndo(
  run: string,
  changes: readonly PastChange[],
  { address }: ResolvedTarget,
  { yes }: UndoOptions,
  { note, confirm }: Terminal,
): Promise<boolean> {
  const heading = `TO BE PUT BACK on ${address.host}, where the value is still the one that run ${run} wrote`;
  note(fill(heading, { columns: 80 }).join('\n'));
  for (const { connectionId, before, after } of changes) {
    note(`  ${connectionId}  ${nameValue(after)} -> ${nameValue(before)}`);
  }
  if (yes) return true;
  if (confirm === undefined) {
    note('Nobody can be asked here, so nothing is written; --yes writes without asking.');
    return false;
  }
  return confirm(`Put back ${count(changes.length, 'value')}?`);
}

function nameValue(value: PastChange['before']): string {
  return value ?? '(not set)';
}
