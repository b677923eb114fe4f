import { redact } from '../../lambda/auth0/redact';

const SECRET = 'Planted-value-3fQ9-and-more';
const CASES: readonly { claim: string; said: string; shown: string; secrets?: readonly string[] }[] = [
  {
    claim: 'an ordinary sentence stays',
    said: 'Insufficient scope, expected any of: read:connections',
    shown: 'Insufficient scope, expected any of: read:connections',
  },
  { claim: 'a secret is masked', said: `Bad ${SECRET} here`, shown: 'Bad (hidden) here' },
  {
    claim: 'a secret is masked at each position',
    said: `a=${SECRET}&b="${SECRET}"`,
    shown: 'a=(hidden)&b="(hidden)"',
  },
  {
    claim: 'a secret of several words is masked',
    said: 'Bad pass,word;with (marks) here',
    shown: 'Bad (hidden) here',
    secrets: ['pass,word;with (marks)'],
  },
  { claim: 'a part of a secret is masked', said: 'Bad Planted-value... here', shown: 'Bad (hidden) here' },
  { claim: 'a part after an equals sign is masked', said: 'secret=Planted-value&b=1', shown: 'secret=(hidden)&b=1' },
  { claim: 'a part after a colon is masked', said: 'secret:Planted-value', shown: 'secret:(hidden)' },
  { claim: 'a word as long as a token is masked', said: `Bad ${'Zx9_'.repeat(11)}`, shown: 'Bad (hidden)' },
  {
    claim: 'a token with dots is masked',
    said: 'Bad eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
    shown: 'Bad (hidden)',
  },
  {
    claim: 'a secret in JSON is masked',
    said: 'Bad {"a":"one\\n\\"two-words-3fQ9\\""} here',
    shown: 'Bad {"a":"(hidden)"} here',
    secrets: ['one\n"two-words-3fQ9"'],
  },
  {
    claim: 'a part of a secret after an escaped line end is masked',
    said: 'Bad \\nmk93hf8s7d6f5g here',
    shown: 'Bad (hidden) here',
    secrets: ['first\nmk93hf8s7d6f5g-and-more'],
  },
  {
    claim: 'a secret that is percent-encoded as in a URL is masked',
    said: 'Bad a%20b%2Fc%3Dd here',
    shown: 'Bad (hidden) here',
    secrets: ['a b/c=d'],
  },
  { claim: 'a part in backticks is masked', said: 'Bad `Planted-value` here', shown: 'Bad `(hidden)` here' },
  {
    claim: 'a part in typographic quotes is masked',
    said: 'Bad \u201cPlanted-value\u201d here',
    shown: 'Bad \u201c(hidden)\u201d here',
  },
  { claim: 'a part between other marks is masked', said: 'Bad -Planted- here', shown: 'Bad -(hidden)- here' },
  {
    claim: 'a part of a secret that is percent-encoded as in a URL is masked',
    said: 'Bad pa%2fss%2Bword here',
    shown: 'Bad (hidden) here',
    secrets: ['pa/ss+word=3fQ9'],
  },
  {
    claim: 'a secret that is encoded as in a form is masked',
    said: 'Bad p%40ss+word%2f1 here',
    shown: 'Bad (hidden) here',
    secrets: ['p@ss word/1'],
  },
  { claim: 'a percent sign that encodes nothing stays', said: '100% or 5%x', shown: '100% or 5%x' },
  {
    claim: 'a secret that is blank or short on one line masks nothing',
    said: 'Unable to do this',
    shown: 'Unable to do this',
    secrets: ['        ', '\n      \n', '     d', '     d', '\u200b\u200b\u200b\u200b\u200b\u200b'],
  },
  {
    claim: 'the mask of one secret is not searched for another secret',
    said: 'Bad hidden here',
    shown: 'Bad (hidden) here',
    secrets: ['hidden', 'idden)'],
  },
  {
    claim: 'two secrets next to each other are masked',
    said: 'Planted-value-3fQ9-and-more;Planted-value-3fQ9-and-more',
    shown: '(hidden);(hidden)',
  },
  {
    claim: 'overlapping secrets get one mask',
    said: 'one-two-three',
    shown: '(hidden)',
    secrets: ['one-two-three', 'two-three'],
  },
  { claim: 'a lone surrogate in a secret causes no error', said: 'a b', shown: 'a b', secrets: ['x\ud800yyyyyy'] },
  { claim: 'a short secret is not masked', said: 'abc is bad', shown: 'abc is bad', secrets: ['abc'] },
  { claim: 'line ends and controls become spaces', said: 'a\r\n\u001b[31mb\u202Ec\u2028d', shown: 'a [31mb c d' },
  { claim: 'an empty sentence stays empty', said: '', shown: '' },
];
it.each(CASES)('$claim', ({ said, shown, secrets = [SECRET] }) => {
  expect(redact(said, secrets)).toBe(shown);
});

it('a long sentence is truncated, and no character is cut in two', () => {
  const shown = redact('😀 '.repeat(400), []);
  expect([...shown]).toHaveLength(303);
  expect(shown).not.toMatch(/[\uD800-\uDFFF](?![\uDC00-\uDFFF])(?<![\uD800-\uDBFF][\uDC00-\uDFFF])/);
});

it.each([
  {
    claim: 'a token at the cut of a long sentence is not shown',
    said: `Bad ${'x '.repeat(490)}${'Zx9_'.repeat(11)}`,
  },
  { claim: 'a secret after the cut of a long sentence is not shown', said: `Bad ${'x '.repeat(900)}${SECRET}` },
  { claim: 'a word of 400,000 characters is not shown', said: 'Zx9_'.repeat(100_000) },
])('$claim', ({ said }) => {
  expect(redact(said, [SECRET])).not.toMatch(/Zx9_|Planted/);
});

it('only the beginning of a sentence is searched for secrets', () => {
  const searched: string[] = [];
  class Watched extends String {
    override includes(word: string): boolean {
      searched.push(word);
      return false;
    }
  }
  redact('some-words '.repeat(100_000), [new Watched('Planted-value-3fQ9') as string]);
  expect(searched.length).toBeGreaterThan(0);
  expect(searched.length).toBeLessThan(1_000);
});
