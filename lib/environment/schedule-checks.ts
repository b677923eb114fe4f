import { isTimeZone } from '../../lambda/policy/days';
import { type Problem, show } from '../../lambda/policy/problem';
import { cronProblem } from './cron';
import { environmentProblem } from './problem';
import { firstMissedTime, LONGEST_GAP_ALLOWED_HOURS, longestGapHours, type Schedule } from './schedule';
import { type Check, fieldsOf, objectOf } from './setting-checks';

/** A schedule that EventBridge Scheduler accepts, that fires, and that the missing-run alarm can watch. */
export const checkSchedule: Check = (value, path) => {
  const { cron, timeZone } = fieldsOf(value);
  const problems = objectOf({ cron: checkCron, timeZone: checkTimeZone })(value, path);
  if (typeof cron !== 'string' || cronProblem(cron) !== undefined) return problems;
  // Where the time zone is wrong, UTC stands for it: no gap is shorter elsewhere.
  const schedule = { cron, timeZone: isTimeZone(timeZone) ? timeZone : 'Etc/UTC' };
  return [...problems, ...checkTimes(schedule, `${path}.cron`)];
};

function checkCron(value: unknown, path: string): Problem[] {
  const problem = typeof value === 'string' ? cronProblem(value) : 'is no text';
  const allowed = 'six AWS cron fields without cron(...), such as 30 4 * * ? *';
  return problem === undefined
    ? []
    : [environmentProblem('BAD_CRON', path, { message: problem, found: show(value), allowed })];
}

function checkTimeZone(value: unknown, path: string): Problem[] {
  const allowed = 'one such as Europe/Berlin or Etc/UTC';
  return isTimeZone(value)
    ? []
    : [environmentProblem('UNKNOWN_TIME_ZONE', path, { message: 'no IANA time zone', found: show(value), allowed })];
}

function checkTimes(schedule: Schedule, path: string): Problem[] {
  const found = show(schedule.cron);
  const hours = longestGapHours(schedule);
  if (hours > 365 * 24) {
    return [
      environmentProblem('NEVER_FIRES', path, {
        message: 'does not fire for a year or more',
        found,
        allowed: GAP_ALLOWED,
      }),
    ];
  }
  const missed = firstMissedTime(schedule);
  return [
    ...(hours > LONGEST_GAP_ALLOWED_HOURS
      ? [
          environmentProblem('LONG_GAP', path, {
            message: `leaves up to ${Math.ceil(hours)} hours without a run`,
            found,
            allowed: GAP_ALLOWED,
          }),
        ]
      : []),
    ...(missed === undefined
      ? []
      : [
          environmentProblem('SKIPPED_TIME', path, {
            message: `a clock change skips a run, such as the one of ${missed}`,
            found: `${found} in ${schedule.timeZone}`,
            allowed: 'a local time that every day has, or Etc/UTC as time zone',
          }),
        ]),
  ];
}

const GAP_ALLOWED = `a gap of at most ${LONGEST_GAP_ALLOWED_HOURS} hours, since the missing-run alarm cannot look further`;
