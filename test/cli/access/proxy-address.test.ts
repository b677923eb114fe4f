import { readProxyAddress } from '../../../cli/access/proxy-address';

function proxyOf(variables: Readonly<Record<string, string>>) {
  const read = readProxyAddress(variables);
  if (!read.ok) throw new Error(read.problem);
  return read.proxy;
}

describe('HTTPS_PROXY', () => {
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
  test.each([
    ['http://proxy.example:3128', { isSecure: false, host: 'proxy.example', port: 3128, authorization: undefined }],
    ['proxy.example:3128', { isSecure: false, host: 'proxy.example', port: 3128 }],
    ['https://proxy.example', { isSecure: true, host: 'proxy.example', port: 443 }],
    ['http://proxy.example/', { isSecure: false, host: 'proxy.example', port: 80 }],
    ['http://[::1]:3128', { isSecure: false, host: '::1', port: 3128 }],
    ['http://ann:p%40ss%3A%C3%A9@p:1', { host: 'p', port: 1, authorization: basic('ann:p@ss:é') }],
    ['ann:secret@p:1', { host: 'p', port: 1, authorization: basic('ann:secret') }],
    ['http://ann@p:1', { authorization: basic('ann:') }],
  ])('the proxy address %s is read', (text, expected) => {
    expect(proxyOf({ HTTPS_PROXY: text })).toMatchObject(expected);
  });

  test.each([{}, { HTTPS_PROXY: '' }, { HTTPS_PROXY: '  ' }, { HTTP_PROXY: 'http://p:1' }])(
    'the variables %j give no proxy',
    (given) => {
      expect(proxyOf(given)).toBeUndefined();
    },
  );

  test('the variable https_proxy takes precedence over HTTPS_PROXY', () => {
    expect(proxyOf({ HTTPS_PROXY: 'http://a:1', https_proxy: 'http://b:2' })).toMatchObject({ host: 'b', port: 2 });
  });

  test.each([
    'socks5://user:Planted@p:1',
    'http://',
    'http://user:Planted@p:99999',
    'user:Planted@',
    'http://Planted%@p',
  ])('the proxy address %s is refused without a quote of it', (text) => {
    const read = readProxyAddress({ https_proxy: text });
    expect(read).toMatchObject({ ok: false, problem: expect.stringMatching(/^https_proxy: expected /) });
    expect(JSON.stringify(read)).not.toContain('Planted');
  });
});

describe('NO_PROXY', () => {
  test.each<[list: string, host: string, port: number, isBypassed: boolean]>([
    ['', 'a.example.com', 443, false],
    ['*', 'a.example.com', 443, true],
    ['example.com', 'example.com', 443, true],
    ['example.com', 'a.example.com', 443, true],
    ['example.com', 'A.Example.COM', 443, true],
    ['EXAMPLE.com', 'a.example.com', 443, true],
    ['.example.com', 'a.example.com', 443, true],
    ['.example.com', 'example.com', 443, true],
    ['*.example.com', 'a.example.com', 443, true],
    ['example.com', 'notexample.com', 443, false],
    ['example.com', 'example.com.evil.test', 443, false],
    ['example.com', 'example.com.', 443, true],
    ['a.example.com', 'example.com', 443, false],
    ['other.test,example.com', 'a.example.com', 443, true],
    ['other.test, example.com', 'a.example.com', 443, true],
    ['other.test example.com', 'a.example.com', 443, true],
    ['other.test,,', 'a.example.com', 443, false],
    ['.', 'a.example.com', 443, false],
    ['example.com:8443', 'a.example.com', 8443, true],
    ['example.com:8443', 'a.example.com', 443, false],
    ['127.0.0.1', '127.0.0.1', 8443, true],
    ['127.0.0.1', '127.0.0.11', 8443, false],
    ['0.0.1', '127.0.0.1', 8443, false],
    ['[::1]', '::1', 443, true],
    ['::1', '::1', 443, true],
    ['[::1]:8443', '::1', 443, false],
    ['amazonaws.com', 'secretsmanager.eu-central-1.amazonaws.com', 443, true],
  ])('with NO_PROXY %j the host %s, port %i, is reached directly: %s', (list, host, port, isBypassed) => {
    expect(proxyOf({ HTTPS_PROXY: 'http://p:1', NO_PROXY: list })?.isBypassed(host, port)).toBe(isBypassed);
    expect(proxyOf({ HTTPS_PROXY: 'http://p:1', no_proxy: list })?.isBypassed(host, port)).toBe(isBypassed);
  });

  test('the variable no_proxy takes precedence over NO_PROXY', () => {
    const variables = { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'a.test', no_proxy: 'b.test' };
    expect(proxyOf(variables)?.isBypassed('a.test', 443)).toBe(false);
    expect(proxyOf(variables)?.isBypassed('b.test', 443)).toBe(true);
  });
});
