import type { Tenant } from '../connection/tenant';
import type { Quarantine } from '../contract';
import type { History } from '../history/history';
import { attempt, keepState, type Memory, recall } from '../history/memory';
import type { TenantState } from '../history/state';
import { claimedBy, claimUnreported } from '../history/unreported';
import type { EarlierChange } from '../judge/change';
import { type FormerRuns, findFormerRuns, plannedIn } from './former-runs';
import type { Judged } from './judge-all';
import { readLoggedWrites, type Settled, settleFormerRuns, valuesFrom } from './settle';
import type { Run, World } from './world';

/**
 * What earlier runs left: the state, and a lease that was not released. The lease is read first. A run that settles
 * another one writes the state before the lease, so a free lease means that the state contains everything. `now`:
 * milliseconds since the epoch.
 */
export async function recallEarlier(
  history: History,
  now: number,
): Promise<{ readonly memory: Memory; readonly former: FormerRuns | undefined }> {
  const found = await attempt<{ readonly former: FormerRuns | undefined; readonly failure: string | null }>(
    async () => ({ former: await findFormerRuns(history, now), failure: null }),
    (failure) => ({ former: undefined, failure }),
  );
  const memory = await recall(history);
  const failure = memory.failure ?? found.failure;
  return { memory: { ...memory, failure }, former: failure === null ? found.former : undefined };
}

export interface SettleContext {
  readonly tenant: Tenant;
  readonly history: History;
  readonly quarantine: Quarantine;
  readonly mayReadLogs: boolean;
}

/**
 * Settles the runs that never released the lease, if this run could read the connections that they planned to write.
 */
export async function settleEarlier(
  former: FormerRuns | undefined,
  judged: Judged,
  { tenant, history, quarantine, mayReadLogs }: SettleContext,
): Promise<Settled> {
  if (former === undefined) return { isSettled: true, isFree: true, failure: null };
  if (former.failure !== null) return { isSettled: false, isFree: false, failure: former.failure };
  // The owner of the lease is still running, or its time is not over.
  if (former.runs.length === 0) return { isSettled: true, isFree: false, failure: null };
  const isSeen = judged.incomplete === null || plannedIn(former).size === 0;
  if (!isSeen) return { isSettled: false, isFree: false, failure: null };
  return settleFormerRuns(former, {
    history,
    quarantine,
    findValue: valuesFrom(judged.watched, tenant),
    loggedWrites: readLoggedWrites(tenant, mayReadLogs),
  });
}

/**
 * Claims the changes that have not reached everyone, so that no other run reports them at the same time. If the claim
 * fails, the run reports the failure: it must not hide what it could not report.
 */
export async function takeOnUnreported(
  { unreported }: TenantState,
  { runId }: Run,
  { history, now, overBy, isUnannounced }: World,
): Promise<{ readonly changes: readonly EarlierChange[]; readonly failure: string | null }> {
  if (isUnannounced || Object.keys(unreported).length === 0) return { changes: [], failure: null };
  const { state, failure } = await keepState(history, (found) =>
    claimUnreported(found, { runId, now: now(), until: overBy }),
  );
  if (state !== null) return { changes: claimedBy(state, runId), failure: null };
  // Possibly only the answer was lost: then the claim exists, and no other run would report the changes.
  const found = await recall(history);
  const changes = claimedBy(found.state, runId);
  return { changes, failure: changes.length === 0 ? failure : null };
}
