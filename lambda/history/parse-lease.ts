import * as z from 'zod';
import { parseJson } from '../connection/parse-json';
import type { Claim, KeptLease } from './history';

// The largest time that a date can represent (ECMA-262, time values). A later value is not a valid time.
const tenure = z.object({ owner: z.string(), until: z.number().min(0).max(8.64e15) });
// A lease of version 0.1.0 has no list of owners to settle.
const lease = tenure.extend({ unsettled: z.array(tenure).default([]) });
const claims = z.array(z.object({ event: z.string(), runId: z.string(), until: z.number().nullable() }));

/** If a lease cannot be read, it is unknown whether the lease has ended: it counts as held forever. */
export function parseLease(text: string): Omit<KeptLease, 'version'> {
  const { data } = lease.safeParse(parseJson(text));
  return data === undefined
    ? { owner: 'unknown', until: Number.POSITIVE_INFINITY, unsettled: [], isReadable: false }
    : { ...data, isReadable: true };
}

/** Claims that cannot be read count as no claims, so that no message is suppressed. */
export function parseClaims(text: string): readonly Claim[] {
  return claims.safeParse(parseJson(text)).data ?? [];
}
