/** Repeatable random numbers: the same seed returns the same numbers. */
export interface Random {
  /** A number from 0 to 1, without 1. */
  next(): number;
  /** True with the given probability. */
  isTrue(probability: number): boolean;
  /** An integer from 0 to the given number, without that number. */
  below(number: number): number;
  /** A random member; `undefined` if there are none. */
  pick<T>(members: readonly T[]): T | undefined;
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, sufficient to choose events. */
export function createRandom(seed: number): Random {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (number: number): number => Math.floor(next() * number);
  return {
    next,
    below,
    isTrue: (probability) => next() < probability,
    pick: (members) => members[below(members.length)],
  };
}
