/** Members in an order, their number known beforehand: a list, or what makes each member when its turn comes. */
export interface Sequence<T> extends Iterable<T> {
  readonly length: number;
}

/** One member for each entry of a list; going through it again makes them again. */
export function makeEach<Entry, T>(list: readonly Entry[], make: (entry: Entry, index: number) => T): Sequence<T> {
  return {
    length: list.length,
    *[Symbol.iterator]() {
      for (const [index, entry] of list.entries()) yield make(entry, index);
    },
  };
}

/** The members of several, one after the other. */
export function oneAfterTheOther<T>(...several: readonly Sequence<T>[]): Sequence<T> {
  return {
    length: several.reduce((sum, { length }) => sum + length, 0),
    *[Symbol.iterator]() {
      for (const each of several) yield* each;
    },
  };
}
