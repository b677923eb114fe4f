import { cutRefusal } from '../../lambda/judge/outcome';

const A = (count: number) => 'a'.repeat(count);

test.each<[claim: string, words: string, kept: string]>([
  ['words of 300 characters are kept whole', A(300), A(300)],
  ['longer words are cut after 300 characters', A(301), A(300)],
  ['words are cut before a character that would be halved', `${A(299)}😀`, A(299)],
  ['a character that ends at the cut is kept', `${A(298)}😀b`, `${A(298)}😀`],
  ['half characters at the end are all left out', `${A(298)}\uD83D\uD83D\uD83D`, A(298)],
  ['a half character elsewhere stays', 'a\uD83Db', 'a\uD83Db'],
])('%s', (_, words, kept) => {
  expect(cutRefusal(words)).toBe(kept);
});
