import { DAY, wallClock } from '../../lib/environment/cron';
import type { Window } from './cloudwatch/metric-data';
import type { ScheduleDefinition } from './deployed';

/** When a schedule is due, in milliseconds since the epoch. A local time that clocks skip is no time. */
export function firingsOf({ cron, timeZone }: Pick<ScheduleDefinition, 'cron' | 'timeZone'>, during: Window): number[] {
  const { days, times } = wallClock(cron);
  // Sweden writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const offsetAt = (instant: number) => Date.parse(`${format.format(instant).replace(' ', 'T')}Z`) - instant;
  return days
    .filter((day) => day > during.from - 2 * DAY && day < during.to + DAY)
    .flatMap((day) => times.flatMap((time) => instantsOf(day + time, offsetAt).slice(0, 1)))
    .filter((instant) => instant >= during.from && instant < during.to);
}

/** The instants at which the clock on the wall shows a time, the first one first. */
function instantsOf(wall: number, offsetAt: (instant: number) => number): number[] {
  return [wall - DAY, wall + DAY]
    .map((near) => wall - offsetAt(near))
    .filter((instant) => instant + offsetAt(instant) === wall)
    .toSorted((one, other) => one - other);
}
