import fc from 'fast-check';
import { inParts, isShort } from '../../lambda/aws/parts';
import { joinText, type Text } from '../../lambda/history/store';

const MIB = 1024 * 1024;

/** Copies of the parts, because their memory is reused. */
const partsOf = (text: Text) =>
  Array.from(inParts(text), ({ bytes, isLast }) => ({ bytes: Buffer.from(bytes), isLast }));
const together = (text: Text) => Buffer.concat(partsOf(text).map(({ bytes }) => bytes));

test.each<[claim: string, text: Text, parts: number]>([
  ['an empty text', '', 1],
  ['a list without pieces', [], 1],
  ['a short text', 'abc', 1],
  ['a list with empty pieces', ['', 'a', '', 'b', ''], 1],
  ['a text of exactly one part', 'a'.repeat(6 * MIB), 1],
  ['a text one byte longer than a part', 'a'.repeat(6 * MIB + 1), 2],
  ['a list whose first pieces fill a part exactly', ['a'.repeat(6 * MIB - 1), 'b', 'c'], 2],
  ['one piece of three parts', 'ü'.repeat(8 * MIB), 3],
  ['a piece that is cut between characters of four bytes', ['a'.repeat(6 * MIB - 2), '😀'.repeat(MIB)], 2],
  ['a lone surrogate at the end of a part', ['a'.repeat(6 * MIB - 1), `\ud83d${'b'.repeat(MIB)}`], 2],
])('%s becomes full parts with the bytes of its UTF-8', (_, text, count) => {
  const parts = partsOf(text);
  expect(parts).toHaveLength(count);
  expect(parts.map(({ isLast }) => isLast)).toEqual([...Array(count - 1).fill(false), true]);
  for (const { bytes } of parts.slice(0, -1)) expect(bytes.length).toBeGreaterThan(5 * MIB);
  expect(Buffer.concat(parts.map(({ bytes }) => bytes)).equals(Buffer.from(joinText(text)))).toBe(true);
});

test('the parts of any pieces contain the bytes of their text', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (pieces) => {
      expect(together(pieces).equals(Buffer.concat(pieces.map((piece) => Buffer.from(piece))))).toBe(true);
    }),
  );
});

test.each<[claim: string, text: Text, isOnePart: boolean]>([
  ['a short text is one part', 'abc', true],
  ['a text that could need two parts does not count as one part', 'a'.repeat(2 * MIB + 1), false],
  ['a list of pieces does not count as one part', ['a'], false],
])('%s', (_, text, isOnePart) => {
  expect(isShort(text)).toBe(isOnePart);
});
