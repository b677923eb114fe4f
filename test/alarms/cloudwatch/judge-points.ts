/** A point of the evaluation range: within the threshold, breaching it, or missing. */
export type Point = 'good' | 'bad' | 'missing';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export const TREATMENTS = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
export type Treatment = (typeof TREATMENTS)[number];

export interface Judging {
  /** EvaluationPeriods (N): so many points are judged. */
  readonly evaluationPeriods: number;
  /** DatapointsToAlarm (M): so many of them must be bad. */
  readonly datapointsToAlarm: number;
  readonly treatMissingData: Treatment;
}

/**
 * CloudWatch looks at more points than it judges, so that real ones can stand for missing ones. How many more is not
 * documented; AWS's tables have 5 for 3. *Unconfirmed* for any other number.
 */
export function evaluationRange(evaluationPeriods: number): number {
  return evaluationPeriods + 2;
}

/**
 * The state that the points of the evaluation range call for, the newest last; `undefined`: the alarm keeps its state.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function judgePoints(points: readonly Point[], judging: Judging): AlarmState | undefined {
  const { evaluationPeriods, datapointsToAlarm, treatMissingData } = judging;
  const real = points.filter((point) => point !== 'missing').slice(-evaluationPeriods);
  const bad = real.filter((point) => point === 'bad').length;
  const filled = evaluationPeriods - real.length;
  if (bad >= datapointsToAlarm) return 'ALARM';
  if (filled === 0 || treatMissingData === 'notBreaching') return 'OK';
  if (treatMissingData === 'breaching') return bad + filled >= datapointsToAlarm ? 'ALARM' : 'OK';
  if (bad < real.length) return 'OK';
  if (treatMissingData === 'ignore') return undefined;
  // "Avoiding premature transitions": few bad points and no good one ring once the oldest is as old as M points. Before,
  // a former edition of the tables has INSUFFICIENT_DATA; *unconfirmed* today.
  const age = points.length - points.indexOf('bad');
  return bad > 0 && age >= datapointsToAlarm ? 'ALARM' : 'INSUFFICIENT_DATA';
}
