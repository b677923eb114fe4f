import type * as z from 'zod';

/** A body as our type, or what is wrong with it, in words that quote nothing of it. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** Where a body is wrong: paths and expected types only, since zod's own text may quote what it read. */
export function placesOf(error: z.ZodError): string {
  const places = error.issues.map(({ path, code }) => `${path.map(String).join('.') || 'body'} (${code})`);
  return places.length <= 3 ? places.join(', ') : `${places.slice(0, 3).join(', ')} and ${places.length - 3} more`;
}
