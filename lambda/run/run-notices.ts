import type { TenantState } from '../history/state';
import type { Notice } from '../judge/notice';
import { SCHEDULE_TOLERANCE_MS } from '../policy/days';

/** A time of the last message that is in the future would suppress every reminder. A clock was wrong, then or now. */
export function clockNotices({ lastTold }: TenantState, now: number): Notice[] {
  if (lastTold === null || Date.parse(lastTold) <= now + SCHEDULE_TOLERANCE_MS) return [];
  return [{ code: 'LAST_TOLD_IN_FUTURE', at: lastTold }];
}

/**
 * The runs of the function after the last run that reached everyone: the trend contains only runs that were reported.
 * The writes of such a run are in the state and are reported separately. Covers the runs that the state lists, at most
 * 100.
 */
export function missedNotices({ runs, trend }: TenantState): Notice[] {
  const last = trend.at(-1);
  const told = new Set(trend.map(({ runId }) => runId));
  const missed = runs.filter(
    ({ runId, at, by }) =>
      by === null && !told.has(runId) && (last === undefined || Date.parse(at) > Date.parse(last.at)),
  );
  const [first] = missed;
  return first === undefined ? [] : [{ code: 'RUNS_MISSED', runs: missed.length, since: first.at }];
}
