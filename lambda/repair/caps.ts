/** How many connections one run is allowed to change. Both limits apply. */
export interface Caps {
  /** Connections. */
  readonly maxChanges: number;
  /** Percent of the connections whose setting could be judged. */
  readonly maxPercent: number;
}

/** The percentage does not apply up to this many changes, unless it is 0: 5 percent of ten connections is none. */
const FLOOR = 3;

/** The largest allowed plan. A larger plan is more likely a mistake in the policy than drift. */
export function largestPlan({ maxChanges, maxPercent }: Caps, judged: number): number {
  if (maxPercent === 0) return 0;
  return Math.min(maxChanges, Math.max(FLOOR, Math.floor((judged * maxPercent) / 100)));
}
