import { escapeCharacter, escapeEach, UNSEEN } from '../../connection/escape-character';
import { columnsOf } from './columns';

/** The maximum number of columns of a name in a message or a table. */
export const NAME_COLUMNS = 60;

/**
 * Turns a foreign text (a connection's name, an unknown strategy, an undocumented value) into a line fragment that is only
 * text in every output: mail, chat, terminal.
 *
 * The rule: letters, digits and ordinary punctuation stay unchanged, so that "Okta – Contoso & Söhne (EU)" reads as
 * written. A character is escaped, as `\u003C` like in JSON, only if it would have an effect: unseen characters; `<`, backquote
 * and `\` always; `*` if another `*` could close it; `>` unless it is between spaces; `@` before a name, `&` that starts an
 * entity, `]` that joins the two halves of a link, a space at an edge or after another space, the fourth mark of a letter.
 * A text that a mail client would turn into a link is defanged as security teams do: `evil[.]example`, `https[:]//`. No
 * look-alike or zero-width characters are used: the original text can be derived from the shown text, and the escaping hides
 * nothing. The id next to the name identifies the connection.
 */
export function makeHarmless(text: string, columns = NAME_COLUMNS): string {
  // Most names: no character has an effect, and each character is one column wide.
  if (text.length <= columns && isPlain(text)) return text;
  return shorten(harmlessPieces(bounded(text, columns)), columns) || '(empty)';
}

/** Whether a text is short and no output needs to escape any of its characters. */
export function isPlain(text: string): boolean {
  return text.length <= NAME_COLUMNS && PLAIN.test(text);
}

const PLAIN = /^[\w-]+(?: [\w-]+)*$/;

/** For text from our configuration, such as the tenant's domain: dots and colons stay, so that it can be copied. */
export function makeVisible(text: string, columns = NAME_COLUMNS): string {
  return shorten(
    [...bounded(text, columns)].map((character) =>
      UNSEEN.test(character) || '<>&`*@\\'.includes(character) ? escapeCharacter(character) : character,
    ),
    columns,
  );
}

/** Limits a long text to the part that can be shown: each code unit counts as at least one column in `shorten`. */
function bounded(text: string, columns: number): string {
  return text.length > columns * 2 ? text.slice(0, columns * 2) : text;
}

const PIECES = new RegExp(
  [
    `(?<acts>${UNSEEN.source}`,
    '[<`\\\\]|\\*(?=[^]*\\*)',
    '(?<! )>|>(?! )',
    '[@\\uFF20\\uFE6B](?=[\\p{L}\\p{N}_<(])',
    '&(?=#?[\\p{L}\\p{N}]+;)',
    '\\](?=[([:])',
    '^ | $|(?<= ) ',
    '^\\p{M}|(?<=\\p{M}{3})\\p{M})',
    '(?<link>(?<=[\\p{L}\\p{N}-])\\.(?=[\\p{L}][\\p{L}\\p{N}-])|:(?=//))',
    '(?<plain>[^])',
  ].join('|'),
  'gu',
);

function harmlessPieces(text: string): string[] {
  return [...text.matchAll(PIECES)].map(({ 0: character, groups }) => {
    if (groups?.link !== undefined) return `[${character}]`;
    return groups?.plain !== undefined ? character : escapeCharacter(character);
  });
}

/** Joins whole pieces up to a number of columns. An ellipsis replaces the rest. A cut is never inside an escape. */
function shorten(pieces: readonly string[], columns: number): string {
  let kept = '';
  let width = 0;
  let fits = '';
  for (const piece of pieces) {
    // The larger of columns and code units, so that other ways of measuring agree.
    width += Math.max(columnsOf(piece), piece.length);
    if (width > columns) return `${fits}…`;
    kept += piece;
    if (width < columns) fits = kept;
  }
  return kept;
}

/**
 * For text from the policy, which is our configuration: unchanged, so that it can be found there, except unseen
 * characters.
 */
export function escapeUnseen(text: string): string {
  return escapeEach(text, UNSEEN);
}

/** Replaces each unseen character with a question mark. */
export function maskUnseen(text: string): string {
  return text.replace(new RegExp(UNSEEN.source, 'gu'), '?');
}

/**
 * A foreign text for a tool: complete and exact, except unseen characters. These are escaped as in JSON, so that they start
 * no line and move no cursor. A backslash is escaped too, so that the original text can be derived from the shown text.
 */
export function makeExact(text: string, characters = 10_000): string {
  const short = text.length > characters ? `${text.slice(0, characters)}…` : text;
  if (!ACTS.test(short)) return short;
  return escapeEach(short, ACTS);
}

const ACTS = new RegExp(`${UNSEEN.source}|\\\\`, 'u');
