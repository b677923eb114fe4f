import type { Policy } from '../policy/policy';
import { type History, HistoryFailure, type RunRecord } from './history';
import { releaseLease } from './lease';
import { EMPTY_STATE, type TenantState } from './state';

/**
 * The state that earlier runs stored. After a failure the state is unknown, and a run with unknown state must not
 * write.
 */
export interface Memory {
  readonly state: TenantState;
  /** No state was stored before: holds, and connections that are repeatedly changed back, are unknown. */
  readonly isFirst: boolean;
  readonly failure: string | null;
}

export async function recall(history: History): Promise<Memory> {
  return attempt<Memory>(
    async () => {
      const { state, version } = await history.readState();
      return { state, isFirst: version === undefined, failure: null };
    },
    (failure) => ({ state: EMPTY_STATE, isFirst: false, failure }),
  );
}

/** A stored record with its version, a record that another run has concluded, or why the record was not stored. */
export type KeptRecord =
  | { readonly result: 'kept'; readonly version: string }
  | { readonly result: 'concluded' }
  | { readonly result: 'failed'; readonly failure: string };

/**
 * Stores the record of a run over the version that the run wrote before. The answer to that write might have been lost.
 * The record in the history is then our own, unless another run has concluded it as cut.
 */
export async function keepRecord(
  history: History,
  record: RunRecord,
  { runId, version }: { readonly runId: string; readonly version: string | undefined },
): Promise<KeptRecord> {
  return attempt<KeptRecord>(
    async () => {
      const written = await history.writeRun(record, version);
      if (written !== undefined) return { result: 'kept', version: written };
      const found = await history.readRun(runId);
      if (found?.phase === 'cut') return { result: 'concluded' };
      // A person might have deleted it. The writes of the run must still be reported.
      const again = await history.writeRun(record, found?.version);
      return again === undefined ? { result: 'concluded' } : { result: 'kept', version: again };
    },
    (failure) => ({ result: 'failed', failure }),
  );
}

/** Why the page of a run was not stored, or `null`. Without a page there is nothing to store. */
export async function keepPage(history: History, runId: string, page: string | undefined): Promise<string | null> {
  return attempt(
    async () => {
      if (page !== undefined) await history.keepPage(runId, page);
      return null;
    },
    (failure) => failure,
  );
}

/**
 * Stores the text of a run's policy before a record names its fingerprint. The state contains the fingerprint of the
 * last stored text, so a run with an unchanged policy sends no request. Returns why the text was not stored, or `null`.
 */
export async function keepPolicy(
  history: History,
  { policy, policyFingerprint }: { readonly policy: Policy; readonly policyFingerprint: string },
  { keptPolicy }: TenantState,
): Promise<string | null> {
  if (keptPolicy === policyFingerprint) return null;
  return attempt<string | null>(
    async () => {
      await history.keepPolicy(policy);
      return null;
    },
    (failure) => failure,
  );
}

/** Another run can write the state between our read and our write. The state is then read again. */
const MAX_ATTEMPTS = 5;

/** The state after the update, or why the update failed. */
export type KeptState =
  | { readonly state: TenantState; readonly failure: null }
  | { readonly state: null; readonly failure: string };

/** Updates the state. */
export async function keepState(history: History, next: (state: TenantState) => TenantState): Promise<KeptState> {
  return attempt<KeptState>(
    async () => {
      for (let tried = 1; tried <= MAX_ATTEMPTS; tried += 1) {
        const { state, version } = await history.readState();
        const following = next(state);
        if (await history.writeState(following, version)) return { state: following, failure: null };
      }
      return { state: null, failure: 'Other runs wrote the state during each attempt to write it.' };
    },
    (failure) => ({ state: null, failure }),
  );
}

/** Releases the lease. Returns why the release failed, or `null`. After a failure the lease ends at its time limit. */
export async function giveLeaseBack(history: History, owner: string): Promise<string | null> {
  return attempt<string | null>(
    async () =>
      (await releaseLease(history, owner)) ? null : 'The lease could not be released; it ends at its time limit.',
    (failure) => failure,
  );
}

/** The result of an operation on a history, or a replacement if the history fails. */
export async function attempt<T>(work: () => Promise<T>, instead: (failure: string) => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HistoryFailure) return instead(error.message);
    throw error;
  }
}
