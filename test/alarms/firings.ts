import { DAY, wallClock } from '../../lib/environment/cron';
import type { Window } from './cloudwatch/metric-data';
import type { ScheduleDefinition } from './deployed';

/** The times at which a schedule is due, in milliseconds since the epoch. A local time that a clock change skips is omitted. */
export function firingsOf({ cron, timeZone }: Pick<ScheduleDefinition, 'cron' | 'timeZone'>, during: Window): number[] {
  const { days, times } = wallClock(cron);
  // The Swedish date format is the format of ISO 8601.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const offsetAt = (instant: number) => Date.parse(`${format.format(instant).replace(' ', 'T')}Z`) - instant;
  return days
    .filter((day) => day > during.from - 2 * DAY && day < during.to + DAY)
    .flatMap((day) => times.flatMap((time) => instantsOf(day + time, offsetAt).slice(0, 1)))
    .filter((instant) => instant >= during.from && instant < during.to);
}

/** The instants of a local time, the earliest first. */
function instantsOf(wall: number, offsetAt: (instant: number) => number): number[] {
  return [wall - DAY, wall + DAY]
    .map((near) => wall - offsetAt(near))
    .filter((instant) => instant + offsetAt(instant) === wall)
    .toSorted((one, other) => one - other);
}
