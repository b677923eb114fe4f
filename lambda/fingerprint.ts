import { createHash } from 'node:crypto';

/**
 * Tells two policies, or two sets of settings, apart: 16 hexadecimal digits. The order of keys does not matter, and a
 * member that is `undefined` counts as left out, so that an environment, a file and a parsed value agree. Not a secret.
 */
export function fingerprint(value: object): string {
  return createHash('sha256').update(JSON.stringify(value, sortKeys)).digest('hex').slice(0, 16);
}

function sortKeys(_key: string, member: unknown): unknown {
  if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
  return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)));
}
