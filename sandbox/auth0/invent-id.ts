import { createHash } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `con_` and 16 alphanumeric characters, like every recorded id. The same text gives the same id, so that runs are comparable. */
export function inventId(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  return `con_${Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('')}`;
}
