/** Two clocks of a machine, both in milliseconds. */
export interface TimeSources {
  /** Since the epoch. This clock can be set at any time, also during a run. */
  readonly now: () => number;
  /** Since an arbitrary moment. This clock cannot be set, but it can stop while the machine sleeps. */
  readonly elapsed: () => number;
}

/**
 * The time of one run, in whole milliseconds since the epoch. It follows a clock that is set forward, and continues if
 * the clock is set back. Otherwise a permission to write would count for longer than another run waits.
 */
export function createSteadyClock({ now, elapsed }: TimeSources): () => number {
  let ahead = now() - elapsed();
  return () => {
    const passed = elapsed();
    ahead = Math.max(ahead, now() - passed);
    return Math.floor(passed + ahead);
  };
}
