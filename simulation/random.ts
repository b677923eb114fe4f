/** Chance that can be repeated: the same seed gives the same numbers. */
export interface Random {
  /** 0 up to 1. */
  next(): number;
  /** True with this probability. */
  isTrue(probability: number): boolean;
  /** A whole number from 0 up to a number. */
  below(number: number): number;
  /** `undefined` where there are no members. */
  pick<T>(members: readonly T[]): T | undefined;
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, good enough to choose among events. */
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
