import { escapeCharacter, escapeEach, UNSEEN } from '../../connection/escape-character';
import { columnsOf } from './columns';

/** A name in a message or a table takes at most so many columns. */
export const NAME_COLUMNS = 60;

/**
 * Turns anyone's text (a connection's name, an unknown strategy, an undocumented value) into a line fragment that is
 * nothing but text, wherever it is pasted or relayed: mail, chat, terminal.
 *
 * The rule: letters, digits and ordinary punctuation stay as they are, so that "Okta – Contoso & Söhne (EU)" reads as
 * written. A character is escaped, as `\u003C` like in JSON, only where it would act: unseen characters; `<`, backquote and
 * `\` always; `*` where another could close it; `>` unless it stands between spaces; `@` before a name, `&` that begins an entity, `]` that joins a link's two halves, a
 * space at an edge or after another, a letter's fourth mark. What a mail client would make a link is defanged the way
 * security teams write it: `evil[.]example`, `https[:]//`. No look-alikes, no zero-width breakers: what is shown can be
 * told from what was written, and nothing is hidden in the remedy itself. The id beside the name finds it again.
 */
export function makeHarmless(text: string, columns = NAME_COLUMNS): string {
  // Most names: nothing in them acts, and each character takes a column.
  if (text.length <= columns && isPlain(text)) return text;
  return shorten(harmlessPieces(bounded(text, columns)), columns) || '(empty)';
}

/** Whether a text is short, and made of characters that no output has to escape: it is written as it is everywhere. */
export function isPlain(text: string): boolean {
  return text.length <= NAME_COLUMNS && PLAIN.test(text);
}

const PLAIN = /^[\w-]+(?: [\w-]+)*$/;

/** Text of our own configuration, such as the tenant's domain: its dots and colons stay, so that it can be copied. */
export function makeVisible(text: string, columns = NAME_COLUMNS): string {
  return shorten(
    [...bounded(text, columns)].map((character) =>
      UNSEEN.test(character) || '<>&`*@\\'.includes(character) ? escapeCharacter(character) : character,
    ),
    columns,
  );
}

/** Reads no more of a megabyte than could be shown: each code unit takes a column or more in `shorten`. */
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

/** Joins the pieces, whole ones only; what does not fit is an ellipsis. A cut never lands inside an escape. */
function shorten(pieces: readonly string[], columns: number): string {
  let kept = '';
  let width = 0;
  let fits = '';
  for (const piece of pieces) {
    // Counted by columns and by code units, whichever is more, so that other ways of measuring agree.
    width += Math.max(columnsOf(piece), piece.length);
    if (width > columns) return `${fits}…`;
    kept += piece;
    if (width < columns) fits = kept;
  }
  return kept;
}

/** Text of the policy, which is ours: as written, so that it can be found there, but for what nobody can see. */
export function escapeUnseen(text: string): string {
  return escapeEach(text, UNSEEN);
}

/** A question mark for each character that nobody can see. */
export function maskUnseen(text: string): string {
  return text.replace(new RegExp(UNSEEN.source, 'gu'), '?');
}

/**
 * Anyone's text for a tool: whole and exact but for what cannot be seen, which is escaped as JSON does it, so that it
 * begins no line and moves no cursor. A backslash is escaped too: what is shown can be told from what was written.
 */
export function makeExact(text: string, characters = 10_000): string {
  const short = text.length > characters ? `${text.slice(0, characters)}…` : text;
  if (!ACTS.test(short)) return short;
  return escapeEach(short, ACTS);
}

const ACTS = new RegExp(`${UNSEEN.source}|\\\\`, 'u');
