const MAX_LENGTH = 300;
/** Of a longer sentence no more than this is looked at: Auth0 may quote a certificate, and every word is searched for. */
const MAX_SEARCHED = 1_000;
/** Shorter strings are words; hiding them would hide Auth0's own sentence. */
const SHORTEST_SECRET = 6;
/** No character of it acts in a mail or a chat, which would else show it escaped. */
const HIDDEN = '(hidden)';

/**
 * A sentence of Auth0's, safe to repeat: bounded, on one line, without the strings named in `secrets`, as they are or as JSON
 * writes them, without any part of them that stands as a word, also percent-encoded (Auth0 may quote a value cut short),
 * and without anything long enough to be a token.
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

/** Where in the text something stands, from its first character to after its last. */
interface Place {
  readonly from: number;
  readonly to: number;
}

/** Hides all places at once, so that what hides one is not searched for another. */
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

/** From the longest that may be one value to the shortest that can be: any mark may stand beside a value that is quoted. */
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

/** Each secret on one line, as it is and as JSON writes it; what is blank is none. */
function spellingsOf(secrets: readonly string[]): readonly string[] {
  const spellings = secrets.flatMap((secret) => [onOneLine(secret), onOneLine(JSON.stringify(secret).slice(1, -1))]);
  return [...new Set(spellings)].filter((spelling) => spelling.length >= SHORTEST_SECRET);
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
  const spellings = new Set([bare, decode(bare)]);
  return [...spellings].some(
    (spelling) => spelling.length >= SHORTEST_SECRET && secrets.some((secret) => secret.includes(spelling)),
  );
}

/** As an address or a form writes it; what is not written so stays as it is. */
function decode(word: string): string {
  if (!/[%+]/.test(word)) return word;
  try {
    return decodeURIComponent(word.replaceAll('+', ' '));
  } catch {
    return word;
  }
}
