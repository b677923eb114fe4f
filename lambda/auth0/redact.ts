const MAX_LENGTH = 300;
/**
 * The searched part of a longer sentence: Auth0 can quote a certificate, and each word is compared with the secrets.
 */
const MAX_SEARCHED = 1_000;
/** Shorter strings can be ordinary words. Hiding them would hide Auth0's own message. */
const SHORTEST_SECRET = 6;
/** None of these characters is markup in a mail or a chat; otherwise the mask would be shown escaped. */
const HIDDEN = '(hidden)';

/**
 * A message of Auth0 that is safe to repeat: bounded, and on one line. It contains no string of `secrets`, as it is or
 * as JSON writes it; no part of these strings that is a word, also percent-encoded (Auth0 can quote a truncated value);
 * and no word long enough to be a token.
 */
export function redact(sentence: string, secrets: readonly string[]): string {
  const { text, isCut } = startOf(sentence);
  const found = [
    ...placesOf(text, spellingsOf(secrets)),
    ...wordsIn(text).filter(({ word }) => mayBeSecret(word, secrets)),
  ];
  const characters = [...hide(text, found)];
  if (!isCut && characters.length <= MAX_LENGTH) return characters.join('');
  return `${characters.slice(0, MAX_LENGTH).join('')}...`;
}

/** A range of the text, from its first character to the position after its last character. */
interface Place {
  readonly from: number;
  readonly to: number;
}

/** Hides all places in one pass, so that the mask of one place is not searched for another secret. */
function hide(text: string, places: readonly Place[]): string {
  let shown = '';
  let at = 0;
  for (const { from, to } of [...places].sort((a, b) => a.from - b.from)) {
    if (from > at || (from === 0 && at === 0)) shown += `${text.slice(at, from)}${HIDDEN}`;
    at = Math.max(at, to);
  }
  return shown + text.slice(at);
}

function placesOf(text: string, spellings: readonly string[]): Place[] {
  const places: Place[] = [];
  for (const spelling of spellings) {
    for (let from = text.indexOf(spelling); from >= 0; from = text.indexOf(spelling, from + spelling.length)) {
      places.push({ from, to: from + spelling.length });
    }
  }
  return places;
}

/** Word patterns, from the longest possible value to the shortest: any mark can be next to a quoted value. */
const WORDS = [
  /[^\s'"(),;<>`\\\u2018-\u201f\u00ab\u00bb]+/g,
  /[^\s'"(),;<>`\\\u2018-\u201f\u00ab\u00bb=:&?|@{}[\]]+/g,
  /[\p{L}\p{N}_]+/gu,
];

function wordsIn(text: string): (Place & { readonly word: string })[] {
  return WORDS.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ 0: word, index }) => ({ word, from: index, to: index + word.length })),
  );
}

/** Each secret on one line, as it is and as JSON writes it. A blank secret has no spelling. */
function spellingsOf(secrets: readonly string[]): readonly string[] {
  const spellings = secrets.flatMap((secret) => [onOneLine(secret), onOneLine(JSON.stringify(secret).slice(1, -1))]);
  return [...new Set(spellings)].filter((spelling) => spelling.length >= SHORTEST_SECRET);
}

/** The beginning of the sentence, on one line. The word at the cut is dropped: half a token would not be recognized. */
function startOf(sentence: string): { readonly text: string; readonly isCut: boolean } {
  const isCut = sentence.length > MAX_SEARCHED;
  const start = isCut ? sentence.slice(0, MAX_SEARCHED).replace(/\S*$/, '') : sentence;
  return { text: onOneLine(start), isCut };
}

/**
 * Replaces line ends and controls, also JSON escapes, by spaces: otherwise the escape letter would join the next word.
 */
function onOneLine(text: string): string {
  return text
    .replace(/\\(?:u[\dA-Fa-f]{4}|[nrtbf])|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

function mayBeSecret(word: string, secrets: readonly string[]): boolean {
  const bare = word.replace(/[.:…]+$/u, '');
  if (/[A-Za-z0-9_\-+/=.]{40,}/.test(bare)) return true;
  const spellings = new Set([bare, decode(bare)]);
  return [...spellings].some(
    (spelling) => spelling.length >= SHORTEST_SECRET && secrets.some((secret) => secret.includes(spelling)),
  );
}

/** Decodes a word that is encoded as in a URL or a form. Any other word is returned unchanged. */
function decode(word: string): string {
  if (!/[%+]/.test(word)) return word;
  try {
    return decodeURIComponent(word.replaceAll('+', ' '));
  } catch {
    return word;
  }
}
