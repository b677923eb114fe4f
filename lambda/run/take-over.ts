import type { History, KeptLease, Tenure } from '../history/history';
import { ASK_AGAIN_MS } from '../repair/gate';

/** A run asks again whether it may write, and whether the lease is its own, after at most this long (milliseconds). */
const ASKS_WITHIN_MS = ASK_AGAIN_MS;
/** The longest that one write of it may take: the client gives up then. */
const LONGEST_WRITE_MS = 20_000;
/** After this a run that has lost its lease writes nothing any more. */
export const QUIET_AFTER_MS = ASKS_WITHIN_MS + LONGEST_WRITE_MS;

export type Taken =
  | {
      readonly isTaken: true;
      /** The owner before may still be writing: wait for `QUIET_AFTER_MS`. */
      readonly mustWait: boolean;
    }
  /** Somebody else has it, or was faster just now. */
  | { readonly isTaken: false; readonly lease: KeptLease };

/**
 * Takes the lease, over the version that was read. Whoever had it and did not give it back is left to be settled.
 * `mayEnd`: whose tenure may be ended before its time.
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
