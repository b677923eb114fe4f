import { type Problem, show } from '../../lambda/policy/problem';
import { isTimeZone } from '../../lambda/time-zone';
import { cronProblem } from './cron';
import { fieldsOf } from './fields';
import { environmentProblem } from './problem';
import { firstMissedTime, LONGEST_GAP_ALLOWED_HOURS, longestGapHours, wordHours } from './schedule';

const PATH = 'schedule.cron';
const GAP_ALLOWED = `a run at least once a month: a gap of at most ${wordHours(LONGEST_GAP_ALLOWED_HOURS)}`;

/** Each synthesis reports a paused environment, because no alarm reports it. */
export function checkPause(value: unknown): Problem[] {
  const { enabled } = fieldsOf(value);
  if (enabled !== false) return [];
  const message = 'pauses the schedule: no run starts, and no alarm reports missing runs';
  const words = { message, found: show(enabled), allowed: 'when the pause ends: true, or omit enabled' };
  return [environmentProblem('SCHEDULE_PAUSED', 'schedule.enabled', words)];
}

/** Checks that a schedule that EventBridge Scheduler accepts also fires, skips no run, and can be watched by an alarm. */
export function checkTimes(value: unknown): Problem[] {
  const { cron, timeZone } = fieldsOf(value);
  if (typeof cron !== 'string' || cronProblem(cron) !== undefined) return [];
  // If the time zone is not valid, UTC replaces it: no time zone has a shorter gap.
  const schedule = { cron, timeZone: isTimeZone(timeZone) ? timeZone : 'Etc/UTC' };
  const found = show(cron);
  const hours = longestGapHours(schedule);
  if (hours > 365 * 24) {
    const message = 'starts no run for a year or more';
    return [environmentProblem('NEVER_FIRES', PATH, { message, found, allowed: GAP_ALLOWED })];
  }
  const problems: Problem[] = [];
  if (hours > LONGEST_GAP_ALLOWED_HOURS) {
    const message = `leaves up to ${wordHours(Math.ceil(hours))} without a run`;
    problems.push(environmentProblem('LONG_GAP', PATH, { message, found, allowed: GAP_ALLOWED }));
  }
  const missed = firstMissedTime(schedule);
  if (missed !== undefined) {
    const message = `a clock change skips a run, such as the run at ${missed}`;
    const allowed = 'a local time that exists on every day, or Etc/UTC as time zone';
    const words = { message, found: `${found} in ${schedule.timeZone}`, allowed };
    problems.push(environmentProblem('SKIPPED_TIME', PATH, words));
  }
  return problems;
}
