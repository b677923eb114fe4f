import { randomUUID } from 'node:crypto';
import { killSwitchParameter } from '../../lambda/contract';
import { type History, HistoryFailure, type PastChange } from '../../lambda/history/history';
import { keepState } from '../../lambda/history/memory';
import { type Hold, holdAll, releaseHold, type TenantState } from '../../lambda/history/state';
import { compilePolicy } from '../../lambda/policy/expectation';
import { type Undone, undoChange } from '../../lambda/repair/undo';
import { makeHarmless } from '../../lambda/report/text/harmless';
import { fill } from '../../lambda/report/text/paragraphs';
import { explainManual } from '../../lambda/report/words/repair';
import { count } from '../../lambda/report/words/run';
import { newRunId } from '../../lambda/run-id';
import type { UndoWish } from '../arguments';
import type { ExitCode } from '../exit-code';
import { openHistory } from '../open-history';
import { openTenant } from '../open-tenant';
import { type ResolvedTarget, TargetError } from '../target';
import type { Terminal } from '../terminal';

const LONGEST_UNDO_MS = 60 * 60_000;
const CLOCK_SKEW_MS = 60_000;
const HELD_SHOWN = 50;

/** Puts back what a run changed and holds those connections, or releases a hold. */
export async function undoCommand(target: ResolvedTarget, wish: UndoWish, terminal: Terminal): Promise<ExitCode> {
  const { history, mayWrite } = openHistory(wish.history, target, terminal);
  try {
    if (wish.release !== undefined) return await release(wish.release, history, terminal);
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
    return await undoAll(run, changes, { target, history, mayWrite, terminal });
  } catch (error) {
    if (error instanceof HistoryFailure) throw new TargetError([error.message]);
    throw error;
  }
}

async function release(connectionId: string, history: History, { print }: Terminal): Promise<ExitCode> {
  const { state } = await history.readState();
  if (!Object.hasOwn(state.holds, connectionId)) {
    throw new TargetError([`--release: '${makeHarmless(connectionId)}' is not held; ${listHeld(state.holds)}`]);
  }
  const failure = await keepState(history, (current) => releaseHold(current, connectionId));
  if (failure !== null) throw new TargetError([failure]);
  print(`${connectionId} is no longer held; a run may repair it again.`);
  return 0;
}

function listHeld(holds: TenantState['holds']): string {
  const ids = Object.keys(holds);
  const more = ids.length > HELD_SHOWN ? ` and ${ids.length - HELD_SHOWN} more` : '';
  return ids.length === 0 ? 'nothing is' : `held are: ${ids.slice(0, HELD_SHOWN).join(', ')}${more}`;
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

interface Undertaking {
  readonly target: ResolvedTarget;
  readonly history: History;
  readonly mayWrite: () => Promise<boolean>;
  readonly terminal: Terminal;
}

async function undoAll(run: string, changes: readonly PastChange[], work: Undertaking): Promise<ExitCode> {
  const { target, history, mayWrite, terminal } = work;
  const { now, print } = terminal;
  const runId = newRunId(now(), randomUUID());
  const deadline = now() + LONGEST_UNDO_MS;
  const lease = await history.takeLease(runId, now(), deadline + CLOCK_SKEW_MS);
  if (lease === undefined)
    throw new TargetError(['another run holds the lease on this tenant; try again when it has ended']);

  const { tenant } = openTenant(target, terminal, { writes: 'allowed', deadline });
  const policy = compilePolicy(target.policy, { now: now(), timeZone: target.timeZone });
  const ended: Undone[] = [];
  let unkept: string | null = null;
  try {
    for (const change of changes) {
      if (!(await mayWrite())) break;
      const undone = await undoChange(change, { tenant, policy, runId });
      ended.push(undone);
      print(fill(describe(undone), { first: `${undone.connectionId}  `, columns: 80 }).join('\n'));
      // What went wrong once may go wrong at each of the others.
      if (undone.outcome === 'failed_verification') break;
    }
  } finally {
    unkept = await keepState(history, (state) => holdAll(state, holdsFor(ended, run, now())));
    await lease.release();
  }
  const undone = ended.filter(({ outcome }) => isUndone(outcome)).length;
  print(`${undone} of ${count(changes.length, 'connection')} as before that run.`);
  if (ended.length < changes.length)
    print(`Stopped early: ${count(changes.length - ended.length, 'connection')} not tried.`);
  if (unkept !== null) {
    throw new TargetError([`the holds could not be kept, so the next run may repair these again: ${unkept}`]);
  }
  return undone === changes.length ? 0 : 2;
}

function isUndone(outcome: Undone['outcome']): boolean {
  return outcome === 'restored' || outcome === 'already_restored' || outcome === 'gone';
}

/** Whatever a person wanted undone is not repaired again by itself, whether the undo could be done or not. */
function holdsFor(ended: readonly Undone[], runId: string, now: number): Record<string, Hold> {
  const since = new Date(now).toISOString();
  return Object.fromEntries(
    ended.flatMap(({ connectionId, expectation }) =>
      expectation === null ? [] : [[connectionId, { runId, since, expectation }]],
    ),
  );
}

function describe({ outcome, unsafe, detail }: Undone): string {
  const more = unsafe === null ? detail : explainManual(unsafe);
  return more === null ? WORDS[outcome] : `${WORDS[outcome]} ${makeHarmless(more, 500)}`;
}

const WORDS = {
  restored: 'restored and verified; held from now on',
  already_restored: 'already as it was before; held from now on',
  moved: 'left alone: the value is no longer the one that run wrote; held from now on',
  gone: 'the connection is gone',
  skipped_unsafe: 'left to a person:',
  failed: 'not restored:',
  failed_verification: 'FAILED VERIFICATION:',
} as const satisfies Record<Undone['outcome'], string>;
