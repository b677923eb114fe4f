import type { WriteSwitch } from '../../../lambda/contract';
import type { History, KeptLease, PastRun } from '../../../lambda/history/history';
import { compilePolicy } from '../../../lambda/policy/expectation';
import type { Undone } from '../../../lambda/repair/undo';
import { introduce } from '../../../lambda/report/commands/command';
import { releaseCommand, unlockCommand } from '../../../lambda/report/commands/npm';
import { fill } from '../../../lambda/report/text/columns';
import { makeHarmless, makeVisible } from '../../../lambda/report/text/harmless';
import { explainManual } from '../../../lambda/report/words/repair';
import { count } from '../../../lambda/report/words/run';
import { explainStop } from '../../../lambda/report/words/stop';
import type { Person } from '../../../lambda/run/people/personal-change';
import { undoRun } from '../../../lambda/run/people/undo-run';
import type { ExitCode } from '../../exit-code';
import { openTenant } from '../../open-tenant';
import type { ResolvedTarget } from '../../target';
import { TargetError } from '../../target-error';
import type { Terminal } from '../../terminal';

const LONGEST_UNDO_MS = 60 * 60_000;
/** Reserved to finish the write in progress and to record what was written. */
const TIME_TO_END_MS = 2 * 60_000;

interface RestoreContext {
  readonly target: ResolvedTarget;
  readonly history: History;
  readonly mayWrite: () => Promise<WriteSwitch>;
  readonly terminal: Terminal;
  readonly options: { readonly allowNeverOnLogin: boolean };
}

/** Restores what a run changed, and shows the outcome of each connection and the next steps. */
export async function restoreAll(past: PastRun, person: Person, context: RestoreContext): Promise<ExitCode> {
  const { target, history, mayWrite, terminal, options } = context;
  const { now, sleep, print, note, progress } = terminal;
  let ended = 0;
  const deadline = now() + LONGEST_UNDO_MS;
  const { tenant } = openTenant(target, terminal, { writes: 'allowed', deadline });
  const { runId } = person;
  const isInterrupted = terminal.watchInterrupts(
    () =>
      `Undo ${runId}: a write in progress might have been made but not recorded. The next run compares the tenant with the record of this undo and reports what was written.`,
  );
  const result = await undoRun(
    {
      runId,
      environment: person.environment,
      tenant: person.tenant,
      by: person.by,
      reason: person.reason,
      quarantine: person.quarantine,
      of: past.runId,
      policy: compilePolicy(target.policy, { now: now(), timeZone: target.timeZone }),
      allowsNeverOnLogin: options.allowNeverOnLogin,
    },
    {
      tenant,
      history,
      mayWrite,
      isInterrupted,
      now,
      sleep,
      stopAt: deadline - TIME_TO_END_MS,
      overBy: deadline + TIME_TO_END_MS,
      waiting: (ms) => {
        const said = `Run ${past.runId} might still be writing. It was asked to stop. Waiting ${Math.round(ms / 1000)} s.`;
        note(fill(said, { columns: 80 }).join('\n'));
      },
      progress: (undone) => {
        print(fill(describe(undone), { first: `${undone.connectionId}  `, columns: 80 }).join('\n'));
        ended += 1;
        progress?.(`${ended} of ${count(past.undoable.length, 'connection')} ended`);
      },
    },
  );
  if (result.kind === 'held') {
    throw new TargetError(
      [`${describeHolder(result.lease, now())}; nothing was written`],
      introduce(['To show the lease, and to end it (asks first):'], unlockCommand(target.commands)),
    );
  }
  if (result.kind === 'refused') throw new TargetError([`nothing was written: ${result.failure}`]);
  const { undone, planned, stopped, failure } = result;
  const restored = undone.filter(({ outcome }) => isUndone(outcome)).length;
  const summary = `Restored ${restored} of ${count(planned, 'connection')}. The next run with this history reports this undo (${runId}).`;
  print(fill(summary, { columns: 80 }).join('\n'));
  const release = introduce(['To let runs repair them again:'], releaseCommand(target.commands, past.runId));
  if (restored > 0 && release.length > 0) print(release.join('\n'));
  if (stopped !== undefined && undone.length < planned) {
    const left = count(planned - undone.length, 'connection');
    print(fill(`Stopped early. The undo did not try ${left}: ${explainStop(stopped)}`, { columns: 80 }).join('\n'));
  }
  if (failure !== null) {
    throw new TargetError([
      `not all of this undo could be recorded, so the next run might repair these connections again: ${failure}`,
    ]);
  }
  return restored === planned ? 0 : 2;
}

/** States which run has the lease and until when. `now`: milliseconds since the epoch. */
export function describeHolder({ owner, until, isReadable, unsettled }: KeptLease, now: number): string {
  if (!isReadable) return 'the lease cannot be read';
  if (owner === '' && unsettled.length > 0)
    return 'no run has the lease; the next run checks what the earlier runs wrote';
  if (owner === '') return 'another run took the lease at the same time; try again';
  const minutes = Math.max(0, Math.ceil((until - now) / 60_000));
  return `run ${makeVisible(owner)} has the lease until ${new Date(until).toISOString()} (in ${count(minutes, 'minute')})`;
}

function isUndone(outcome: Undone['outcome']): boolean {
  return outcome === 'restored' || outcome === 'already_restored' || outcome === 'gone';
}

function describe({ outcome, unsafe, detail }: Undone): string {
  const more = unsafe === null ? detail : explainManual(unsafe);
  return more === null ? UNDO_WORDS[outcome] : `${UNDO_WORDS[outcome]} ${makeHarmless(more, 500)}`;
}

/** The text for each outcome of an undo. */
export const UNDO_WORDS = {
  restored: 'restored and verified; held from now on',
  already_restored: 'already as it was before; held from now on',
  moved: 'not changed: the value is no longer the one that the run wrote; held from now on',
  gone: 'the connection was deleted',
  skipped_unsafe: 'needs a manual fix:',
  not_tried: 'not tried',
  failed: 'not restored:',
  failed_verification: 'FAILED VERIFICATION:',
} as const satisfies Record<Undone['outcome'], string>;
