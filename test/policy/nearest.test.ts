import { didYouMean, nearest } from '../../lambda/policy/nearest';

const KNOWN = ['okta', 'oidc', 'samlp', 'google-oauth2', 'google-apps'];

test.each([
  ['one wrong letter', 'okte', 'okta'],
  ['two wrong letters in a long word', 'gogle-oauth', 'google-oauth2'],
  ['two exchanged letters', 'otka', 'okta'],
  ['another case', 'SAMLP', 'samlp'],
  ['the beginning of only one word', 'google-o', 'google-oauth2'],
  ['the beginning of several words', 'google', undefined],
  ['a beginning of only two letters', 'sa', undefined],
  ['no similar word', 'ldap', undefined],
  ['no letters', '', undefined],
])('a word with %s (%j) suggests %s', (_, word, meant) => {
  expect(nearest(word, KNOWN)).toBe(meant);
});

test('the closest word is suggested, and the given text is added if no word is close', () => {
  expect(didYouMean('okte', KNOWN)).toBe('; did you mean okta?');
  expect(didYouMean('okte', KNOWN, { write: (word) => `'${word}'` })).toBe("; did you mean 'okta'?");
  expect(didYouMean('ldap', KNOWN)).toBe('');
  expect(didYouMean('ldap', KNOWN, { otherwise: '; there are five' })).toBe('; there are five');
});
