import { cutRefusal } from '../../lambda/judge/outcome';

const A = (count: number) => 'a'.repeat(count);

test.each<[claim: string, words: string, kept: string]>([
  ['a message of 300 characters is not cut', A(300), A(300)],
  ['a longer message is cut after 300 characters', A(301), A(300)],
  ['a message is cut before a character that does not fit completely', `${A(299)}😀`, A(299)],
  ['a character that ends at the cut remains', `${A(298)}😀b`, `${A(298)}😀`],
  ['every half character at the end of a cut message is removed', `${A(298)}\uD83D\uD83D\uD83D`, A(298)],
  ['a half character in the middle of a message remains', 'a\uD83Db', 'a\uD83Db'],
])('%s', (_, words, kept) => {
  expect(cutRefusal(words)).toBe(kept);
});
