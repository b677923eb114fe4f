/** Namespace, name and sorted dimensions of a metric as one string. */
export type MetricId = string;

export interface Dimension {
  readonly Name: string;
  /** A string, or a reference of the template. */
  readonly Value: unknown;
}

export function metricId(namespace: string, name: string, dimensions: readonly Dimension[]): MetricId {
  const sorted = dimensions.map(({ Name, Value }) => `${Name}=${JSON.stringify(Value)}`).toSorted();
  return [namespace, name, ...sorted].join(' ');
}

export interface DataPoint {
  /** The time that the service sends with the point, in milliseconds since the epoch. */
  readonly at: number;
  /** The time from which CloudWatch has the point. */
  readonly arrives: number;
  readonly value: number;
}

/** A metric that was never sent has no points. */
export type MetricData = ReadonlyMap<MetricId, readonly DataPoint[]>;

const STATISTICS = {
  Sum: (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0),
  Maximum: (values: readonly number[]) => Math.max(...values),
  Minimum: (values: readonly number[]) => Math.min(...values),
} as const;
export type Statistic = keyof typeof STATISTICS;

export function isStatistic(name: string): name is Statistic {
  return Object.hasOwn(STATISTICS, name);
}

/** A time span, in milliseconds since the epoch. `to` is exclusive. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** A number of consecutive windows of the same length. The last window ends at the time `until`, in milliseconds. */
export interface Range {
  readonly until: number;
  readonly period: number;
  readonly windows: number;
}

/** The value of a metric in each window, the newest last; `undefined` for a missing value. */
export function valuesIn(
  { until, period, windows }: Range,
  points: readonly DataPoint[],
  statistic: Statistic,
): readonly (number | undefined)[] {
  const found = Array.from({ length: windows }, (): number[] => []);
  for (const { at, value } of points) found[windows - Math.ceil((until - at) / period)]?.push(value);
  return found.map((values) => (values.length === 0 ? undefined : STATISTICS[statistic](values)));
}
