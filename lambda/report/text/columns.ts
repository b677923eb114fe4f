/**
 * How many columns a text takes in a terminal or a plain mail. A small approximation of Unicode's UAX #11, enough to
 * keep a table straight: CJK, Hangul, fullwidth forms and emoji count two, marks that sit on the letter before count
 * none, the rest one. A script or terminal that differs shifts its own row by a few columns and no other.
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

/** Cuts a text into pieces of at most so many columns; a letter keeps its marks. Nothing is lost. */
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
