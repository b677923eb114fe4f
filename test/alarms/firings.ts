import { DAY, wallClock } from '../../lib/environment/cron';
import type { Window } from './cloudwatch/metric-data';
import type { ScheduleDefinition } from './deployed';

/** When a schedule is due, in milliseconds since the epoch. A local time that clocks skip is no time. */
export function firingsOf({ cron, timeZone }: Pick<ScheduleDefinition, 'cron' | 'timeZone'>, during: Window): number[] {
  const { days, times } = wallClock(cron);
  const near = days.filter((day) => day > during.from - 2 * DAY && day < during.to + DAY);
  return near
    .flatMap((day) => times.flatMap((time) => instantsOf(day + time, timeZone).slice(0, 1)))
    .filter((instant) => instant >= during.from && instant < during.to);
}

/** The instants at which the clock on the wall shows a time, the first one first. */
function instantsOf(wall: number, timeZone: string): number[] {
  const instants = [wall - DAY, wall + DAY].map((near) => wall - offsetAt(near, timeZone));
  return [...new Set(instants)]
    .filter((instant) => instant + offsetAt(instant, timeZone) === wall)
    .toSorted((one, other) => one - other);
}

/** Sweden writes dates as ISO 8601 does. */
function offsetAt(instant: number, timeZone: string): number {
  const shown = new Date(instant).toLocaleString('sv-SE', { timeZone });
  return Date.parse(`${shown.replace(' ', 'T')}Z`) - instant;
}
