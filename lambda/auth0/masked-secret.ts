const SECRET_KEY = /secret|token|passw|key|cert|credential|private/i;
/** Asterisks, bullets or x-es instead of a value, or a word for a removed value. */
const MASK = /^[*•●x]{3,}|[*•●]{4,}|^[[<(]?\s*(redacted|masked|hidden|removed|secret)\s*[\])>]?$/i;

/**
 * Whether a value under a key with a name like a secret looks masked. If the value were written back, the mask would
 * replace the secret. Searches at any depth, and returns only true or false.
 */
export function hasMaskedSecret(options: unknown, underSecretKey = false): boolean {
  if (typeof options === 'string') return underSecretKey && MASK.test(options.trim());
  if (typeof options !== 'object' || options === null) return false;
  return Object.entries(options).some(([key, value]) => hasMaskedSecret(value, underSecretKey || SECRET_KEY.test(key)));
}
