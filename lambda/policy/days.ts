/** A day in milliseconds. */
export const DAY_MS = 86_400_000;
/** Runs of one schedule are never exactly one day apart. A clock change moves a run by one hour. */
export const SCHEDULE_TOLERANCE_MS = DAY_MS / 12;

/**
 * The local calendar day in a time zone, as a count of days. Days are compared, never hours. So "to the end of that
 * day" is also correct on days of 23 and 25 hours. An unknown time zone is a RangeError.
 */
export function dayAt(now: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(parts.get('year') ?? 0, (parts.get('month') ?? 1) - 1, parts.get('day') ?? 1) / DAY_MS;
}

/** The same count for a date as `YYYY-MM-DD`. The policy's schema ensures that the day exists. */
export function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

/** `YYYY-MM-DD` of a count of days. */
export function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
