/** Members in an order, with a known number: a list, or an iterable that makes each member when it is needed. */
export interface Sequence<T> extends Iterable<T> {
  readonly length: number;
}

/** One member for each entry of a list. Each iteration makes the members again. */
export function makeEach<Entry, T>(list: readonly Entry[], make: (entry: Entry, index: number) => T): Sequence<T> {
  return {
    length: list.length,
    *[Symbol.iterator]() {
      for (const [index, entry] of list.entries()) yield make(entry, index);
    },
  };
}

/** The members of several sequences, one sequence after the other. */
export function oneAfterTheOther<T>(...several: readonly Sequence<T>[]): Sequence<T> {
  return {
    length: several.reduce((sum, { length }) => sum + length, 0),
    *[Symbol.iterator]() {
      for (const each of several) yield* each;
    },
  };
}
