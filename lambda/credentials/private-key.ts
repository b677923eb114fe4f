import { createPrivateKey, type KeyObject } from 'node:crypto';

export type ReadKey = { readonly ok: true; readonly pem: string } | { readonly ok: false; readonly problem: string };

/** A description of an accepted key. */
export const KEY_FORM =
  'an RSA private key of 2,048 bits or more as PEM text (BEGIN PRIVATE KEY or BEGIN RSA PRIVATE KEY), not encrypted';

/** The minimum key length of RS256 (RFC 7518, section 3.3). */
const LEAST_BITS = 2048;

/**
 * Reads a PEM text. Its line ends can be written as `\n`. The problem quotes neither the text nor OpenSSL's message,
 * because this auditor does not control that message.
 */
export function readPrivateKey(text: string): ReadKey {
  const pem = `${text.replaceAll('\\r', '').replaceAll('\\n', '\n').replaceAll('\r', '').trim()}\n`;
  if (/ENCRYPTED/.test(pem)) return { ok: false, problem: 'is encrypted with a passphrase' };
  const key = openKey(pem);
  if (key === undefined) return { ok: false, problem: 'is not a private key' };
  if (key.asymmetricKeyType !== 'rsa') return { ok: false, problem: 'is not an RSA key' };
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  return bits < LEAST_BITS ? { ok: false, problem: `has ${bits} bits` } : { ok: true, pem };
}

function openKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
