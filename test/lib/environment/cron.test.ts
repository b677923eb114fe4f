import { cronProblem, wallClock } from '../../../lib/environment/cron';

/** The first days in 2027 (`MM-DD`) on which an expression fires. */
function firstDays(cron: string, count: number): string[] {
  return wallClock(cron)
    .days.slice(0, count)
    .map((day) => new Date(day).toISOString().slice(5, 10));
}

/** The times of day at which an expression fires. */
const timesOf = (cron: string) => wallClock(cron).times.map((time) => new Date(time).toISOString().slice(11, 16));

describe('the forms of the time fields', () => {
  test.each([
    ['a number', '30 4', ['04:30']],
    ['a number with a leading zero', '05 04', ['04:05']],
    ['a list', '0,30 4,16', ['04:00', '04:30', '16:00', '16:30']],
    ['a list in another order', '30,0 4', ['04:00', '04:30']],
    ['a range', '0 4-6', ['04:00', '05:00', '06:00']],
    ['a step of all', '*/30 4', ['04:00', '04:30']],
    ['a step that starts at a number and continues to the end', '10/20 4', ['04:10', '04:30', '04:50']],
    ['a step of a range', '0 4-9/2', ['04:00', '06:00', '08:00']],
    ['a list of steps and ranges', '0 1-7/3,22-23', ['01:00', '04:00', '07:00', '22:00', '23:00']],
    ['the last minute of a day', '59 23', ['23:59']],
  ])('the time fields of cron accept %s: %s', (_claim, fields, times) => {
    expect(cronProblem(`${fields} * * ? *`)).toBeUndefined();
    expect(timesOf(`${fields} * * ? *`)).toEqual(times);
  });

  test('the time fields * * fire at every hour and minute', () => {
    expect(timesOf('* * * * ? *')).toHaveLength(24 * 60);
  });
});

// 1 January 2027 is a Friday, 31 January a Sunday, 28 February a Sunday.
describe('the forms of the day fields', () => {
  test.each([
    // form, fields from day of month to year, first days of 2027
    ['every day', '* * ? *', ['01-01', '01-02', '01-03']],
    ['a day of the month', '15 * ? *', ['01-15', '02-15', '03-15']],
    ['a list of days of the month', '1,15 * ? *', ['01-01', '01-15', '02-01']],
    ['a range of days of the month', '30-31 * ? *', ['01-30', '01-31', '03-30']],
    ['a step of days of the month', '1/15 * ? *', ['01-01', '01-16', '01-31', '02-01']],
    ['the last day of the month', 'L * ? *', ['01-31', '02-28', '03-31']],
    ['the last day of the month in lower case', 'l * ? *', ['01-31', '02-28', '03-31']],
    ['three days before the last day of the month', 'L-3 * ? *', ['01-28', '02-25', '03-28']],
    ['30 days before the last day, which only long months have', 'L-30 * ? *', ['01-01', '03-01', '05-01']],
    ['the last weekday of the month', 'LW * ? *', ['01-29', '02-26', '03-31']],
    ['the weekday nearest to a Saturday (the Friday before)', '9W * ? *', ['01-08', '02-09', '03-09']],
    ['the weekday nearest to a Sunday (the Monday after)', '10W * ? *', ['01-11', '02-10', '03-10']],
    ['the weekday nearest to the 1st in the same month', '1W 5 ? *', ['05-03']],
    ['the weekday nearest to the 31st in the same month', '31W 1 ? *', ['01-29']],
    ['L, L-3 and W in a list', '5,15W,L-3,L 1 ? *', ['01-05', '01-15', '01-28', '01-31']],
    ['a month', '1 3 ? *', ['03-01']],
    ['a month by its name', '1 MAR ? *', ['03-01']],
    ['months in lower case', '1 jan-mar,dec ? *', ['01-01', '02-01', '03-01', '12-01']],
    ['a step of months', '1 FEB/5 ? *', ['02-01', '07-01', '12-01']],
    ['a weekday by its number, counted from SUN = 1', '? * 1 *', ['01-03', '01-10']],
    ['weekdays by their names', '? * MON,WED *', ['01-04', '01-06', '01-11']],
    ['a range of weekdays', '? * MON-FRI *', ['01-01', '01-04', '01-05']],
    ['a range of weekdays in lower case', '? * mon-fri *', ['01-01', '01-04', '01-05']],
    ['a weekday in mixed case', '? * Sun *', ['01-03', '01-10']],
    ['the last day of the week', '? * L *', ['01-02', '01-09']],
    ['the last Friday of the month', '? * 6L *', ['01-29', '02-26']],
    ['the last Friday of the month by its name', '? * friL *', ['01-29', '02-26']],
    ['the second Tuesday of the month', '? * 3#2 *', ['01-12', '02-09']],
    ['the first Monday of the month by its name', '? * MON#1 *', ['01-04', '02-01']],
    ['the fifth Friday, which few months have', '? * 6#5 *', ['01-29', '04-30', '07-30']],
    ['a year', '1 1 ? 2027', ['01-01']],
    ['a range of years', '1 1 ? 2020-2027', ['01-01']],
    ['a step of years', '1 1 ? 2023/4', ['01-01']],
    ['a past year, which never fires', '1 1 ? 2026', []],
  ])('the day fields of cron accept %s: %s', (_claim, fields, days) => {
    const cron = `0 4 ${fields}`;
    expect(cronProblem(cron)).toBeUndefined();
    expect(firstDays(cron, days.length === 0 ? 1 : days.length)).toEqual(days);
  });

  test('the day L-3 depends on the leap year', () => {
    const days = wallClock('0 4 L-3 2 ? *').days.map((day) => new Date(day).toISOString().slice(0, 10));
    expect(days).toEqual(['2027-02-25', '2028-02-26']);
  });
});

