import { type History, HistoryFailure, type KeptLease, type Tenure } from '../../history/history';
import { isEmpty, NO_LEASE } from '../../history/lease';
import { QUIET_AFTER_MS, takeOver } from '../take-over';
import { changeBy, keepChange, type Person } from './personal-change';

export interface Unlock extends Person {
  /** The run id that the operator entered to end the tenure of that run early. */
  readonly typed: string | undefined;
}

export interface UnlockWorld {
  readonly history: History;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Called before a wait for a run that might still be active. The argument is in milliseconds. */
  readonly waiting: (milliseconds: number) => void;
}

export type UnlockResult =
  | { readonly kind: 'free' }
  /** A run has the lease and its time is not over. */
  | { readonly kind: 'held'; readonly lease: KeptLease }
  | {
      readonly kind: 'unlocked';
      /** Runs whose record cannot be read: their writes stay unknown. */
      readonly givenUp: readonly string[];
      /** Runs that a later run settles when their time is over. */
      readonly left: readonly Tenure[];
      /** Why the unlock itself could not be recorded, or `null`. */
      readonly failure: string | null;
    };

/** Longer than an unlock takes after its wait. */
const UNLOCK_MS = 120_000;

/**
 * Ends a tenure that no run ends: of a lease that cannot be read, of a run whose record cannot be read, or of a run
 * that is still active if the operator entered its run id. The next run settles what can be settled. Throws
 * `HistoryFailure`.
 */
export async function unlock(unlocking: Unlock, world: UnlockWorld): Promise<UnlockResult> {
  const { history, now, sleep, waiting } = world;
  const { runId, typed } = unlocking;
  const before = await history.readLease();
  if (isEmpty(before)) return { kind: 'free' };
  const taken = await takeOver(history, {
    tenure: { owner: runId, until: now() + QUIET_AFTER_MS + UNLOCK_MS },
    now: now(),
    mayEnd: ({ isReadable, owner }) => !isReadable || owner === typed,
  });
  if (!taken.isTaken) return { kind: 'held', lease: taken.lease };
  if (taken.mustWait) {
    waiting(QUIET_AFTER_MS);
    await sleep(QUIET_AFTER_MS);
  }
  const lease = await history.readLease();
  const unsettled: Tenure[] = [];
  for (const tenure of lease.unsettled) if (await canBeSettled(history, tenure)) unsettled.push(tenure);
  const of = before.isReadable ? before.owner || (before.unsettled[0]?.owner ?? '') : null;
  const change = changeBy(unlocking, { kind: 'unlock', of, at: now() });
  const failure = await keepChange(history, { person: unlocking, change }, (state) => state);
  const left = new Set(unsettled.map(({ owner }) => owner));
  const givenUp = lease.unsettled.map(({ owner }) => owner).filter((owner) => !left.has(owner));
  const isFree = await giveBack(history, runId, new Set(givenUp));
  if (!isFree) return { kind: 'held', lease: await history.readLease() };
  return { kind: 'unlocked', givenUp, left: unsettled, failure };
}

const MAX_ATTEMPTS = 3;

/** Leaves the lease to the next run. A run that has ended in the meantime might have removed itself from the list. */
async function giveBack(history: History, owner: string, givenUp: ReadonlySet<string>): Promise<boolean> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const lease = await history.readLease();
    if (lease.owner !== owner) return false;
    const unsettled = lease.unsettled.filter((tenure) => !givenUp.has(tenure.owner));
    if (await history.writeLease({ ...NO_LEASE, unsettled }, lease.version)) return true;
  }
  return false;
}

/**
 * A record that exists and cannot be read stays unreadable. A record that is missing or cannot be reached might be
 * readable later.
 */
async function canBeSettled(history: History, { owner }: Tenure): Promise<boolean> {
  try {
    await history.readRun(owner);
    return true;
  } catch (error) {
    if (!(error instanceof HistoryFailure)) throw error;
    return !error.isLasting;
  }
}
