import * as z from 'zod';
import { parseJson } from '../connection/parse-json';
import type { Claim } from './history';

const claims = z.array(z.object({ event: z.string(), runId: z.string(), until: z.number().nullable() }));

/** Claims that cannot be read are none: they must silence nobody. */
export function parseClaims(text: string): readonly Claim[] {
  return claims.safeParse(parseJson(text)).data ?? [];
}
