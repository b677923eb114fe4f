const MAX_LENGTH = 300;
/** Of a longer sentence no more than this is looked at: Auth0 may quote a certificate, and every word is searched for. */
const MAX_SEARCHED = 1_000;
/** Shorter strings are words; masking them would mask Auth0's own sentence. */
const SHORTEST_SECRET = 6;

/**
 * A sentence of Auth0's, safe to repeat: bounded, on one line, without the strings named in `secrets` or any part of
 * them that stands as a word (Auth0 may quote a value cut short), and without anything long enough to be a token.
 */
export function redact(sentence: string, secrets: readonly string[]): string {
  const { text, isCut } = startOf(sentence);
  const withoutSecrets = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
  const masked = withoutSecrets.replace(/[^\s'"(),;<>]+/g, (word) =>
    mayBeSecret(word, secrets)
      ? '***'
      : word.replace(/[^=:&?|@{}[\]]+/g, (part) => (mayBeSecret(part, secrets) ? '***' : part)),
  );
  const characters = [...masked];
  if (!isCut && characters.length <= MAX_LENGTH) return masked;
  return `${characters.slice(0, MAX_LENGTH).join('')}...`;
}

/** Its beginning, on one line. The word in which it is cut goes too: half a token would not be known for one. */
function startOf(sentence: string): { readonly text: string; readonly isCut: boolean } {
  const isCut = sentence.length > MAX_SEARCHED;
  const start = isCut ? sentence.slice(0, MAX_SEARCHED).replace(/\S*$/, '') : sentence;
  return { text: start.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim(), isCut };
}

function mayBeSecret(word: string, secrets: readonly string[]): boolean {
  const bare = word.replace(/[.:…]+$/u, '');
  if (/[A-Za-z0-9_\-+/=.]{40,}/.test(bare)) return true;
  return bare.length >= SHORTEST_SECRET && secrets.some((secret) => secret.includes(bare));
}
