/** Two ways in which a machine tells the time, both in milliseconds. */
export interface TimeSources {
  /** Since the epoch. Somebody may set this clock, also while a run is at work. */
  readonly now: () => number;
  /** Since some moment. Nobody sets this clock, but it may stand still while the machine is asleep. */
  readonly elapsed: () => number;
}

/**
 * The time of one run, in whole milliseconds since the epoch. It follows a clock that is set forward, and goes on where
 * the clock is set back: else a permission to write would count for longer than another run waits.
 */
export function createSteadyClock({ now, elapsed }: TimeSources): () => number {
  let ahead = now() - elapsed();
  return () => {
    const passed = elapsed();
    ahead = Math.max(ahead, now() - passed);
    return Math.floor(passed + ahead);
  };
}
