import { isUnset, parseTenantAddress } from '../lambda/tenant-address';

const GOOD = [
  { text: 'example.eu.auth0.com', origin: 'https://example.eu.auth0.com', host: 'example.eu.auth0.com' },
  { text: 'Login.Example.COM', origin: 'https://login.example.com', host: 'login.example.com' },
  { text: 'localhost:8443', origin: 'https://localhost:8443', host: 'localhost:8443' },
  { text: 'localhost', origin: 'https://localhost', host: 'localhost' },
  { text: '127.0.0.1:8443', origin: 'https://127.0.0.1:8443', host: '127.0.0.1:8443' },
  { text: 'xn--bcher-kva.example', origin: 'https://xn--bcher-kva.example', host: 'xn--bcher-kva.example' },
  { text: 'example.com:1', origin: 'https://example.com:1', host: 'example.com:1' },
  { text: 'example.com:65535', origin: 'https://example.com:65535', host: 'example.com:65535' },
  { text: 'http://127.0.0.1:4020', origin: 'http://127.0.0.1:4020', host: '127.0.0.1:4020' },
  { text: 'HTTP://localhost:4020', origin: 'http://localhost:4020', host: 'localhost:4020' },
  { text: 'http://[::1]:4020', origin: 'http://[::1]:4020', host: '[::1]:4020' },
  { text: 'https://example.eu.auth0.com', origin: 'https://example.eu.auth0.com', host: 'example.eu.auth0.com' },
  { text: 'HTTPS://Example.com/', origin: 'https://example.com', host: 'example.com' },
  { text: 'example.com/', origin: 'https://example.com', host: 'example.com' },
  { text: 'https://localhost:8443/', origin: 'https://localhost:8443', host: 'localhost:8443' },
  { text: 'http://localhost:4020/', origin: 'http://localhost:4020', host: 'localhost:4020' },
  { text: 'http://localhost', origin: 'http://localhost', host: 'localhost' },
];

const BAD = [
  '',
  ' ',
  '/',
  'https://',
  'https:///',
  'https://https://example.com',
  'https://http://localhost:4020',
  'https://example.com//',
  'https://example.com/api/v2/',
  'https://example.com\n',
  'http://example.com',
  'http://localhost.example.com',
  'http://127.0.0.1.example.com',
  'http://127.0.0.1@example.com',
  'http://127.0.0.2:80',
  'http://0.0.0.0:80',
  'http://user@localhost:4020',
  'example.com//',
  'example.com/api/v2',
  'example.com?x=1',
  'example.com#x',
  'example.com.',
  '.example.com',
  'example..com',
  '-example.com',
  'example-.com',
  'exam ple.com',
  'example.com ',
  'example.com\n',
  '\nexample.com',
  'example.com\nevil.example',
  'user@example.com',
  'user:pass@example.com',
  'example.com:',
  'example.com:0',
  'example.com:65536',
  'acme',
  'https://acme/',
  'acme:8443',
  'example.com:123456',
  'example.com:80:80',
  'bücher.example',
  'exa_mple.com',
  '[::1]:443',
  '//example.com',
  'javascript:alert(1)',
  `${'a'.repeat(64)}.com`,
  `${'a.'.repeat(127)}com`,
];

describe('the address of a tenant', () => {
  it.each(GOOD)('the origin of $text is $origin', ({ text, origin, host }) => {
    expect(parseTenantAddress(text)).toEqual({ ok: true, address: { origin, host } });
  });

  it.each(GOOD)('the origin of $text equals its origin as a URL', ({ origin }) => {
    expect(new URL(origin).origin).toBe(origin);
  });

  it.each(BAD)('the domain %j is refused', (text) => {
    expect(parseTenantAddress(text)).toMatchObject({
      ok: false,
      problem: expect.stringContaining('expected a domain'),
    });
  });

  const HIDING = [
    'https://user:Planted@example.com',
    'user:Planted@example.com',
    'https://user:Pl/Planted@example.com',
    'https://user:x@Planted@example.com/path',
    '//Planted@',
  ];
  it.each(HIDING)('the domain %s is refused without repeating the password', (text) => {
    expect(JSON.stringify(parseTenantAddress(text))).not.toContain('Planted');
  });
});

describe('a domain that was not set up', () => {
  it.each(['your-tenant.invalid', 'invalid', 'a.b.invalid:8443'])('the domain %s counts as not set up', (host) => {
    expect(isUnset({ origin: `https://${host}`, host })).toBe(true);
  });
  it.each(['example.com', 'invalid.example.com', 'notinvalid', 'x.invalid.com'])(
    'the domain %s counts as set up',
    (host) => {
      expect(isUnset({ origin: `https://${host}`, host })).toBe(false);
    },
  );
});