describe('expressions that AWS refuses', () => {
  test.each([
    ['five fields of a Unix crontab', '30 4 * * *', /has 5 fields; AWS expects 6/],
    ['the wrapper cron(...)', 'cron(30 4 * * ? *)', /minutes field/],
    ['a nickname', '@daily', /has 1 fields/],
    ['two spaces', '30  4 * * ? *', /has 7 fields/],
    ['both day fields', '30 4 * * * *', /\? in exactly one/],
    ['no day field', '30 4 ? * ? *', /\? in exactly one/],
    ['? in the minutes', '? 4 * * ? *', /minutes field that AWS does not accept; AWS accepts 0-59 with , - \* \//],
    ['minute 60', '60 4 * * ? *', /minutes field/],
    ['a list that ends in a comma', '0, 4 * * ? *', /minutes field/],
    ['a step of 0', '0/0 4 * * ? *', /minutes field/],
    ['a step that is larger than any minute', '0/60 4 * * ? *', /minutes field/],
    ['a step without a start', '/5 4 * * ? *', /minutes field/],
    ['a negative minute', '-1 4 * * ? *', /minutes field/],
    ['a minute of three digits', '005 4 * * ? *', /minutes field/],
    ['hour 24', '0 24 * * ? *', /hours field/],
    ['a range that runs backwards', '0 22-2 * * ? *', /hours field/],
    ['L for an hour', '0 L * * ? *', /hours field/],
    ['day 0', '0 4 0 * ? *', /day of month field/],
    ['day 32', '0 4 32 * ? *', /day of month field/],
    ['32W', '0 4 32W * ? *', /day of month field/],
    ['W without a day', '0 4 W * ? *', /day of month field/],
    ['W after a range', '0 4 1-5W * ? *', /day of month field/],
    ['L-31, a day that no month has', '0 4 L-31 * ? *', /day of month field/],
    ['L- without a number', '0 4 L- * ? *', /day of month field/],
    ['5L in the day of month', '0 4 5L * ? *', /day of month field.* L-3, LW, 15W, or \?/],
    ['? in a list', '0 4 ?,1 * ? *', /day of month field/],
    ['month 13', '0 4 * 13 ? *', /month field/],
    ['month 0', '0 4 * 0 ? *', /month field/],
    ['an unknown name of a month', '0 4 * FOO ? *', /month field/],
    ['a month by its full name', '0 4 * JANUARY ? *', /month field/],
    ['months that run backwards', '0 4 * NOV-FEB ? *', /month field/],
    ['Sunday as 0', '30 4 ? * 0 *', /day of week field/],
    ['Sunday as 8', '30 4 ? * 8 *', /day of week field/],
    ['a weekday by its full name', '30 4 ? * MONDAY *', /day of week field/],
    ['weekdays that run backwards', '30 4 ? * FRI-MON *', /day of week field/],
    [
      'a step of weekdays',
      '30 4 ? * 2-6/2 *',
      /day of week field that AWS does not accept; AWS accepts 1-7 or SUN-SAT/,
    ],
    ['a sixth weekday of a month', '30 4 ? * 6#6 *', /day of week field/],
    ['two weekdays with #', '30 4 ? * 3#1,6#3 *', /day of week field/],
    ['# together with L', '30 4 ? * 6#L *', /day of week field/],
    ['two weekdays with L', '30 4 ? * 2L,6L *', /day of week field/],
    ['L-3 in the day of week', '30 4 ? * L-3 *', /day of week field/],
    ['W in the day of week', '30 4 ? * 2W *', /day of week field/],
    ['a sign before a weekday', '30 4 1 * +2 *', /day of week field/],
    ['the year 1969', '0 4 * * ? 1969', /year field that AWS does not accept; AWS accepts 1970-2199/],
    ['the year 2200', '0 4 * * ? 2200', /year field/],
    ['? for the year', '0 4 * * ? ?', /year field/],
  ])('the cron check refuses %s', (_claim, cron, expected) => {
    expect(cronProblem(cron)).toMatch(expected);
    expect(() => wallClock(cron)).toThrow(RangeError);
  });
});
