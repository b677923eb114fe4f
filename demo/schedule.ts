const DAY_MS = 86_400_000;
/** 04:30 UTC, in milliseconds after midnight. */
const SCHEDULED_MS = 4.5 * 3_600_000;

/** The last scheduled time before the given time. Both are in milliseconds since the epoch. */
export function lastNightBefore(time: number): number {
  return Math.floor((time - SCHEDULED_MS) / DAY_MS) * DAY_MS + SCHEDULED_MS;
}
