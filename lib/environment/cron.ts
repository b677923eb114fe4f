import { type DaysOf, FIELDS, type Month } from './cron-fields';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A common year and a leap year. The years are fixed, so that one schedule always produces the same template. */
export const SPAN = { from: Date.UTC(2027, 0, 1), to: Date.UTC(2029, 0, 1) };

/** Describes why AWS does not accept the expression; undefined if AWS accepts it. */
export function cronProblem(cron: string): string | undefined {
  const read = readCron(cron);
  return read.ok ? undefined : read.problem;
}

interface WallClock {
  /** The days of the span on which the expression fires, as midnights. */
  readonly days: readonly number[];
  /** The times of day at which it fires, in milliseconds. */
  readonly times: readonly number[];
}

/** The linter and the alarm read the same few expressions many times. */
const wallClocks = new Map<string, WallClock>();

/**
 * The local days and times at which the expression fires. Days and times are independent in cron, so that even
 * `* * * * ? *` is cheap.
 *
 * @throws RangeError if the expression is not valid
 */
export function wallClock(cron: string): WallClock {
  const found = wallClocks.get(cron) ?? readWallClock(cron);
  wallClocks.set(cron, found);
  return found;
}

function readWallClock(cron: string): WallClock {
  const read = readCron(cron);
  if (!read.ok) throw new RangeError(`the cron expression ${read.problem}`);
  const { minutes, hours, daysOf, months, years } = read;
  return {
    days: monthsOfSpan()
      .filter(({ year, month }) => years.has(year) && months.has(month))
      .flatMap(({ year, month, shape }) => daysOf(shape).map((day) => Date.UTC(year, month - 1, day))),
    times: sorted(hours).flatMap((hour) => sorted(minutes).map((minute) => hour * HOUR + minute * MINUTE)),
  };
}

type ReadCron =
  | { readonly ok: false; readonly problem: string }
  | {
      readonly ok: true;
      readonly minutes: ReadonlySet<number>;
      readonly hours: ReadonlySet<number>;
      readonly daysOf: DaysOf;
      readonly months: ReadonlySet<number>;
      readonly years: ReadonlySet<number>;
    };

function readCron(cron: string): ReadCron {
  const fields = cron.split(' ');
  const names = Object.keys(FIELDS);
  if (fields.length !== names.length) {
    return { ok: false, problem: `has ${fields.length} fields; AWS expects ${names.length}: ${names.join(', ')}` };
  }
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields;
  const minutes = FIELDS.minutes.read(minute);
  if (minutes === undefined) return refuse('minutes');
  const hours = FIELDS.hours.read(hour);
  if (hours === undefined) return refuse('hours');
  const ofMonth = dayOfMonth === '?' ? '?' : FIELDS['day of month'].read(dayOfMonth);
  if (ofMonth === undefined) return refuse('day of month');
  const months = FIELDS.month.read(month);
  if (months === undefined) return refuse('month');
  const ofWeek = dayOfWeek === '?' ? '?' : FIELDS['day of week'].read(dayOfWeek);
  if (ofWeek === undefined) return refuse('day of week');
  const years = FIELDS.year.read(year);
  if (years === undefined) return refuse('year');
  const daysOf = ofMonth === '?' ? ofWeek : ofWeek === '?' ? ofMonth : '?';
  if (daysOf === '?') return { ok: false, problem: 'must have ? in exactly one of day of month and day of week' };
  return { ok: true, minutes, hours, daysOf, months, years };
}

function refuse(field: keyof typeof FIELDS): ReadCron {
  return { ok: false, problem: `has a ${field} field that AWS does not accept; AWS accepts ${FIELDS[field].takes}` };
}

function monthsOfSpan(): { readonly year: number; readonly month: number; readonly shape: Month }[] {
  const [first, end] = [new Date(SPAN.from).getUTCFullYear(), new Date(SPAN.to).getUTCFullYear()];
  return Array.from({ length: (end - first) * 12 }, (_, index) => {
    const [year, month] = [first + Math.floor(index / 12), (index % 12) + 1];
    const weekdayOf = (day: number) => new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
    return { year, month, shape: { days: new Date(Date.UTC(year, month, 0)).getUTCDate(), weekdayOf } };
  });
}

function sorted(numbers: ReadonlySet<number>): number[] {
  return [...numbers].sort((a, b) => a - b);
}
