/** Texts that somebody else put into a history. */
export const MEGABYTE = 'Planted'.repeat(150_000);
export const NOT_JSON = ['', '{', 'null', '[]', '1', '"text"', '\u0000', MEGABYTE];

/** A megabyte makes no title. */
export function titled<T>(values: readonly T[]): [title: string, value: T][] {
  return values.map((value) => [JSON.stringify(value).slice(0, 20), value]);
}
