import type * as z from 'zod';

/** A parsed body, or what is wrong with the body, in a text that quotes nothing of the body. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** Where a body is wrong: paths and issue codes only, because zod's own text can quote the body. */
export function placesOf(error: z.ZodError): string {
  const places = error.issues.map(({ path, code }) => `${path.map(String).join('.') || 'body'} (${code})`);
  return places.length <= 3 ? places.join(', ') : `${places.slice(0, 3).join(', ')} and ${places.length - 3} more`;
}
