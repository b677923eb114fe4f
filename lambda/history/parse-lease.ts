import * as z from 'zod';
import { parseJson } from '../connection/parse-json';

const lease = z.object({ owner: z.string(), until: z.number() });

/** A lease that cannot be read is one that nobody can be sure is over. */
export function parseLease(text: string): { owner: string; until: number } {
  return lease.safeParse(parseJson(text)).data ?? { owner: 'unknown', until: Number.POSITIVE_INFINITY };
}
