import { didYouMean, nearest } from '../../lambda/policy/nearest';

const KNOWN = ['okta', 'oidc', 'samlp', 'google-oauth2', 'google-apps'];

test.each([
  ['one letter is wrong', 'okte', 'okta'],
  ['two letters are wrong in a long word', 'gogle-oauth', 'google-oauth2'],
  ['two letters are exchanged', 'otka', 'okta'],
  ['the case differs', 'SAMLP', 'samlp'],
  ['only one word begins like this', 'google-o', 'google-oauth2'],
  ['several words begin like this', 'google', undefined],
  ['a beginning of two letters could be anything', 'sa', undefined],
  ['nothing is close', 'ldap', undefined],
  ['nothing was typed', '', undefined],
])('a word of which %s', (_, word, meant) => {
  expect(nearest(word, KNOWN)).toBe(meant);
});

test('the closest word is asked for, and otherwise all are named', () => {
  expect(didYouMean('okte', KNOWN)).toBe('; did you mean okta?');
  expect(didYouMean('okte', KNOWN, { write: (word) => `'${word}'` })).toBe("; did you mean 'okta'?");
  expect(didYouMean('ldap', KNOWN)).toBe('');
  expect(didYouMean('ldap', KNOWN, { otherwise: '; there are five' })).toBe('; there are five');
});
