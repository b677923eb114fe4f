import { type History, HistoryFailure, type RunRecord } from './history';
import { EMPTY_STATE, type TenantState } from './state';

/** What earlier runs left; with a failure, nobody knows, and a run that does not know must not write. */
export interface Memory {
  readonly state: TenantState;
  readonly failure: string | null;
}

export async function recall(history: History): Promise<Memory> {
  try {
    const { state } = await history.readState();
    return { state, failure: null };
  } catch (error) {
    return { state: EMPTY_STATE, failure: wordsOf(error) };
  }
}

/** Why a record was not kept, or `null`. */
export async function keepRecord(history: History, record: RunRecord): Promise<string | null> {
  try {
    await history.keepRun(record);
    return null;
  } catch (error) {
    return wordsOf(error);
  }
}

/** Why the page of a run was not kept, or `null`; without a page there is nothing to keep. */
export async function keepPage(history: History, runId: string, page: string | undefined): Promise<string | null> {
  try {
    if (page !== undefined) await history.keepPage(runId, page);
    return null;
  } catch (error) {
    return wordsOf(error);
  }
}

/** Another run may write the state between our read and our write of it: then it is read again. */
const MAX_ATTEMPTS = 3;

/** Carries the state on. Why that did not work, or `null`. */
export async function keepState(history: History, next: (state: TenantState) => TenantState): Promise<string | null> {
  let failure: string | null = null;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    try {
      const { state, version } = await history.readState();
      await history.writeState(next(state), version);
      return null;
    } catch (error) {
      failure = wordsOf(error);
    }
  }
  return failure;
}

function wordsOf(error: unknown): string {
  if (error instanceof HistoryFailure) return error.message;
  throw error;
}
