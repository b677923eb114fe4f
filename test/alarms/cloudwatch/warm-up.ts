import type { AlarmDefinition } from './alarm-definition';
import type { MetricData } from './metric-data';

/**
 * The time of the first evaluation of an alarm (milliseconds since the epoch). The warm-up happens one time, when the alarm
 * is created. No update starts it again:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-warm-up.html
 */
export function endOfWarmUp(alarm: AlarmDefinition, data: MetricData, created: number): number {
  const { warmUp } = alarm;
  if (warmUp === undefined) return created;
  const latest = created + warmUp.length;
  return warmUp.isWhole ? latest : Math.min(latest, whenFilled(alarm, data, created));
}

/**
 * The evaluation window is full when it is after the first point and the newest period has a point. In the example of AWS,
 * a metric that is sent from 10:04 fills a window of 15 minutes at 10:19. That points from before the alarm do not count is
 * *unconfirmed*.
 */
function whenFilled(
  { metrics, period, evaluationPeriods }: AlarmDefinition,
  data: MetricData,
  created: number,
): number {
  const points = [...metrics.values()]
    .flatMap(({ metric }) => data.get(metric) ?? [])
    .filter(({ at }) => at >= created);
  const full = Math.min(...points.map(({ at }) => at)) + period * evaluationPeriods;
  const times = points.map(({ at, arrives }) => ({ at, seen: Math.max(full, arrives) }));
  return Math.min(...times.filter(({ at, seen }) => seen < at + period).map(({ seen }) => seen));
}
