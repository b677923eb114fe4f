import { createHash } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `con_` and 16 alphanumerics, as every recorded id; the same for the same text, so that runs can be compared. */
export function inventId(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  return `con_${Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('')}`;
}
