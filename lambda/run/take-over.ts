import { REQUEST_MS } from '../connection/tenant';
import type { History, KeptLease, Tenure } from '../history/history';
import { ASK_AGAIN_MS } from '../repair/gate';

/**
 * Milliseconds after which a run that has lost its lease no longer writes. By then it has asked again whether the lease
 * is its own, and its previous write has ended.
 */
export const QUIET_AFTER_MS = ASK_AGAIN_MS + REQUEST_MS;

export type Taken =
  | {
      readonly isTaken: true;
      /** The previous owner might still be writing: wait for `QUIET_AFTER_MS`. */
      readonly mustWait: boolean;
    }
  /** Another run has the lease, or has just taken it first. */
  | { readonly isTaken: false; readonly lease: KeptLease };

/**
 * Takes the lease by replacing the version that was read. An owner who did not release it stays in the lease to be
 * settled. `mayEnd`: whether the tenure of a lease is allowed to end early.
 */
export async function takeOver(
  history: History,
  {
    tenure,
    now,
    mayEnd,
  }: { readonly tenure: Tenure; readonly now: number; readonly mayEnd: (lease: KeptLease) => boolean },
): Promise<Taken> {
  const lease = await history.readLease();
  const isRunning = !lease.isReadable || (lease.owner !== '' && lease.until > now);
  if (isRunning && !mayEnd(lease)) return { isTaken: false, lease };
  const former = lease.isReadable && lease.owner !== '' ? [{ owner: lease.owner, until: lease.until }] : [];
  const terms = { ...tenure, unsettled: [...lease.unsettled, ...former] };
  const isTaken = await history.writeLease(terms, lease.version);
  return isTaken ? { isTaken, mustWait: isRunning } : { isTaken, lease: await history.readLease() };
}
