import { grantsLogs } from '../../connection/scopes';
import { type Tenant, TenantFailure } from '../../connection/tenant';
import type { History } from '../../history/history';
import { type FormerRuns, findFormerRuns } from '../former-runs';
import { readLoggedWrites, readValue, settleFormerRuns } from '../settle';
import { QUIET_AFTER_MS, takeOver } from '../take-over';
import { giveUp, restoreChanges, type Undo, type UndoResult, type UndoWorld } from './restore-changes';

/**
 * Restores what a run changed, one connection after another, as a separate run. It takes the lease, also from the run
 * that it undoes, waits until that run can no longer write, settles what that run left, and keeps a record before its
 * first write. Each connection is held first, so that the connections of a cut-off undo are not repaired again. Throws
 * `HistoryFailure` if nothing was written.
 */
export async function undoRun(undo: Undo, world: UndoWorld): Promise<UndoResult> {
  const { history, now, sleep, overBy, waiting } = world;
  const { runId, of } = undo;
  const taken = await takeOver(history, {
    tenure: { owner: runId, until: overBy },
    now: now(),
    mayEnd: ({ isReadable, owner }) => isReadable && owner === of,
  });
  if (!taken.isTaken) return { kind: 'held', lease: taken.lease };
  if (taken.mustWait) {
    waiting(QUIET_AFTER_MS);
    await sleep(QUIET_AFTER_MS);
  }
  const failure = await settleTaken(undo, world);
  if (failure !== null) return giveUp(failure, undo, world);
  const past = await history.readRun(of);
  if (past === undefined) return giveUp(`The history contains no run ${of}.`, undo, world);
  if (past.undoable.length === 0) return giveUp('That run changed nothing, so there is nothing to undo.', undo, world);
  return restoreChanges(past.undoable, undo, world);
}

/** Settles the runs that had the lease before. Returns why that failed, or `null`. */
async function settleTaken({ of, quarantine }: Undo, { history, tenant, now }: UndoWorld): Promise<string | null> {
  const former = await findFormerRuns(history, now());
  const cut = await findCut(history, of, former);
  if (former?.failure) return former.failure;
  const lease = former?.lease ?? (await history.readLease());
  const runs = [...(former?.runs ?? []), ...cut];
  if (runs.length === 0) return null;
  const settled = await settleFormerRuns(
    { lease, runs, failure: null },
    {
      history,
      quarantine,
      findValue: (id) => readValue(tenant, id),
      loggedWrites: readLoggedWrites(tenant, await mayReadLogs(tenant)),
    },
  );
  if (settled.isSettled) return null;
  return settled.failure ?? 'Another run is settling the run that had the lease. Try again.';
}

/**
 * The run to undo, if its time is not over and its record does not show how its writes ended: it can no longer write.
 */
async function findCut(history: History, of: string, former: FormerRuns | undefined): Promise<FormerRuns['runs']> {
  const { unsettled } = await history.readLease();
  const tenure = unsettled.find(({ owner }) => owner === of);
  if (tenure === undefined || former?.runs.some(({ tenure: { owner } }) => owner === of) === true) return [];
  const run = await history.readRun(of);
  return run?.phase === 'planned' ? [{ tenure, run }] : [];
}

async function mayReadLogs(tenant: Tenant): Promise<boolean> {
  try {
    const { scopes } = await tenant.access();
    return scopes !== undefined && grantsLogs(scopes);
  } catch (error) {
    if (!(error instanceof TenantFailure)) throw error;
    return false;
  }
}
