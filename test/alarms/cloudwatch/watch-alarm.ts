import { DAY, HOUR, MINUTE } from '../../../lib/environment/cron';
import type { AlarmDefinition } from './alarm-definition';
import { type AlarmState, evaluationRange, judgePoints, type Point } from './judge-points';
import { type MetricData, valuesIn, type Window } from './metric-data';
import { sumOf } from './metric-math';
import { endOfWarmUp } from './warm-up';

/** A change of the state of an alarm. An alarm takes an action only at such a change. */
export interface StateChange {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly alarm: AlarmDefinition;
  readonly state: AlarmState;
}

/** The time of the evaluation of a multi-day alarm: three minutes after the full hour in the example of AWS. */
const MULTI_DAY_DELAY = 3 * MINUTE;

/**
 * Every change of the state of an alarm during a time span. The alarm is created at its start. Actions are taken only at
 * changes: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html
 */
export function watchAlarm(alarm: AlarmDefinition, data: MetricData, during: Window): readonly StateChange[] {
  const changes: StateChange[] = [];
  let current: AlarmState = 'INSUFFICIENT_DATA';
  const evaluated = { from: endOfWarmUp(alarm, data, during.from), to: during.to };
  for (const { now, until } of evaluations(alarm, data, evaluated)) {
    const state = judgePoints(pointsBefore(until, now, alarm, data), alarm);
    if (state !== undefined && state !== current) {
      current = state;
      changes.push({ at: now, alarm, state });
    }
  }
  return changes;
}

interface Evaluation {
  readonly now: number;
  /** The end of the newest window. */
  readonly until: number;
}

/**
 * Every minute, with windows that end at that minute and slide with it. An alarm over more than a day is evaluated every
 * hour, with data up to the full hour:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
function evaluations(alarm: AlarmDefinition, data: MetricData, { from, to }: Window): readonly Evaluation[] {
  if (alarm.period * alarm.evaluationPeriods > DAY) {
    const hours = Array.from({ length: Math.floor((to - from) / HOUR) }, (_, hour) => Math.ceil(from / HOUR) + hour);
    return hours.map((hour) => ({ now: hour * HOUR + MULTI_DAY_DELAY, until: hour * HOUR }));
  }
  return [...new Set([from, ...minutesOfChange(alarm, data)])]
    .filter((now) => now >= from && now < to)
    .toSorted((one, other) => one - other)
    .map((now) => ({ now, until: now }));
}

/** The minutes at which a point arrives or passes the end of a window. Between these minutes nothing changes. */
function minutesOfChange({ period, evaluationPeriods, metrics }: AlarmDefinition, data: MetricData): number[] {
  const windows = Array.from({ length: evaluationRange(evaluationPeriods) + 1 }, (_, window) => window * period);
  const points = [...metrics.values()].flatMap(({ metric }) => data.get(metric) ?? []);
  return points.flatMap(({ at, arrives }) =>
    [arrives, ...windows.flatMap((age) => [at + age, at + age + MINUTE])].map(
      (time) => Math.ceil(time / MINUTE) * MINUTE,
    ),
  );
}

/** The points of the evaluation range, the newest last. */
function pointsBefore(until: number, now: number, alarm: AlarmDefinition, data: MetricData): readonly Point[] {
  const { period, metrics, terms, isBad } = alarm;
  const range = { until, period, windows: evaluationRange(alarm.evaluationPeriods) };
  const values = new Map(
    [...metrics].map(([id, { metric, statistic }]) => {
      const arrived = (data.get(metric) ?? []).filter(({ arrives }) => arrives <= now);
      return [id, valuesIn(range, arrived, statistic)];
    }),
  );
  return Array.from({ length: range.windows }, (_, window): Point => {
    const value = sumOf(terms, (id) => values.get(id)?.[window]);
    return value === undefined ? 'missing' : isBad(value) ? 'bad' : 'good';
  });
}
