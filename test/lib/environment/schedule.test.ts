import { cronProblem } from '../../../lib/environment/cron';
import { dueHours, firstMissedTime, longestGapHours, needsWatch, wordHours } from '../../../lib/environment/schedule';

describe('the longest gap in hours', () => {
  test.each([
    // schedule, cron, time zone, hours
    ['a daily run without clock changes', '30 4 * * ? *', 'Etc/UTC', 24],
    ['a daily run with a repeated hour in autumn', '30 4 * * ? *', 'Europe/Berlin', 25],
    ['a daily run with clock changes of half an hour', '30 4 * * ? *', 'Australia/Lord_Howe', 24.5],
    ['a daily run at the ends of the span, far west of UTC', '0 0 * * ? *', 'Pacific/Pago_Pago', 24],
    ['a daily run at the ends of the span, far east of UTC', '0 23 * * ? *', 'Pacific/Kiritimati', 24],
    ['a local time that a clock change in spring skips', '30 2 * * ? *', 'Europe/Berlin', 47],
    ['a local time that occurs twice and fires only the first time', '30 0,1 * * ? *', 'America/New_York', 24],
    ['an hourly run when an hour repeats', '0 * * * ? *', 'Europe/Berlin', 2],
    ['a run from Monday to Friday over the autumn clock change', '0 6 ? * MON-FRI *', 'Europe/Berlin', 73],
    ['weekday 2, counted from SUN = 1, and TUE', '0 6 ? * 2,TUE *', 'Etc/UTC', 144],
    ['two runs a day', '0 6,18 * * ? *', 'Etc/UTC', 12],
    ['a step with a start: hours 3, 9, 15, 21', '0 3/6 * * ? *', 'Etc/UTC', 6],
    ['a weekly run', '0 6 ? * SUN *', 'Etc/UTC', 168],
    ['L alone, which is Saturday: the last Saturday of 2027 is 25 December', '0 6 ? * L 2027', 'Etc/UTC', 373 * 24 - 6],
    ['days over the end of a 31-day month', '0 6 1,6,11,16,21,26 * ? *', 'Etc/UTC', 144],
    ['days over the end of February, 3 days in a common year', '0 6 1/5 * ? *', 'Etc/UTC', 120],
    ['the last day of the month', '0 6 L * ? *', 'Etc/UTC', 31 * 24],
    ['three days before the last day of the month', '0 6 L-3 * ? *', 'Etc/UTC', 31 * 24],
    ['a list of days with a day that is counted from the end', '0 6 1,6,11,16,21,L-3 * ? *', 'Etc/UTC', 168],
    ['weekdays in lower case', '0 6 ? * mon-fri *', 'Etc/UTC', 72],
    ['the last Friday of the month (5 weeks)', '0 6 ? * 6L *', 'Etc/UTC', 35 * 24],
    ['the second Tuesday of the month (5 weeks)', '0 6 ? * 3#2 *', 'Etc/UTC', 35 * 24],
    ['the weekday nearest to the 1st', '0 6 1W * ? *', 'Etc/UTC', 33 * 24],
    ['a past year, which leaves the whole span', '0 6 * * ? 2026', 'Etc/UTC', 731 * 24],
    ['a year that ends inside the span', '0 6 * * ? 2026-2027', 'Etc/UTC', 366 * 24 + 18],
    ['a day that does not exist, which leaves the whole span', '0 6 30 2 ? *', 'Etc/UTC', 731 * 24],
  ])('the longest gap is correct for %s', (_claim, cron, timeZone, hours) => {
    expect(cronProblem(cron)).toBeUndefined();
    expect(longestGapHours({ cron, timeZone })).toBeCloseTo(hours, 6);
  });

  test('the longest gap of a run every minute is one minute', () => {
    expect(longestGapHours({ cron: '* * * * ? *', timeZone: 'Etc/UTC' })).toBeCloseTo(1 / 60, 6);
  });
});

describe('hours as text', () => {
  test.each([
    [1, '1 hour'],
    [29, '29 hours'],
    [48, '48 hours'],
    [49, '2 days and 1 hour'],
    [72, '3 days'],
    [173, '7 days and 5 hours'],
    [841, '35 days and 1 hour'],
  ])('a time of %i hours is written as %s', (hours, words) => {
    expect(wordHours(hours)).toBe(words);
  });
});

describe('the daily watch event', () => {
  test.each([
    ['168 hours, the longest look-back of an alarm', '0 16,20 ? * 1 *', 168, false],
    ['169 hours', '0 17,20 ? * 1 *', 169, true],
    ['172 hours (a weekly run)', '0 16 ? * 1 *', 172, true],
    ['748 hours (a monthly run)', '0 16 1 * ? *', 748, true],
    ['28 hours (a nightly run)', '0 4 * * ? *', 28, false],
  ])('the need of a daily watch event is correct for runs due within %s', (_claim, cron, hours, isNeeded) => {
    const schedule = { cron, timeZone: 'Etc/UTC' };
    expect([dueHours(schedule), needsWatch(schedule)]).toEqual([hours, isNeeded]);
  });
});

describe('a local time that a clock change skips', () => {
  test.each([
    // schedule, cron, time zone, first missed
    ['a daily run', '30 2 * * ? *', 'Europe/Berlin', '2027-03-28 02:30'],
    ['a clock change at another hour', '15 0 * * ? *', 'Africa/Cairo', '2027-04-30 00:15'],
    ['a clock change of half an hour', '15 2 * * ? *', 'Australia/Lord_Howe', '2027-10-03 02:15'],
    ['a weekly run on the day of the change', '0 2 ? * SUN *', 'America/New_York', '2027-03-14 02:00'],
    ['several runs within the skipped hour', '0/20 2 * * ? *', 'Europe/Berlin', '2027-03-28 02:00'],
    ['a run at another hour', '30 3 * * ? *', 'Europe/Berlin', undefined],
    ['a run on another day', '30 2 ? * MON *', 'Europe/Berlin', undefined],
    ['a local time that occurs twice', '30 1 * * ? *', 'America/New_York', undefined],
    ['a time zone without clock changes', '30 2 * * ? *', 'Asia/Tokyo', undefined],
    ['an hourly run, whose next run is on time', '0 * * * ? *', 'Europe/Berlin', undefined],
    ['a schedule that never fires', '0 4 30 2 ? *', 'Etc/UTC', undefined],
  ])('the first time that a clock change skips is correct for %s', (_claim, cron, timeZone, missed) => {
    expect(firstMissedTime({ cron, timeZone })).toBe(missed);
  });
});
