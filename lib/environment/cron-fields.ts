/** A month for the fields of days. Weekdays count from SUN = 1. */
export interface Month {
  readonly days: number;
  readonly weekdayOf: (day: number) => number;
}

/** The days of a month on which an expression fires. */
export type DaysOf = (month: Month) => readonly number[];

/** The allowed numbers of a field. Names count from `least`; upper and lower case are the same. */
interface Numbers {
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
  /** `/` is not among the wildcards of the day of week. */
  readonly hasSteps: boolean;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const SATURDAY = 7;

const DAYS: Numbers = { least: 1, most: 31, hasSteps: true };
const DAYS_OF_WEEK: Numbers = { least: 1, most: 7, names: WEEKDAYS, hasSteps: false };

/**
 * The six fields in their order: the accepted forms, and the function that reads them. `undefined` means that AWS does not
 * document the form, so the form is refused
 * (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based). The forms `L-3`, `LW` and `6L`,
 * and lower case, come from Quartz. Users report that AWS accepts them too
 * (https://github.com/grumBit/aws_cron_expression_validator/issues/12 and /18,
 * https://github.com/harrisiirak/cron-parser/issues/227).
 */
export const FIELDS = {
  minutes: { takes: '0-59 with , - * /', read: numbersFrom({ least: 0, most: 59, hasSteps: true }) },
  hours: { takes: '0-23 with , - * /', read: numbersFrom({ least: 0, most: 23, hasSteps: true }) },
  'day of month': { takes: '1-31 with , - * /, L, L-3, LW, 15W, or ?', read: readDaysOfMonth },
  month: {
    takes: '1-12 or JAN-DEC with , - * /',
    read: numbersFrom({ least: 1, most: 12, names: MONTHS, hasSteps: true }),
  },
  'day of week': { takes: '1-7 or SUN-SAT with , - *, L, 6L, 6#2, or ?', read: readDaysOfWeek },
  year: { takes: '1970-2199 with , - * /', read: numbersFrom({ least: 1970, most: 2199, hasSteps: true }) },
} as const;

/** Reads a list of alternatives. */
function numbersFrom(form: Numbers): (text: string) => ReadonlySet<number> | undefined {
  return (text) => {
    const read = text.split(',').map((element) => readRange(element, form));
    const known = read.filter((numbers) => numbers !== undefined);
    return known.length === read.length ? new Set(known.flat()) : undefined;
  };
}

/** Reads `*`, `5`, `5-9`, and each with `/2` (every second number). `5/2` continues to the end. A range never runs backwards. */
function readRange(element: string, form: Numbers): readonly number[] | undefined {
  const [, from = '', to, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d{1,4}))?$/.exec(element) ?? [];
  const isAll = from === '*';
  if ((isAll && to !== undefined) || (step !== undefined && !form.hasSteps)) return undefined;
  const first = isAll ? form.least : readNumber(from, form);
  const last = to === undefined ? (isAll || step !== undefined ? form.most : first) : readNumber(to, form);
  const by = Number(step ?? 1);
  if (first === undefined || last === undefined || first > last || by < 1 || by > form.most) return undefined;
  return Array.from({ length: Math.floor((last - first) / by) + 1 }, (_, index) => first + index * by);
}

function readNumber(text: string, { least, most, names = [] }: Numbers): number | undefined {
  const named = names.indexOf(text.toUpperCase());
  if (named >= 0) return named + least;
  const number = Number(text);
  const isDigits = /^\d+$/.test(text) && text.length <= String(most).length;
  return isDigits && number >= least && number <= most ? number : undefined;
}

function readDaysOfMonth(text: string): DaysOf | undefined {
  const read = text.split(',').map(readDayOfMonth);
  const known = read.filter((days) => days !== undefined);
  if (known.length < read.length) return undefined;
  return (month) => [...new Set(known.flatMap((days) => days(month)))].sort((a, b) => a - b);
}

function readDayOfMonth(element: string): DaysOf | undefined {
  const offset = /^L(?:-(\d{1,2}))?$/i.exec(element);
  if (offset !== null) {
    const before = Number(offset[1] ?? 0);
    return before > 30 ? undefined : ({ days }) => (days > before ? [days - before] : []);
  }
  if (/^LW$/i.test(element)) return (month) => nearestWeekday(month.days, month);
  const nearest = /^(\d{1,2})W$/i.exec(element)?.[1];
  if (nearest !== undefined) {
    const day = readNumber(nearest, DAYS);
    return day === undefined ? undefined : (month) => nearestWeekday(day, month);
  }
  const numbers = readRange(element, DAYS);
  return numbers && (({ days }) => numbers.filter((day) => day <= days));
}

/** The nearest day from Monday to Friday within the same month. Empty for a month without the day. */
function nearestWeekday(day: number, { days, weekdayOf }: Month): readonly number[] {
  if (day > days) return [];
  const weekday = weekdayOf(day);
  if (weekday === SATURDAY) return [day > 1 ? day - 1 : day + 2];
  if (weekday === 1) return [day < days ? day + 1 : day - 2];
  return [day];
}

/**
 * `L` alone is the last day of a week. `6L` is the last Friday of a month, and `6#2` is its second Friday. None of these
 * forms is allowed in a list.
 */
function readDaysOfWeek(text: string): DaysOf | undefined {
  const [, name, place] = /^(\w+?)(L|#[1-5])$/i.exec(text) ?? [];
  if (name !== undefined && place !== undefined) {
    const weekday = readNumber(name, DAYS_OF_WEEK);
    const at = place.startsWith('#') ? Number(place.slice(1)) - 1 : -1;
    return weekday === undefined
      ? undefined
      : (month) => daysOn(new Set([weekday]), month).slice(at, at + 1 || undefined);
  }
  const weekdays = /^L$/i.test(text) ? new Set([SATURDAY]) : numbersFrom(DAYS_OF_WEEK)(text);
  return weekdays && ((month) => daysOn(weekdays, month));
}

function daysOn(weekdays: ReadonlySet<number>, { days, weekdayOf }: Month): readonly number[] {
  return Array.from({ length: days }, (_, index) => index + 1).filter((day) => weekdays.has(weekdayOf(day)));
}
