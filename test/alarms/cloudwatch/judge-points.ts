/** A point of the evaluation range: within the threshold, breaching it, or missing. */
export type Point = 'good' | 'bad' | 'missing';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export const TREATMENTS = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
export type Treatment = (typeof TREATMENTS)[number];

export interface Judging {
  /** EvaluationPeriods (N): the number of judged points. */
  readonly evaluationPeriods: number;
  /** DatapointsToAlarm (M): the number of bad points for ALARM. */
  readonly datapointsToAlarm: number;
  readonly treatMissingData: Treatment;
}

/**
 * CloudWatch reads more points than it judges, so that real points can replace missing points. The number is not
 * documented; the tables of AWS have 5 for 3. *Unconfirmed* for any other number.
 */
export function evaluationRange(evaluationPeriods: number): number {
  return evaluationPeriods + 2;
}

/**
 * The state for the points of the evaluation range, the newest last; `undefined`: the alarm keeps its state.
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
  // "Avoiding premature transitions": with some bad points and no good point, the alarm goes to ALARM when the oldest bad
  // point is M points old. Before that, an earlier edition of the tables has INSUFFICIENT_DATA; *unconfirmed* today.
  const age = points.length - points.indexOf('bad');
  return bad > 0 && age >= datapointsToAlarm ? 'ALARM' : 'INSUFFICIENT_DATA';
}
