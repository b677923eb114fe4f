/**
 * The number of columns of a text in a terminal or a plain mail. A small approximation of Unicode's UAX #11, enough to
 * align a table: CJK, Hangul, fullwidth forms and emoji count two, combining marks count none, all others count one. If a
 * script or terminal differs, only its row shifts by a few columns.
 */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += columnsOfCharacter(character);
  return columns;
}

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6]/u;

function columnsOfCharacter(character: string): number {
  if (character >= ' ' && character <= '~') return 1;
  if (/\p{M}/u.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** Fills a text with spaces on the right, up to a number of columns. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}

/** Cuts a text into pieces of at most `columns` columns, without loss. A letter keeps its marks. */
export function cutInto(text: string, columns: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let width = 0;
  for (const character of text) {
    const wide = columnsOfCharacter(character);
    if (piece !== '' && width + wide > columns) {
      pieces.push(piece);
      piece = '';
      width = 0;
    }
    piece += character;
    width += wide;
  }
  return [...pieces, piece];
}

/** RFC 3676 advises lines of at most 78 characters; 72 leaves room for a reply's quote marks. */
export const MAIL_COLUMNS = 72;

interface Shape {
  /** The text before the first line, such as `Why   `. */
  readonly first?: string;
  /** The text before all other lines. Default: spaces, as wide as `first`. */
  readonly rest?: string;
  readonly columns?: number;
}

/** Fills lines with the words of a text. A word longer than a line is cut, so that no name breaks the layout. */
export function fill(text: string, { first = '', rest, columns = MAIL_COLUMNS }: Shape = {}): string[] {
  const indent = rest ?? ' '.repeat(columnsOf(first));
  const room = Math.max(1, columns - Math.max(columnsOf(first), columnsOf(indent)));
  const words = text.split(' ').flatMap((word) => cutInto(word, room));
  const lines: string[] = [];
  let line: string | undefined;
  for (const word of words) {
    if (line !== undefined && columnsOf(line) + 1 + columnsOf(word) > room) {
      lines.push(line);
      line = word;
    } else {
      line = line === undefined ? word : `${line} ${word}`;
    }
  }
  return [...lines, line ?? ''].map((content, index) => ((index === 0 ? first : indent) + content).trimEnd());
}
