import * as z from 'zod';
import { describeRange } from '../connection/range';

/**
 * The parts of the schemas for files. The `error` of each part is the text after "allowed:", so that the linter can
 * name the allowed values.
 */
export function oneOf<const T extends string>(values: readonly [T, ...T[]] | readonly T[]) {
  return z.enum(values, { error: values.join(', ') });
}

export function oneOrMore<T extends z.ZodType>(schema: T, error: string) {
  return z.union([schema, z.array(schema, { error }).min(1, { error })], { error });
}

export function text(limit: number) {
  const error = `a text of 1 to ${limit} characters`;
  return z.string({ error }).regex(/\S/, { error }).max(limit, { error });
}

/** A text of a certain form. */
export function textLike(form: RegExp, error: string) {
  return z.string({ error }).regex(form, { error });
}

/** `unit` follows "a whole number", such as ` of days`. */
export function wholeNumber(least: number, most: number, unit = '') {
  const error = describeRange({ least, most }, unit);
  return z.int({ error }).min(least, { error }).max(most, { error });
}

export function trueOrFalse() {
  return z.boolean({ error: 'true, false' });
}

/** An object with these keys and no other key. */
export function objectOf<T extends z.ZodRawShape>(shape: T) {
  return z.strictObject(shape, { error: `an object with the keys ${Object.keys(shape).join(', ')}` });
}

/** Whether an object has a key with a defined value. */
export function hasContent(value: object): boolean {
  return Object.values(value).some((content) => content !== undefined);
}

/** The schema of each row of a table, under its key. */
export function schemasOf<Rows extends Readonly<Record<string, { readonly schema: z.ZodType }>>>(
  rows: Rows,
): { readonly [Key in keyof Rows]: Rows[Key]['schema'] } {
  // Entries as lists, not as pairs: then the library's own type declares the result as `any`.
  const entries: readonly (readonly unknown[])[] = Object.entries(rows).map(([key, { schema }]) => [key, schema]);
  return Object.fromEntries(entries);
}
