/** Texts that an attacker put into a history. */
export const MEGABYTE = 'Planted'.repeat(150_000);
export const NOT_JSON = ['', '{', 'null', '[]', '1', '"text"', '\u0000', MEGABYTE];

/** Short titles, because a title of a megabyte is too long. */
export function titled<T>(values: readonly T[]): [title: string, value: T][] {
  return values.map((value) => [JSON.stringify(value).slice(0, 20), value]);
}
