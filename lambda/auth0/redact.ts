const MAX_LENGTH = 300;
/** Of a longer sentence no more than this is looked at: Auth0 may quote a certificate, and every word is searched for. */
const MAX_SEARCHED = 1_000;
/** Shorter strings are words; masking them would mask Auth0's own sentence. */
const SHORTEST_SECRET = 6;

/**
 * A sentence of Auth0's, safe to repeat: bounded, on one line, without the strings named in `secrets`, as they are, as JSON
 * or an address writes them, or any part of them that stands as a word (Auth0 may quote a value cut short), and without
 * anything long enough to be a token.
 */
export function redact(sentence: string, secrets: readonly string[]): string {
  const { text, isCut } = startOf(sentence);
  const searched = secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
  const mask = (word: string): string => (!MASKED.includes(word) && mayBeSecret(word, secrets) ? MASKED : word);
  const masked = searched
    .flatMap(spellingsOf)
    .reduce((words, spelling) => words.replaceAll(spelling, MASKED), text)
    .replace(WORD, mask)
    .replace(PART, mask)
    .replace(LETTERS, mask);
  const characters = [...masked];
  if (!isCut && characters.length <= MAX_LENGTH) return masked;
  return `${characters.slice(0, MAX_LENGTH).join('')}...`;
}

/** No character of it acts in a mail or a chat, which would else show it escaped. */
const MASKED = '(hidden)';
/** From the longest that may be one value to the shortest that can be: any mark may stand beside a value that is quoted. */
const WORD = /[^\s'"(),;<>`\\\u2018-\u201f\u00ab\u00bb]+/g;
const PART = /[^\s'"(),;<>`\\\u2018-\u201f\u00ab\u00bb=:&?|@{}[\]]+/g;
const LETTERS = /[\p{L}\p{N}_]+/gu;

function spellingsOf(secret: string): readonly string[] {
  return [...new Set([onOneLine(secret), onOneLine(JSON.stringify(secret).slice(1, -1)), inAddress(secret)])];
}

/** A lone surrogate has no spelling in an address. */
function inAddress(secret: string): string {
  return encodeURIComponent(secret.replace(/\p{Cs}/gu, ' '));
}

/** Its beginning, on one line. The word in which it is cut goes too: half a token would not be known for one. */
function startOf(sentence: string): { readonly text: string; readonly isCut: boolean } {
  const isCut = sentence.length > MAX_SEARCHED;
  const start = isCut ? sentence.slice(0, MAX_SEARCHED).replace(/\S*$/, '') : sentence;
  return { text: onOneLine(start), isCut };
}

/** Line ends and controls are spaces, also as JSON escapes them: a letter of the escape would else belong to the next word. */
function onOneLine(text: string): string {
  return text
    .replace(/\\(?:u[\dA-Fa-f]{4}|[nrtbf])|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

function mayBeSecret(word: string, secrets: readonly string[]): boolean {
  const bare = word.replace(/[.:…]+$/u, '');
  if (/[A-Za-z0-9_\-+/=.]{40,}/.test(bare)) return true;
  return bare.length >= SHORTEST_SECRET && secrets.some((secret) => secret.includes(bare));
}
