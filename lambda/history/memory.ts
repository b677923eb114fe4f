import type { Policy } from '../policy/policy';
import { type History, HistoryFailure, type RunRecord } from './history';
import { releaseLease } from './lease';
import { EMPTY_STATE, type TenantState } from './state';

/** What earlier runs left; with a failure, nobody knows, and a run that does not know must not write. */
export interface Memory {
  readonly state: TenantState;
  /** No state was ever kept: whether a person holds a connection, and what keeps being set back, is not known. */
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

/** A record that was kept, with its version; one that another has concluded; or why it was not kept. */
export type KeptRecord =
  | { readonly result: 'kept'; readonly version: string }
  | { readonly result: 'concluded' }
  | { readonly result: 'failed'; readonly failure: string };

/**
 * Keeps the record of a run over the version that the run wrote before. The answer to that write may have been lost:
 * what is found there is our own unless another run has concluded ours as cut.
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
      // Somebody may have deleted it: the writes of the run are still to be told.
      const again = await history.writeRun(record, found?.version);
      return again === undefined ? { result: 'concluded' } : { result: 'kept', version: again };
    },
    (failure) => ({ result: 'failed', failure }),
  );
}

/** Why the page of a run was not kept, or `null`; without a page there is nothing to keep. */
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
 * Keeps the text of a run's policy, before a record names its fingerprint. The state tells which text was kept last, so that
 * a run whose policy did not change asks the history nothing. Why the text was not kept, or `null`.
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

/** Another run may write the state between our read and our write of it: then it is read again. */
const MAX_ATTEMPTS = 5;

/** The state after it was carried on, or why that did not work. */
export type KeptState =
  | { readonly state: TenantState; readonly failure: null }
  | { readonly state: null; readonly failure: string };

/** Carries the state on. */
export async function keepState(history: History, next: (state: TenantState) => TenantState): Promise<KeptState> {
  return attempt<KeptState>(
    async () => {
      for (let tried = 1; tried <= MAX_ATTEMPTS; tried += 1) {
        const { state, version } = await history.readState();
        const following = next(state);
        if (await history.writeState(following, version)) return { state: following, failure: null };
      }
      return { state: null, failure: 'The state was written by other runs at each attempt to write it.' };
    },
    (failure) => ({ state: null, failure }),
  );
}

/** Gives the lease back. Why that did not work, or `null`: then it ends by its time. */
export async function giveLeaseBack(history: History, owner: string): Promise<string | null> {
  return attempt<string | null>(
    async () =>
      (await releaseLease(history, owner)) ? null : 'The lease could not be given back; it ends by its time.',
    (failure) => failure,
  );
}

/** What a history answers, or something in its place where it fails. */
export async function attempt<T>(work: () => Promise<T>, instead: (failure: string) => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HistoryFailure) return instead(error.message);
    throw error;
  }
}
