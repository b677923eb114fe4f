import { type AlarmState, evaluationRange, judgePoints, type Point, TREATMENTS } from './judge-points';

const POINTS: Readonly<Record<string, Point>> = { '0': 'good', X: 'bad', '-': 'missing' };

function pointsOf(row: string): Point[] {
  return row.split(' ').map((sign) => POINTS[sign] ?? 'missing');
}

/** "Retain current state" in the tables of AWS. */
const RETAIN = undefined;
type States = readonly (AlarmState | undefined)[];
type Row = readonly [points: string, states: States];

// The two tables of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html. The range
// is 5 points, the newest last. The columns are the members of TREATMENTS.
const THREE_OF_THREE: readonly Row[] = [
  ['0 - X - X', ['OK', 'OK', 'OK', 'OK']],
  ['0 - - - -', ['OK', 'OK', 'OK', 'OK']],
  ['- - - - -', ['INSUFFICIENT_DATA', RETAIN, 'ALARM', 'OK']],
  ['0 X X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
  ['- - X - -', ['ALARM', RETAIN, 'ALARM', 'OK']],
];
const TWO_OF_THREE: readonly Row[] = [
  ['0 - X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
  ['0 0 X 0 X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
  ['0 - X - -', ['OK', 'OK', 'ALARM', 'OK']],
  ['- - - - 0', ['OK', 'OK', 'ALARM', 'OK']],
  ['- - - X -', ['ALARM', RETAIN, 'ALARM', 'OK']],
];

describe.each([
  ['3 of 3', 3, THREE_OF_THREE],
  ['2 of 3', 2, TWO_OF_THREE],
] as const)('%s points, as in the table of AWS', (name, datapointsToAlarm, rows) => {
  test.each(rows)(`an alarm with ${name} points judges %s as the table of AWS`, (row, states) => {
    const judged = TREATMENTS.map((treatMissingData) =>
      judgePoints(pointsOf(row), { evaluationPeriods: 3, datapointsToAlarm, treatMissingData }),
    );
    expect(judged).toEqual(states);
  });
});

// Same page, "Avoiding premature transitions to alarm state".
test.each(['- - - - X', '- - - X -'])('an alarm with 3 of 3 points does not go to ALARM immediately for %s', (row) => {
  for (const treatMissingData of ['missing', 'ignore'] as const) {
    expect(judgePoints(pointsOf(row), { evaluationPeriods: 3, datapointsToAlarm: 3, treatMissingData })).not.toBe(
      'ALARM',
    );
  }
});

test('the evaluation range is 5 for 3 points, as in the tables of AWS', () => expect(evaluationRange(3)).toBe(5));
