import { createSign } from 'node:crypto';
import { createAssertions } from '../../../sandbox/auth0/assertions';
import type { JsonObject } from '../../../sandbox/json';
import { makeKey } from '../../auth0/made-up-key';

const KEY = makeKey();
const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const NOW = Date.UTC(2026, 0, 5, 4, 30);
const SECONDS = NOW / 1000;
const CLAIMS = { iss: 'an-id', sub: 'an-id', aud: 'https://a.example/', iat: SECONDS, exp: SECONDS + 60, jti: 'one' };

const make = () =>
  createAssertions({
    clientId: 'an-id',
    publicKey: KEY.publicPem,
    keyId: 'a-kid',
    audiences: ['https://a.example/'],
    now: () => NOW,
  });

function sign(claims: JsonObject, header: JsonObject = { alg: 'RS256' }, pem = KEY.pkcs8): string {
  const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${text}.${createSign('sha256').update(text).sign(pem).toString('base64url')}`;
}

test.each<[claim: string, assertion: string]>([
  ['all claims', sign(CLAIMS)],
  ['a kid', sign(CLAIMS, { alg: 'RS256', kid: 'a-kid' })],
  ['an iat 10 seconds ahead', sign({ ...CLAIMS, iat: SECONDS + 10 })],
  ['a lifetime of 5 minutes', sign({ ...CLAIMS, exp: SECONDS + 300 })],
])('an assertion with %s is accepted one time', (_, assertion) => {
  const check = make();
  expect(check(TYPE, assertion)).toBeUndefined();
  expect(check(TYPE, assertion)).toBe('jti used before');
});

test.each<[why: string, assertion: string]>([
  ['alg', sign(CLAIMS, { alg: 'none' })],
  ['kid', sign(CLAIMS, { alg: 'RS256', kid: 'b-kid' })],
  ['signature', sign(CLAIMS, { alg: 'RS256' }, makeKey().pkcs8)],
  ['signature', `${sign(CLAIMS).split('.').slice(0, 2).join('.')}.`],
  ['iss or sub', sign({ ...CLAIMS, iss: 'b-id' })],
  ['iss or sub', sign({ ...CLAIMS, sub: 'b-id' })],
  ['aud', sign({ ...CLAIMS, aud: 'https://a.example' })],
  ['iat', sign({ ...CLAIMS, iat: SECONDS + 11 })],
  ['exp', sign({ ...CLAIMS, exp: SECONDS })],
  ['exp more than 5 minutes', sign({ ...CLAIMS, exp: SECONDS + 301 })],
  ['jti', sign({ ...CLAIMS, jti: 'x'.repeat(65) })],
])('an assertion is refused for its %s', (why, assertion) => {
  expect(make()(TYPE, assertion)).toBe(why);
});

test('an assertion of another type is refused', () => {
  expect(make()('password', sign(CLAIMS))).toBe('no assertion');
});
