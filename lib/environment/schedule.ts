import { DAY, HOUR, MINUTE, SPAN, wallClock } from './cron';

export interface Schedule {
  /**
   * The six fields of an AWS cron expression, without `cron(...)`: minutes, hours, day of month, month, day of week,
   * year (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html).
   */
  readonly cron: string;

  /** The IANA time zone of the expression, such as `Europe/Berlin`. */
  readonly timeZone: string;

  /**
   * Whether the schedule starts runs. `false` pauses the environment, and no alarm reports missing runs.
   * @default true
   */
  readonly enabled?: boolean | undefined;
}

/**
 * Hours that a run can be late without an alarm, rounded up. The schedule starts the run within 15 minutes and tries for
 * one hour. Lambda keeps a throttled event for one hour. A run takes up to 15 minutes. The metric counts by the full hour.
 */
const MARGIN_HOURS = 4;

/** An alarm looks back at most 7 days (PutMetricAlarm: 604,800 seconds). A longer gap needs the daily watch event. */
const LONGEST_LOOK_BACK_HOURS = 7 * 24;

/** A monthly run can be on a day of the week, such as the first Monday: 5 weeks, and one hour for a clock change. */
export const LONGEST_GAP_ALLOWED_HOURS = 35 * 24 + 1;

/** The whole hours within which the next run must complete after the last run, by this schedule. */
export function dueHours(schedule: Schedule): number {
  return Math.ceil(longestGapHours(schedule)) + MARGIN_HOURS;
}

/** "48 hours", "7 days and 5 hours": days are easier to read than 173 hours. */
export function wordHours(hours: number): string {
  if (hours <= 48) return count(hours, 'hour');
  const days = count(Math.floor(hours / 24), 'day');
  const rest = hours % 24;
  return rest === 0 ? days : `${days} and ${count(rest, 'hour')}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Whether the gap between runs is too long for an alarm to look back, so that the watch event must report overdue runs. */
export function needsWatch(schedule: Schedule): boolean {
  return dueHours(schedule) > LONGEST_LOOK_BACK_HOURS;
}

/**
 * The longest time without a firing in two fixed years, in hours, including the start and the end of the span. 17,544 (the
 * whole span) for a schedule that never fires. EventBridge Scheduler skips a local time that a clock change skips, and fires
 * once at a local time that occurs twice (same source as above, "Daylight savings time").
 *
 * @throws if the expression or the time zone is not valid; `cronProblem` returns the reason
 */
export function longestGapHours(schedule: Schedule): number {
  const offsetAt = offsetsOf(schedule.timeZone);
  // The start and the end are local times too. Otherwise a time zone far from UTC would lengthen the gap there.
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
 * The first local time, such as `2027-03-28 02:30`, at which a clock change skips a run; undefined if no run is skipped.
 * A frequent schedule whose next run is no later than usual misses no run.
 *
 * @throws if the expression or the time zone is not valid
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
  /** The local time, as if it were UTC. */
  readonly wall: number;
  /** Undefined if a clock change skips the time. */
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

/** The instant of a local time: undefined if a clock change skips it, the first instant if it occurs twice. */
function instantOf(wall: number, offsetAt: (instant: number) => number): number | undefined {
  const instants = [offsetAt(wall - DAY), offsetAt(wall + DAY)]
    .map((offset) => wall - offset)
    .filter((instant) => instant + offsetAt(instant) === wall);
  return instants.length === 0 ? undefined : Math.min(...instants);
}

const knownOffsets = new Map<string, Map<number, number>>();

/** Offsets change only at quarters of an hour, so that one lookup serves all instants of a quarter. */
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
