import fc from 'fast-check';
import { piecesOfJson } from '../../lambda/connection/json-pieces';

const joined = (value: unknown, levels: number) => [...piecesOfJson(value, levels)].join('');

test('the joined pieces of a value are the text of JSON.stringify, at any number of levels', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(4), (value, levels) => {
      expect(joined(value, levels)).toBe(JSON.stringify(value));
    }),
  );
});

test.each<[claim: string, value: unknown]>([
  ['an undefined member is omitted', { a: undefined, b: 1, c: undefined }],
  ['an object with only undefined members is written as an empty object', { a: undefined }],
  ['an undefined entry of a list is written as null', [undefined, 1]],
  ['an empty list and an empty object are kept', { a: [], b: {} }],
  ['a key with special characters is escaped', { 'a"\\\n': 1, ['__proto__']: null }],
])('%s', (_, value) => {
  for (const levels of [0, 1, 2, 3]) expect(joined(value, levels)).toBe(JSON.stringify(value));
});

test('an entry at the last level is one piece, and the list around the entry is not', () => {
  const entry = { id: 'con_1', values: [1, 2] };
  expect(
    [...piecesOfJson({ report: { findings: [entry, entry] } }, 3)].filter((piece) => piece.includes('con_1')),
  ).toEqual([JSON.stringify(entry), JSON.stringify(entry)]);
});
