import type { History } from './history/history';

/** Whether a run is overdue, and the last one that was complete and reported to everybody. */
export interface Watched {
  readonly isOverdue: boolean;
  /** ISO 8601, UTC; `null` before the first. */
  readonly lastCompleteAt: string | null;
}

/**
 * Reads in the state whether the last complete run is younger than so many hours. Only reads: it takes no lease and claims
 * no event. Throws `HistoryFailure`; nobody knows then, and the invocation fails.
 */
export async function watch(history: Pick<History, 'readState'>, dueHours: number, now: number): Promise<Watched> {
  const { state } = await history.readState();
  // The trend has the runs of which everybody was told.
  const last = state.trend.findLast(({ complete }) => complete);
  if (last === undefined) return { isOverdue: true, lastCompleteAt: null };
  return { isOverdue: now - Date.parse(last.at) > dueHours * 3_600_000, lastCompleteAt: last.at };
}
