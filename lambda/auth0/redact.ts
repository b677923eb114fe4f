const MAX_LENGTH = 300;
/** Shorter strings are words; masking them would mask Auth0's own sentence. */
const SHORTEST_SECRET = 6;

/**
 * A sentence of Auth0's, safe to repeat: bounded, on one line, without the strings named in `secrets` or any part of
 * them that stands as a word (Auth0 may quote a value cut short), and without anything long enough to be a token.
 */
export function redact(sentence: string, secrets: readonly string[]): string {
  const oneLine = sentence.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  const withoutSecrets = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .reduce((text, secret) => text.replaceAll(secret, '***'), oneLine);
  const masked = withoutSecrets.replace(/[^\s'"(),;<>]+/g, (word) =>
    mayBeSecret(word, secrets)
      ? '***'
      : word.replace(/[^=:&?|@{}[\]]+/g, (part) => (mayBeSecret(part, secrets) ? '***' : part)),
  );
  const characters = [...masked];
  return characters.length <= MAX_LENGTH ? masked : `${characters.slice(0, MAX_LENGTH).join('')}...`;
}

function mayBeSecret(word: string, secrets: readonly string[]): boolean {
  const bare = word.replace(/[.:…]+$/u, '');
  if (/[A-Za-z0-9_\-+/=.]{40,}/.test(bare)) return true;
  return bare.length >= SHORTEST_SECRET && secrets.some((secret) => secret.includes(bare));
}
