import { createHash } from 'node:crypto';

/** Replaces the key that encrypts `options.configuration` of a custom database. */
export interface Cipher {
  encrypt(plaintext: string): string;
  decrypt(ciphertext: string): string | undefined;
}

/**
 * The same plaintext gives a different ciphertext on each write (recorded: TestAccConnection, TestAccConnectionConfiguration).
 * A ciphertext that is sent back is an ordinary string: it is encrypted again, and the script then reads ciphertext. The
 * second part is unconfirmed; no recording sends a ciphertext back.
 */
export function createCipher(): Cipher {
  const plaintexts = new Map<string, string>();
  return {
    encrypt(plaintext) {
      const count = plaintexts.size + 1;
      const noise = createHash('sha256').update(`${count}:${plaintext}`).digest('base64').repeat(3);
      const ciphertext = `made-up-ciphertext-${count}-${noise}`;
      plaintexts.set(ciphertext, plaintext);
      return ciphertext;
    },
    decrypt: (ciphertext) => plaintexts.get(ciphertext),
  };
}
