import * as z from 'zod';
import { parseJson } from '../connection/parse-json';
import type { Claim, KeptLease } from './history';

// The largest time that a date can hold (ECMA-262, time values): a later one is no time.
const tenure = z.object({ owner: z.string(), until: z.number().min(0).max(8.64e15) });
// A lease of version 0.1.0 has nobody to settle.
const lease = tenure.extend({ unsettled: z.array(tenure).default([]) });
const claims = z.array(z.object({ event: z.string(), runId: z.string(), until: z.number().nullable() }));

/** A lease that cannot be read is one that nobody can be sure is over. */
export function parseLease(text: string): Omit<KeptLease, 'version'> {
  const { data } = lease.safeParse(parseJson(text));
  return data === undefined
    ? { owner: 'unknown', until: Number.POSITIVE_INFINITY, unsettled: [], isReadable: false }
    : { ...data, isReadable: true };
}

/** Claims that cannot be read are none: they must silence nobody. */
export function parseClaims(text: string): readonly Claim[] {
  return claims.safeParse(parseJson(text)).data ?? [];
}
