import type { History } from './history/history';

/** Whether a run is overdue, and the last run that was complete and reported to everyone. */
export interface Watched {
  readonly isOverdue: boolean;
  /** ISO 8601, UTC; `null` before the first such run. */
  readonly lastCompleteAt: string | null;
}

/**
 * Reads from the state whether the last complete run is at most `dueHours` hours old. Only reads: it takes no lease and
 * claims no event. Throws `HistoryFailure`; then the answer is unknown and the invocation fails.
 */
export async function watch(history: Pick<History, 'readState'>, dueHours: number, now: number): Promise<Watched> {
  const { state } = await history.readState();
  // The trend contains the runs that were reported to everyone.
  const last = state.trend.findLast(({ complete }) => complete);
  if (last === undefined) return { isOverdue: true, lastCompleteAt: null };
  return { isOverdue: now - Date.parse(last.at) > dueHours * 3_600_000, lastCompleteAt: last.at };
}
