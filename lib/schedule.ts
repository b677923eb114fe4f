import { Cron } from 'croner';

export interface Schedule {
  /**
   * The six fields of an AWS cron expression, without `cron(...)`: minutes, hours, day of month, month, day of week,
   * year (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html).
   */
  readonly cron: string;

  /** The IANA time zone that the expression is read in, such as `Europe/Berlin`. */
  readonly timeZone: string;
}

/** An alarm can look back 7 days at most, and needs some of them as a margin. */
export const LONGEST_GAP_ALLOWED_HOURS = 6 * 24;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A plain year and a leap year. Fixed, so that one schedule always gives one template. */
const SPAN = { from: Date.UTC(2027, 0, 1), to: Date.UTC(2029, 0, 1) };

/** What each field may be written with; croner also reads names and signs that AWS does not. */
const FIELDS: readonly (readonly [name: string, allowed: RegExp])[] = [
  ['minutes', /^[\d,\-*/]+$/],
  ['hours', /^[\d,\-*/]+$/],
  ['day of month', /^(\?|[\d,\-*/LW]+)$/],
  ['month', /^[\d,\-*/A-Z]+$/],
  ['day of week', /^(\?|L|[1-7](L|#[1-5])|[1-7,\-*/A-KM-Z]+)$/],
  ['year', /^[\d,\-*/]+$/],
];

/** What keeps AWS from accepting the expression, in words; undefined where it would be accepted. */
export function cronProblem(cron: string): string | undefined {
  const fields = cron.split(' ');
  if (fields.length !== FIELDS.length) {
    return `has ${fields.length} fields; AWS wants ${FIELDS.length}: ${FIELDS.map(([name]) => name).join(', ')}`;
  }
  const bad = FIELDS.find(([, allowed], index) => !allowed.test(fields[index] ?? ''));
  if (bad !== undefined) {
    return `has a ${bad[0]} field that AWS does not accept`;
  }
  if ((fields[2] === '?') === (fields[4] === '?')) {
    return 'must have ? in exactly one of day of month and day of week';
  }
  try {
    wallClock(cron);
    return undefined;
  } catch (error) {
    return `cannot be read: ${error instanceof Error ? error.message.replace(/^CronPattern: /, '') : 'no reason given'}`;
  }
}

/**
 * The longest time, in hours, that passes without a firing in two fixed years, their ends included; 17,544 (all of it)
 * for a schedule that never fires. EventBridge Scheduler skips a local time that a clock change skips, and fires once
 * at one that comes twice (same source as above, "Daylight savings time").
 *
 * @throws where the expression or the time zone cannot be read; `cronProblem` tells why
 */
export function longestGapHours({ cron, timeZone }: Schedule): number {
  const { days, times } = wallClock(cron);
  const offsetAt = offsetsOf(timeZone);
  // The ends are read on the wall too, or a time zone far from UTC would lengthen the gap at an end.
  let last = instantOf(SPAN.from, offsetAt) ?? SPAN.from;
  const end = instantOf(SPAN.to, offsetAt) ?? SPAN.to;
  let longest = 0;
  for (const day of days) {
    for (const time of times) {
      const instant = instantOf(day + time, offsetAt);
      if (instant !== undefined) {
        longest = Math.max(longest, instant - last);
        last = instant;
      }
    }
  }
  return Math.max(longest, end - last) / HOUR;
}

/**
 * The days of the span (as midnights) and the times of day (as milliseconds) at which the expression fires, as the
 * clock on the wall shows them. Days and times are independent in cron, which keeps even `* * * * ? *` cheap.
 */
function wallClock(cron: string): { readonly days: number[]; readonly times: number[] } {
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year] = cron.split(' ');
  // A bare L is the last day of the week, a Saturday; croner knows L only behind a day.
  const weekdays = dayOfWeek === 'L' ? '7' : dayOfWeek;
  return {
    days: firings(`0 0 0 ${dayOfMonth} ${month} ${weekdays} ${year}`, SPAN.from, SPAN.to),
    times: firings(`0 ${minutes} ${hours} * * * *`, 0, DAY),
  };
}

function firings(pattern: string, from: number, to: number): number[] {
  const cron = new Cron(pattern, {
    mode: '7-part',
    // AWS counts weekdays from SUN=1, allows 5/20 for 5-59/20, and joins the two day fields, one of which is ?.
    alternativeWeekdays: true,
    sloppyRanges: true,
    domAndDow: true,
    timezone: 'Etc/UTC',
    paused: true,
  });
  const found: number[] = [];
  // croner looks for a firing after the instant it is given, so the first look starts one second early.
  let next = cron.nextRun(new Date(from - 1000));
  while (next !== null && next.getTime() < to) {
    found.push(next.getTime());
    next = cron.nextRun(next);
  }
  return found;
}

/** The instant that a time on the wall names: none where clocks skip it, the first where it comes twice. */
function instantOf(wall: number, offsetAt: (instant: number) => number): number | undefined {
  const instants = [offsetAt(wall - DAY), offsetAt(wall + DAY)]
    .map((offset) => wall - offset)
    .filter((instant) => instant + offsetAt(instant) === wall);
  return instants.length === 0 ? undefined : Math.min(...instants);
}

/** Offsets change at quarters of an hour only, so that one look at the time zone serves all instants within. */
function offsetsOf(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const known = new Map<number, number>();
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
