import { randomUUID } from 'node:crypto';
import type { History, PastChange } from '../../../lambda/history/history';
import { keepState } from '../../../lambda/history/memory';
import { type Hold, holdAll } from '../../../lambda/history/state';
import { compilePolicy } from '../../../lambda/policy/expectation';
import { type Undone, undoChange } from '../../../lambda/repair/undo';
import { fill } from '../../../lambda/report/text/columns';
import { makeHarmless } from '../../../lambda/report/text/harmless';
import { explainManual } from '../../../lambda/report/words/repair';
import { count } from '../../../lambda/report/words/run';
import { newRunId } from '../../../lambda/run-id';
import type { ExitCode } from '../../exit-code';
import { openTenant } from '../../open-tenant';
import { type ResolvedTarget, TargetError } from '../../target';
import type { Terminal } from '../../terminal';

const LONGEST_UNDO_MS = 60 * 60_000;
const CLOCK_SKEW_MS = 60_000;

interface RestoreContext {
  readonly target: ResolvedTarget;
  readonly history: History;
  readonly mayWrite: () => Promise<boolean>;
  readonly terminal: Terminal;
}

/** Puts back what a run changed, one connection after another, and holds each that was tried. */
export async function restoreAll(
  run: string,
  changes: readonly PastChange[],
  context: RestoreContext,
): Promise<ExitCode> {
  const { target, history, mayWrite, terminal } = context;
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
  return more === null ? UNDO_WORDS[outcome] : `${UNDO_WORDS[outcome]} ${makeHarmless(more, 500)}`;
}

/** What is said of each way in which an undo ends. */
export const UNDO_WORDS = {
  restored: 'restored and verified; held from now on',
  already_restored: 'already as it was before; held from now on',
  moved: 'left alone: the value is no longer the one that run wrote; held from now on',
  gone: 'the connection is gone',
  skipped_unsafe: 'left to a person:',
  failed: 'not restored:',
  failed_verification: 'FAILED VERIFICATION:',
} as const satisfies Record<Undone['outcome'], string>;
