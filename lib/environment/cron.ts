import { Cron } from 'croner';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A plain year and a leap year. Fixed, so that one schedule always gives one template. */
export const SPAN = { from: Date.UTC(2027, 0, 1), to: Date.UTC(2029, 0, 1) };

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

interface WallClock {
  /** The days of the span on which the expression fires, as midnights. */
  readonly days: readonly number[];
  /** The times of day at which it fires, in milliseconds. */
  readonly times: readonly number[];
}

/** The linter and the alarm ask for the same few expressions again and again, and finding out takes milliseconds. */
const wallClocks = new Map<string, WallClock>();

/**
 * When the expression fires, as the clock on the wall shows it. Days and times are independent in cron, which keeps
 * even `* * * * ? *` cheap.
 */
export function wallClock(cron: string): WallClock {
  const found = wallClocks.get(cron) ?? readWallClock(cron);
  wallClocks.set(cron, found);
  return found;
}

function readWallClock(cron: string): WallClock {
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
    utcOffset: 0, // far faster than the time zone Etc/UTC, which would be looked up at each firing
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
