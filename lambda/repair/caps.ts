/** How many connections one run may change. Both hold. */
export interface Caps {
  /** Connections. */
  readonly maxChanges: number;
  /** Percent of the connections whose setting could be judged. */
  readonly maxPercent: number;
}

/** Below this many changes the percentage is not asked, unless it is 0: in a tenant of ten, five percent would be none. */
const FLOOR = 3;

/** The largest plan that may be carried out. A larger one is more likely a mistake in the policy than drift. */
export function largestPlan({ maxChanges, maxPercent }: Caps, judged: number): number {
  if (maxPercent === 0) return 0;
  return Math.min(maxChanges, Math.max(FLOOR, Math.floor((judged * maxPercent) / 100)));
}
