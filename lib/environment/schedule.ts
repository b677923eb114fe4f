import { DAY, HOUR, MINUTE, SPAN, wallClock } from './cron';

export interface Schedule {
  /**
   * The six fields of an AWS cron expression, without `cron(...)`: minutes, hours, day of month, month, day of week,
   * year (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html).
   */
  readonly cron: string;

  /** The IANA time zone that the expression is read in, such as `Europe/Berlin`. */
  readonly timeZone: string;

  /**
   * Whether runs start by the schedule; `false` pauses the environment, and nobody is told that no run completes.
   * @default true
   */
  readonly enabled?: boolean | undefined;
}

/**
 * Hours that a run may be late without anybody being woken, rounded up: the schedule starts it within a quarter of an
 * hour, and tries for one hour; Lambda keeps a throttled event for one hour; a run takes up to a quarter of one; and the
 * metric counts by the full hour.
 */
const MARGIN_HOURS = 4;

/** An alarm looks back 7 days at most (PutMetricAlarm: 604,800 seconds). A longer gap needs the daily watch event. */
const LONGEST_LOOK_BACK_HOURS = 7 * 24;

/** A month whose run may be on a day of the week, such as the first Monday: 5 weeks, and an hour for a change of the clocks. */
export const LONGEST_GAP_ALLOWED_HOURS = 35 * 24 + 1;

/** Whole hours within which a run must have completed since the last one, by this schedule. */
export function dueHours(schedule: Schedule): number {
  return Math.ceil(longestGapHours(schedule)) + MARGIN_HOURS;
}

/** "48 hours", "7 days and 5 hours": nobody reads 173 hours as a week. */
export function wordHours(hours: number): string {
  if (hours <= 48) return count(hours, 'hour');
  const days = count(Math.floor(hours / 24), 'day');
  const rest = hours % 24;
  return rest === 0 ? days : `${days} and ${count(rest, 'hour')}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Whether no alarm can look back from one run to the next, so that the watch event must say whether a run is overdue. */
export function needsWatch(schedule: Schedule): boolean {
  return dueHours(schedule) > LONGEST_LOOK_BACK_HOURS;
}

/**
 * The longest time, in hours, that passes without a firing in two fixed years, their ends included; 17,544 (all of it)
 * for a schedule that never fires. EventBridge Scheduler skips a local time that a clock change skips, and fires once
 * at one that comes twice (same source as above, "Daylight savings time").
 *
 * @throws where the expression or the time zone cannot be read; `cronProblem` tells why
 */
export function longestGapHours(schedule: Schedule): number {
  const offsetAt = offsetsOf(schedule.timeZone);
  // The ends are read on the wall too, or a time zone far from UTC would lengthen the gap at an end.
  let last = instantOf(SPAN.from, offsetAt) ?? SPAN.from;
  const end = instantOf(SPAN.to, offsetAt) ?? SPAN.to;
  let longest = 0;
  for (const { instant } of firingsOf(schedule)) {
    if (instant !== undefined) {
      longest = Math.max(longest, instant - last);
      last = instant;
    }
  }
  return Math.max(longest, end - last) / HOUR;
}

/**
 * The first local time, such as `2027-03-28 02:30`, that a clock change skips together with its run; undefined where
 * none does. A schedule that fires so often that the next run comes no later than usual misses nothing.
 *
 * @throws where the expression or the time zone cannot be read
 */
export function firstMissedTime(schedule: Schedule): string | undefined {
  let last: Firing | undefined;
  let missed: { readonly wall: number; readonly usual: number } | undefined;
  for (const firing of firingsOf(schedule)) {
    if (firing.instant === undefined) {
      missed ??= last && { wall: firing.wall, usual: firing.wall - last.wall };
    } else {
      if (missed !== undefined && last?.instant !== undefined && firing.instant - last.instant > missed.usual) {
        return new Date(missed.wall).toISOString().slice(0, 16).replace('T', ' ');
      }
      missed = undefined;
      last = firing;
    }
  }
  return undefined;
}

interface Firing {
  /** The time on the wall, as if it were UTC. */
  readonly wall: number;
  /** None where clocks skip that time. */
  readonly instant: number | undefined;
}

function* firingsOf({ cron, timeZone }: Schedule): Generator<Firing> {
  const { days, times } = wallClock(cron);
  const offsetAt = offsetsOf(timeZone);
  for (const day of days) {
    for (const time of times) {
      yield { wall: day + time, instant: instantOf(day + time, offsetAt) };
    }
  }
}

/** The instant that a time on the wall names: none where clocks skip it, the first where it comes twice. */
function instantOf(wall: number, offsetAt: (instant: number) => number): number | undefined {
  const instants = [offsetAt(wall - DAY), offsetAt(wall + DAY)]
    .map((offset) => wall - offset)
    .filter((instant) => instant + offsetAt(instant) === wall);
  return instants.length === 0 ? undefined : Math.min(...instants);
}

const knownOffsets = new Map<string, Map<number, number>>();

/** Offsets change at quarters of an hour only, so that one look at the time zone serves all instants within. */
function offsetsOf(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const known = knownOffsets.get(timeZone) ?? new Map<number, number>();
  knownOffsets.set(timeZone, known);
  return (instant) => {
    const quarter = Math.floor(instant / (15 * MINUTE));
    const offset = known.get(quarter) ?? parseOffset(format.formatToParts(instant));
    known.set(quarter, offset);
    return offset;
  };
}

function parseOffset(parts: readonly Intl.DateTimeFormatPart[]): number {
  const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /^GMT([+-])(\d\d):(\d\d)$/.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * HOUR + Number(minutes ?? 0) * MINUTE);
}
