import { cronProblem } from '../../../lib/environment/cron';
import { dueHours, firstMissedTime, longestGapHours, needsWatch, wordHours } from '../../../lib/environment/schedule';

describe('the longest gap in hours', () => {
  test.each([
    // claim, cron, time zone, hours
    ['a day, where clocks never change', '30 4 * * ? *', 'Etc/UTC', 24],
    ['a day and the hour that autumn repeats', '30 4 * * ? *', 'Europe/Berlin', 25],
    ['half an hour more where clocks change by half an hour', '30 4 * * ? *', 'Australia/Lord_Howe', 24.5],
    ['nothing more at the ends of the span, far west of UTC', '0 0 * * ? *', 'Pacific/Pago_Pago', 24],
    ['nothing more at the ends of the span, far east of UTC', '0 23 * * ? *', 'Pacific/Kiritimati', 24],
    ['nearly two days for a local time that spring skips', '30 2 * * ? *', 'Europe/Berlin', 47],
    [
      'a local time that comes twice fires at the first, 24 hours before 00:30',
      '30 0,1 * * ? *',
      'America/New_York',
      24,
    ],
    ['an hour becomes two when an hour repeats', '0 * * * ? *', 'Europe/Berlin', 2],
    ['from Friday to Monday over the autumn change', '0 6 ? * MON-FRI *', 'Europe/Berlin', 73],
    ['weekdays by number count from SUN=1, so that 2 is the day before TUE', '0 6 ? * 2,TUE *', 'Etc/UTC', 144],
    ['twice a day', '0 6,18 * * ? *', 'Etc/UTC', 12],
    ['a step with a start: hours 3, 9, 15, 21', '0 3/6 * * ? *', 'Etc/UTC', 6],
    ['a week', '0 6 ? * SUN *', 'Etc/UTC', 168],
    ['a bare L is Saturday: the last one of 2027 is 25 December', '0 6 ? * L 2027', 'Etc/UTC', 373 * 24 - 6],
    ['over the end of a 31-day month', '0 6 1,6,11,16,21,26 * ? *', 'Etc/UTC', 144],
    ['no gap of February hides: 26th to 1st in a plain year is 3 days', '0 6 1/5 * ? *', 'Etc/UTC', 120],
    ['last day of the month', '0 6 L * ? *', 'Etc/UTC', 31 * 24],
    ['three days before the last day of the month', '0 6 L-3 * ? *', 'Etc/UTC', 31 * 24],
    ['a list of days with one that is counted from the end', '0 6 1,6,11,16,21,L-3 * ? *', 'Etc/UTC', 168],
    ['weekdays in lower case', '0 6 ? * mon-fri *', 'Etc/UTC', 72],
    ['the last Friday of the month comes 5 weeks apart', '0 6 ? * 6L *', 'Etc/UTC', 35 * 24],
    ['the second Tuesday of the month comes 5 weeks apart', '0 6 ? * 3#2 *', 'Etc/UTC', 35 * 24],
    ['the weekday nearest to the 1st', '0 6 1W * ? *', 'Etc/UTC', 33 * 24],
    ['a year that has ended leaves all of the span', '0 6 * * ? 2026', 'Etc/UTC', 731 * 24],
    ['a year that ends inside leaves the rest', '0 6 * * ? 2026-2027', 'Etc/UTC', 366 * 24 + 18],
    ['a day that no month has leaves all of the span', '0 6 30 2 ? *', 'Etc/UTC', 731 * 24],
  ])('%s', (_claim, cron, timeZone, hours) => {
    expect(cronProblem(cron)).toBeUndefined();
    expect(longestGapHours({ cron, timeZone })).toBeCloseTo(hours, 6);
  });

  test('every minute is as cheap to judge as once a day', () => {
    expect(longestGapHours({ cron: '* * * * ? *', timeZone: 'Etc/UTC' })).toBeCloseTo(1 / 60, 6);
  });
});

describe('hours in words', () => {
  test.each([
    [1, '1 hour'],
    [29, '29 hours'],
    [48, '48 hours'],
    [49, '2 days and 1 hour'],
    [72, '3 days'],
    [173, '7 days and 5 hours'],
    [841, '35 days and 1 hour'],
  ])('%i hours are %s', (hours, words) => {
    expect(wordHours(hours)).toBe(words);
  });
});

describe('the daily watch event', () => {
  test.each([
    ['is not needed where an alarm can just look back from run to run', '0 16,20 ? * 1 *', 168, false],
    ['is needed an hour beyond that', '0 17,20 ? * 1 *', 169, true],
    ['is needed by a weekly run', '0 16 ? * 1 *', 172, true],
    ['is needed by a monthly run', '0 16 1 * ? *', 748, true],
    ['is not needed by a nightly run', '0 4 * * ? *', 28, false],
  ])('%s', (_claim, cron, hours, isNeeded) => {
    const schedule = { cron, timeZone: 'Etc/UTC' };
    expect([dueHours(schedule), needsWatch(schedule)]).toEqual([hours, isNeeded]);
  });
});

describe('a local time that a clock change skips', () => {
  test.each([
    // claim, cron, time zone, first missed
    ['is missed by a daily run', '30 2 * * ? *', 'Europe/Berlin', '2027-03-28 02:30'],
    ['is missed in another hour elsewhere', '15 0 * * ? *', 'Africa/Cairo', '2027-04-30 00:15'],
    ['is missed where clocks change by half an hour', '15 2 * * ? *', 'Australia/Lord_Howe', '2027-10-03 02:15'],
    ['is missed by a weekly run on that day', '0 2 ? * SUN *', 'America/New_York', '2027-03-14 02:00'],
    ['is named once for several runs within the hour', '0/20 2 * * ? *', 'Europe/Berlin', '2027-03-28 02:00'],
    ['is no other hour', '30 3 * * ? *', 'Europe/Berlin', undefined],
    ['is no other day', '30 2 ? * MON *', 'Europe/Berlin', undefined],
    ['is no time that comes twice', '30 1 * * ? *', 'America/New_York', undefined],
    ['is none where clocks never change', '30 2 * * ? *', 'Asia/Tokyo', undefined],
    ['is missed by nobody where the next run comes in time', '0 * * * ? *', 'Europe/Berlin', undefined],
    ['is missed by a schedule that never fires no more than anything else', '0 4 30 2 ? *', 'Etc/UTC', undefined],
  ])('%s', (_claim, cron, timeZone, missed) => {
    expect(firstMissedTime({ cron, timeZone })).toBe(missed);
  });
});
