import { createHash } from 'node:crypto';

/**
 * Distinguishes two policies, or two sets of settings: 16 hexadecimal digits. The order of keys does not matter, and a
 * member that is `undefined` counts as omitted, so that an environment, a file and a parsed value have the same
 * fingerprint. Not a secret.
 */
export function fingerprint(value: object): string {
  return fingerprintOfText(canonicalJson(value));
}

/** The text from which a fingerprint is made: JSON without spaces, with sorted keys. */
export function canonicalJson(value: object): string {
  return JSON.stringify(value, sortKeys);
}

/** The first 16 digits of the text's SHA-256, as `sha256sum` prints them. */
export function fingerprintOfText(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function sortKeys(_key: string, member: unknown): unknown {
  if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
  return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)));
}
