import { makeVisible } from './harmless';

const DAY_MS = 24 * 60 * 60 * 1000;

/** `2026-11-23 04:30 UTC`, of an ISO 8601 time in UTC. */
export function dayAndTime(at: string): string {
  return `${dayOnly(at)} ${makeVisible(at.slice(11, 16), 5)} UTC`;
}

/** `2026-11-23`. */
export function dayOnly(at: string): string {
  return makeVisible(at.slice(0, 10), 10);
}

/** Whole days from one time to another; `null` where one of them is no time. */
export function daysBetween(from: string, to: string): number | null {
  const days = Math.floor((Date.parse(to) - Date.parse(from)) / DAY_MS);
  return Number.isFinite(days) ? Math.max(0, days) : null;
}

/** How long a run took: `4 s`, `12 min 3 s`. */
export function nameDuration(from: string, to: string): string {
  const seconds = Math.round((Date.parse(to) - Date.parse(from)) / 1000);
  if (!Number.isFinite(seconds)) return 'not known';
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `12,400`. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}
