import { DAY, HOUR, MINUTE } from '../../../lib/environment/cron';
import type { AlarmDefinition } from './alarm-definition';
import type { DataPoint } from './metric-data';
import { readSum } from './metric-math';
import { watchAlarm } from './watch-alarm';

/** Midnight, in milliseconds since the epoch. */
const START = Date.UTC(2027, 2, 1);

/** An alarm on errors of five minutes. */
const errors: AlarmDefinition = {
  name: 'errors',
  evaluationPeriods: 1,
  datapointsToAlarm: 1,
  treatMissingData: 'notBreaching',
  period: 5 * MINUTE,
  metrics: new Map([['m', { metric: 'errors', statistic: 'Sum' }]]),
  terms: readSum('m'),
  isBad: (value) => value >= 1,
  warmUp: undefined,
  alarmActions: [],
  okActions: [],
};

/** An alarm on a job that has not completed within three days. */
const job: AlarmDefinition = {
  ...errors,
  treatMissingData: 'breaching',
  evaluationPeriods: 72,
  datapointsToAlarm: 72,
  period: HOUR,
  isBad: (value) => value < 1,
};

/** `00:03 OK`: each change of the state, with the time since START. */
function changes(alarm: AlarmDefinition, points: readonly DataPoint[], days = 1): string[] {
  const data = new Map([['errors', points]]);
  return watchAlarm(alarm, data, { from: START, to: START + days * DAY }).map(({ at, state }) => {
    const day = Math.floor((at - START) / DAY);
    return `${day === 0 ? '' : `day ${day} `}${new Date(at).toISOString().slice(11, 16)} ${state}`;
  });
}

/** A point at a time since START that arrives with a delay. */
function point(time: number, value: number, delay = 0): DataPoint {
  return { at: START + time, arrives: START + time + delay, value };
}

test('a point of a metric that is sent only on errors is bad until it leaves the evaluation range', () =>
  expect(changes(errors, [point(HOUR, 1)])).toEqual(['00:00 OK', '01:01 ALARM', '01:16 OK']));

test('an alarm that stays in its state takes no second action', () =>
  expect(changes(errors, [point(HOUR, 1), point(HOUR + 10 * MINUTE, 1)])).toEqual([
    '00:00 OK',
    '01:01 ALARM',
    '01:26 OK',
  ]));

test('a point that arrives after its time has left the evaluation range never counts', () =>
  expect(changes(errors, [point(HOUR, 1, 17 * MINUTE)])).toEqual(['00:00 OK']));

test('a late point counts if the evaluation range still contains its time', () =>
  expect(changes({ ...errors, evaluationPeriods: 6 }, [point(HOUR, 1, 17 * MINUTE)])).toEqual([
    '00:00 OK',
    '01:17 ALARM',
    '01:41 OK',
  ]));

test('missing data that is ignored keeps the state', () =>
  expect(changes({ ...errors, treatMissingData: 'ignore' }, [point(HOUR, 1), point(9 * HOUR, 0)])).toEqual([
    '01:01 ALARM',
    '09:01 OK',
  ]));

test('an alarm on missing data is in ALARM from the start', () => expect(changes(job, [])).toEqual(['00:03 ALARM']));

// The example of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html, "multi-day alarm":
// a job that succeeds at 11:43 counts at 12:03.
test('a multi-day alarm is evaluated every hour, with data up to the full hour', () =>
  expect(changes(job, [point(11 * HOUR + 43 * MINUTE, 1)])).toEqual(['00:03 ALARM', '12:03 OK']));

test('an alarm on 72 hours without data goes to ALARM when the last point has left the evaluation range of 74', () =>
  expect(changes(job, [point(0, 1)], 5)).toEqual(['00:03 ALARM', '01:03 OK', 'day 3 03:03 ALARM']));

describe('an alarm that warms up', () => {
  const whole = { length: 2 * DAY, isWhole: true };
  const shortened = { ...whole, isWhole: false };
  const everyMinute = Array.from({ length: 60 }, (_, minute) => point((4 + minute) * MINUTE, 0));
  /** One point a day at 01:30, as a nightly run sends it. */
  const everyNight = [0, 1, 2].map((day) => point(day * DAY + 90 * MINUTE, 1));

  test.each<[claim: string, alarm: AlarmDefinition, points: readonly DataPoint[], changes: readonly string[]]>([
    ['goes to ALARM without data only after the warm-up', { ...job, warmUp: whole }, [], ['day 2 00:03 ALARM']],
    ['is OK after the warm-up if its data are good', { ...job, warmUp: whole }, everyNight, ['day 2 00:03 OK']],
    ['ignores bad points during the warm-up', { ...errors, warmUp: whole }, [point(HOUR, 1)], ['day 2 00:00 OK']],
    [
      'goes to ALARM for a bad point that is still in its range after the warm-up',
      { ...errors, warmUp: whole },
      [point(2 * DAY - 4 * MINUTE, 1)],
      ['day 2 00:00 ALARM', 'day 2 00:12 OK'],
    ],
    // The example of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-warm-up.html
    [
      'can end the warm-up early and is evaluated when data fill its window',
      { ...errors, evaluationPeriods: 3, datapointsToAlarm: 3, warmUp: shortened },
      everyMinute,
      ['00:19 OK'],
    ],
    [
      'does not end the warm-up early if a nightly point has to fill 29 hours',
      { ...job, evaluationPeriods: 29, datapointsToAlarm: 29, warmUp: shortened },
      everyNight,
      ['day 2 00:03 OK'],
    ],
  ])('an alarm with a warm-up %s', (_claim, alarm, points, expected) =>
    expect(changes(alarm, points, 3)).toEqual(expected),
  );
});

test('a sum uses the FILL value for a missing value, and is missing without FILL', () => {
  const points = [point(HOUR, 1)];
  const withMath = (expression: string) => ({
    ...errors,
    terms: readSum(expression),
    metrics: new Map([...errors.metrics, ['other', { metric: 'other', statistic: 'Sum' } as const]]),
  });
  expect(changes(withMath('FILL(m, 0) + FILL(other, 0)'), points)).toContain('01:01 ALARM');
  expect(changes(withMath('m + other'), points)).toEqual(['00:00 OK']);
});

test.each(['m1 * m2', 'SUM(METRICS())', 'FILL(m, REPEAT)'])('the metric math %s is refused', (expression) =>
  expect(() => readSum(expression)).toThrow('does not support the metric math'),
);
