import fc from 'fast-check';
import { piecesOfJson } from '../../lambda/connection/json-pieces';

const joined = (value: unknown, levels: number) => [...piecesOfJson(value, levels)].join('');

test('the pieces of a value make the text of JSON.stringify, at any number of levels', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(4), (value, levels) => {
      expect(joined(value, levels)).toBe(JSON.stringify(value));
    }),
  );
});

test.each<[claim: string, value: unknown]>([
  ['an undefined member is left out', { a: undefined, b: 1, c: undefined }],
  ['an object of undefined members is empty', { a: undefined }],
  ['an undefined entry is null', [undefined, 1]],
  ['an empty list stays', { a: [], b: {} }],
  ['a key is escaped', { 'a"\\\n': 1, ['__proto__']: null }],
])('%s', (_, value) => {
  for (const levels of [0, 1, 2, 3]) expect(joined(value, levels)).toBe(JSON.stringify(value));
});

test('an entry at the last level is one piece, and the list around it is not', () => {
  const entry = { id: 'con_1', values: [1, 2] };
  expect(
    [...piecesOfJson({ report: { findings: [entry, entry] } }, 3)].filter((piece) => piece.includes('con_1')),
  ).toEqual([JSON.stringify(entry), JSON.stringify(entry)]);
});
