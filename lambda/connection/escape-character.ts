/**
 * Invisible characters, and characters that move the text around them: controls, format characters (bidirectional
 * overrides, isolates and marks, zero-width characters, tags), lone surrogates, private and unassigned code points,
 * line and paragraph separators, default-ignorable code points of Unicode, spaces other than U+0020, and the braille
 * blank.
 */
export const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|[^\P{Zs} ]/u;

/** A character as JSON escapes it: one `\uXXXX` for each code unit. */
export function escapeCharacter(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
    .join('');
}

/** The text, with each character escaped that the pattern matches. */
export function escapeEach(text: string, acting: RegExp): string {
  return Array.from(text, (character) => (acting.test(character) ? escapeCharacter(character) : character)).join('');
}
