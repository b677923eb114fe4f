import * as z from 'zod';
import { parseJson } from '../connection/parse-json';
import type { KeptLease } from './history';

const tenure = z.object({ owner: z.string(), until: z.number() });
// A lease of version 0.1.0 has nobody to settle.
const lease = tenure.extend({ unsettled: z.array(tenure).default([]) });

/** A lease that cannot be read is one that nobody can be sure is over. */
export function parseLease(text: string): Omit<KeptLease, 'version'> {
  const { data } = lease.safeParse(parseJson(text));
  return data === undefined
    ? { owner: 'unknown', until: Number.POSITIVE_INFINITY, unsettled: [], isReadable: false }
    : { ...data, isReadable: true };
}
