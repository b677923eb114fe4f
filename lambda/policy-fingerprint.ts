import { createHash } from 'node:crypto';
import type { Policy } from './policy/policy';

/** Tells two policies apart in a record. Not a secret: a policy holds none. */
export function fingerprint(policy: Policy): string {
  return createHash('sha256').update(JSON.stringify(policy)).digest('hex').slice(0, 16);
}
