import { createSteadyClock } from '../lambda/steady-clock';

const START = Date.UTC(2026, 0, 5, 4, 30);

/**
 * The changes before each read, in milliseconds: how far the clock of the machine moves, and the time that really
 * passes.
 */
interface Reading {
  readonly moves: number;
  readonly passes: number;
  /** Milliseconds since the start. */
  readonly reads: number;
}

const CASES: readonly { readonly claim: string; readonly readings: readonly Reading[] }[] = [
  { claim: 'a steady clock returns the time', readings: [{ moves: 1_000, passes: 1_000, reads: 1_000 }] },
  {
    claim: 'a steady clock continues if the clock is set back',
    readings: [
      { moves: 10_000, passes: 10_000, reads: 10_000 },
      { moves: -34_000, passes: 0, reads: 10_000 },
      { moves: 20_000, passes: 20_000, reads: 30_000 },
    ],
  },
  {
    claim: 'a steady clock follows a clock that is set forward, and continues from there',
    readings: [
      { moves: 60_000, passes: 0, reads: 60_000 },
      { moves: -60_000, passes: 0, reads: 60_000 },
      { moves: 1_000, passes: 1_000, reads: 61_000 },
    ],
  },
  {
    claim: 'a steady clock counts the time when the machine was asleep',
    readings: [{ moves: 600_000, passes: 0, reads: 600_000 }],
  },
  { claim: 'a steady clock returns whole milliseconds', readings: [{ moves: 0, passes: 1.75, reads: 1 }] },
];

it.each(CASES)('$claim', ({ readings }) => {
  const sources = { now: START, elapsed: 7 };
  const now = createSteadyClock({ now: () => sources.now, elapsed: () => sources.elapsed });
  for (const { moves, passes, reads } of readings) {
    sources.now += moves;
    sources.elapsed += passes;
    expect(now() - START).toBe(reads);
  }
});
