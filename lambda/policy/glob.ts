/** A pattern for a whole text: `*` is any text, `?` is one character, every other character is itself, in this case. */
export interface Glob {
  readonly pattern: string;
  readonly matches: (text: string) => boolean;
}

/** Made one time per pattern, not per connection. Linear in the text for each `*`, so no name can make it slow. */
export function compileGlob(pattern: string): Glob {
  if (isLiteral(pattern)) return { pattern, matches: (text) => text === pattern };
  const prefix = literalPrefix(pattern);
  if (pattern === `${prefix}*`) return { pattern, matches: (text) => text.startsWith(prefix) };
  const tokens = Array.from(pattern);
  return { pattern, matches: (text) => text.startsWith(prefix) && accepts(tokens, Array.from(text), anyCharacter) };
}

/** Whether a text matches one of the patterns. */
export function anyGlob(patterns: readonly string[]): (text: string) => boolean {
  const globs = patterns.map(compileGlob);
  const [only] = globs;
  if (globs.length === 1 && only !== undefined) return only.matches;
  return (text) => globs.some(({ matches }) => matches(text));
}

export function isLiteral(pattern: string): boolean {
  return !/[*?]/.test(pattern);
}

/** The beginning of every matching text. */
export function literalPrefix(pattern: string): string {
  return /^[^*?]*/.exec(pattern)?.[0] ?? '';
}

/**
 * Whether `wide` matches every text that `narrow` matches. It reads `narrow` as a text. Only a `*` of `wide` can match
 * a `*` of this text. True is proven; false can mean "not detected".
 */
export function covers(wide: string, narrow: string): boolean {
  if (!literalPrefix(narrow).startsWith(literalPrefix(wide))) return false;
  return accepts(tidy(wide), tidy(narrow), (character) => character !== '*');
}

function anyCharacter(): boolean {
  return true;
}

/** In a row of wildcards the order has no meaning. This function writes `?` first, then one `*`. */
function tidy(pattern: string): string[] {
  const runs = pattern.replace(/[*?]+/g, (run) => run.replaceAll('*', '') + (run.includes('*') ? '*' : ''));
  return Array.from(runs);
}

/** The usual algorithm with two pointers: on a mismatch, the last `*` matches one more character. */
function accepts(
  pattern: readonly string[],
  text: readonly string[],
  isOneCharacter: (character: string) => boolean,
): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let read = 0;
  while (read < text.length) {
    const token = pattern[at];
    const character = text[read] ?? '';
    if (token === '*') {
      star = at;
      resume = read;
      at += 1;
    } else if (token === '?' ? isOneCharacter(character) : token === character) {
      at += 1;
      read += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      read = resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
