import type { TenantState } from '../history/state';
import type { Notice } from '../judge/notice';
import { SCHEDULE_TOLERANCE_MS } from '../policy/days';

/** A last message in the future would mute every reminder: a clock was wrong, then or now. */
export function clockNotices({ lastTold }: TenantState, now: number): Notice[] {
  if (lastTold === null || Date.parse(lastTold) <= now + SCHEDULE_TOLERANCE_MS) return [];
  return [{ code: 'LAST_TOLD_IN_FUTURE', at: lastTold }];
}

/**
 * The runs of the function after the last one of which everybody was told: the trend has only those that were told. What
 * such a run wrote is in the state and is told by itself. Of the runs that the state lists, at most 100.
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
