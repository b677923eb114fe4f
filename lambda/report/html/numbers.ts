import { makeVisible } from '../text/harmless';
import { count } from '../words/run';

/** `2026-11-23`. */
export function dayOnly(at: string): string {
  return makeVisible(at.slice(0, 10), 10);
}

/** The duration of a run: `4 s`, `12 min 3 s`. */
export function nameDuration(from: string, to: string): string {
  const seconds = Math.round((Date.parse(to) - Date.parse(from)) / 1000);
  if (!Number.isFinite(seconds)) return 'unknown';
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `12,400`. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `12,400 findings`. */
export function countGrouped(number: number, noun: string): string {
  return count(number, noun).replace(/^\d+/, grouped(number));
}
