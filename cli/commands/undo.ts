import { killSwitchParameter } from '../../lambda/contract';
import { HistoryFailure, type PastChange } from '../../lambda/history/history';
import { makeHarmless } from '../../lambda/report/text/harmless';
import { fill } from '../../lambda/report/text/paragraphs';
import { count } from '../../lambda/report/words/run';
import type { UndoWish } from '../arguments';
import type { ExitCode } from '../exit-code';
import { openHistory } from '../open-history';
import { type ResolvedTarget, TargetError } from '../target';
import type { Terminal } from '../terminal';
import { releaseConnection } from './undo/release';
import { restoreAll } from './undo/restore';

/** Puts back what a run changed and holds those connections, or releases a hold. */
export async function undoCommand(target: ResolvedTarget, wish: UndoWish, terminal: Terminal): Promise<ExitCode> {
  const { history, mayWrite } = openHistory(wish.history, target, terminal);
  try {
    if (wish.release !== undefined) return await releaseConnection(wish.release, history, terminal);
    const run = wish.run ?? '';
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
    if (!(await mayWrite()))
      throw new TargetError([`the kill switch ${killSwitchParameter(target.environment)} does not say allow`]);
    if (!(await confirmUndo(run, changes, target, wish, terminal))) return 1;
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
  { yes }: UndoWish,
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
