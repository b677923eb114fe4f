const SECRET_KEY = /secret|token|passw|key|cert|credential|private/i;
/** Asterisks, bullets or x-es instead of a value, or a word that says it was taken out. */
const MASK = /^[*•●x]{3,}|[*•●]{4,}|^[[<(]?\s*(redacted|masked|hidden|removed|secret)\s*[\])>]?$/i;

/**
 * Whether a value under a key that sounds like a secret reads as masked: written back, the mask would replace the
 * secret. Looks at any depth, and tells nothing but yes or no.
 */
export function hasMaskedSecret(options: unknown, underSecretKey = false): boolean {
  if (typeof options === 'string') return underSecretKey && MASK.test(options.trim());
  if (typeof options !== 'object' || options === null) return false;
  return Object.entries(options).some(([key, value]) => hasMaskedSecret(value, underSecretKey || SECRET_KEY.test(key)));
}
