import { parsePage } from '../../lambda/auth0/wire-connection';
import { readErrorBody } from '../../lambda/auth0/wire-error';
import { parseToken } from '../../lambda/auth0/wire-token';
import type { Setting } from '../../lambda/connection/setting';

function readOptions(options: unknown) {
  const parsed = parsePage({ connections: [{ id: 'con_a', name: 'a', strategy: 'okta', options }] });
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.value.connections[0]?.options;
}

describe('a connection', () => {
  it('a connection without an options key has hidden options', () => {
    const parsed = parsePage({ connections: [{ id: 'con_a', name: 'a', strategy: 'okta' }] });
    expect(parsed).toMatchObject({ ok: true, value: { connections: [{ options: { visibility: 'hidden' } }] } });
  });

  const HIDDEN = [undefined, null, 'text', 7, [], [{}], true];
  it.each(HIDDEN)('a connection with the options %p has hidden options', (options) => {
    expect(readOptions(options)).toEqual({ visibility: 'hidden' });
  });

  it('a connection with empty options has empty options, not hidden options and not an unset value', () => {
    expect(readOptions({})).toEqual({ visibility: 'empty' });
  });

  const SETTINGS: readonly { claim: string; options: object; setting: Setting }[] = [
    { claim: 'no key', options: { a: 1 }, setting: { kind: 'absent' } },
    { claim: 'null', options: { set_user_root_attributes: null }, setting: { kind: 'absent' } },
    ...(['on_each_login', 'on_first_login', 'never_on_login'] as const).map((value) => ({
      claim: value,
      options: { set_user_root_attributes: value },
      setting: { kind: 'documented', value } as const,
    })),
    {
      claim: 'an undocumented value',
      options: { set_user_root_attributes: 'On_Each_Login' },
      setting: { kind: 'undocumented', text: 'On_Each_Login' },
    },
    { claim: 'an empty text', options: { set_user_root_attributes: '' }, setting: { kind: 'undocumented', text: '' } },
    {
      claim: 'a number',
      options: { set_user_root_attributes: 1 },
      setting: { kind: 'undocumented', text: '(number)' },
    },
    {
      claim: 'an object',
      options: { set_user_root_attributes: {} },
      setting: { kind: 'undocumented', text: '(object)' },
    },
    {
      claim: 'a very long text',
      options: { set_user_root_attributes: 'x'.repeat(9000) },
      setting: { kind: 'undocumented', text: 'x'.repeat(40) },
    },
  ];
  it.each(SETTINGS)('the setting of a connection with $claim is read', ({ options, setting }) => {
    expect(readOptions(options)).toMatchObject({ visibility: 'visible', rootAttributes: setting });
  });

  const FACTS: readonly { claim: string; options: object; facts: object }[] = [
    { claim: 'a plain database', options: { mfa: {} }, facts: { customDatabase: false, importMode: false } },
    { claim: 'a custom database', options: { enabledDatabaseCustomization: true }, facts: { customDatabase: true } },
    {
      claim: 'the text "true" for a custom database',
      options: { enabledDatabaseCustomization: 'true' },
      facts: { customDatabase: false },
    },
    { claim: 'import mode', options: { import_mode: true }, facts: { importMode: true } },
    {
      claim: 'encrypted configuration',
      options: { configuration: { a: 'x' } },
      facts: { encryptedConfiguration: true },
    },
    { claim: 'an empty configuration', options: { configuration: {} }, facts: { encryptedConfiguration: false } },
    { claim: 'no configuration', options: { configuration: null }, facts: { encryptedConfiguration: false } },
    {
      claim: 'a configuration of unknown shape',
      options: { configuration: 'x' },
      facts: { encryptedConfiguration: true },
    },
    {
      claim: 'both password schemes',
      options: { password_options: {}, passwordPolicy: 'good' },
      facts: { bothPasswordSchemes: true },
    },
    { claim: 'one password scheme', options: { passwordPolicy: 'good' }, facts: { bothPasswordSchemes: false } },
    {
      claim: 'attributes next to validation',
      options: { attributes: {}, validation: {} },
      facts: { attributesConflict: true },
    },
    {
      claim: 'attributes next to requires_username: false',
      options: { attributes: {}, requires_username: false },
      facts: { attributesConflict: false },
    },
  ];
  it.each(FACTS)('the facts of a connection with $claim are read', ({ options, facts }) => {
    expect(readOptions(options)).toMatchObject(facts);
  });

  it('a connection keeps the texts of its metadata and drops other values', () => {
    const metadata = { tier: 'gold', level: 7, nested: { a: 'b' } };
    const parsed = parsePage({
      connections: [{ id: 'con_a', name: 'a', strategy: 'okta', options: { a: 1 }, metadata }],
    });
    expect(parsed).toMatchObject({ ok: true, value: { connections: [{ metadata: { tier: 'gold' } }] } });
  });

  it('a connection is read although fields that the audit does not need have wrong types', () => {
    const strange = { metadata: [], is_domain_connection: 'yes', display_name: 7, realms: 3, new_field: {} };
    const parsed = parsePage({ connections: [{ id: 'con_a', name: 'a', strategy: 'new', options: {}, ...strange }] });
    expect(parsed).toMatchObject({
      ok: true,
      value: { connections: [{ displayName: undefined, isDomainConnection: false, metadata: {} }] },
    });
  });
});

describe('a page', () => {
  const LAST = [{ connections: [] }, { connections: [], next: null }];
  it.each(LAST)('the page %j is the last page', (body) => {
    expect(parsePage(body)).toEqual({ ok: true, value: { connections: [], next: undefined } });
  });

  it('the problem of a page with many wrong connections names three places and counts the others', () => {
    const parsed = parsePage({ connections: Array.from({ length: 9 }, () => 'secret-looking') });
    expect(parsed).toEqual({
      ok: false,
      problem:
        'the body is not a page of connections: connections.0 (invalid_type), connections.1 (invalid_type), connections.2 (invalid_type) and 6 more',
    });
  });
});

describe('a token answer', () => {
  const jwt = (payload: unknown) => `x.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.y`;
  const CASES = [
    {
      claim: 'the scopes come from the answer',
      body: { access_token: 'a', expires_in: 9, scope: 'x  y' },
      scopes: new Set(['x', 'y']),
    },
    {
      claim: 'the scopes come from the payload of the token',
      body: { access_token: jwt({ scope: 'x y' }), expires_in: 9 },
      scopes: new Set(['x', 'y']),
    },
    {
      claim: 'the scopes of an opaque token are unknown',
      body: { access_token: 'opaque', expires_in: 9 },
      scopes: undefined,
    },
    {
      claim: 'the scopes in a payload of another shape are unknown',
      body: { access_token: jwt([1]), expires_in: 9 },
      scopes: undefined,
    },
    {
      claim: 'the scopes in a payload that is not JSON are unknown',
      body: { access_token: 'x.%%%.y', expires_in: 9 },
      scopes: undefined,
    },
  ];
  it.each(CASES)('$claim', ({ body, scopes }) => {
    expect(parseToken(body)).toMatchObject({ ok: true, value: { scopes } });
  });

  const BAD = [
    {},
    { access_token: '', expires_in: 9 },
    { access_token: 'a b', expires_in: 9 },
    { access_token: 'a\r\nHost: x', expires_in: 9 },
    { access_token: 'a', expires_in: 0 },
    { access_token: 'a', expires_in: -1 },
    { access_token: 'a', expires_in: '86400' },
    'text',
    null,
  ];
  it.each(BAD)('the body %j is not a token answer', (body) => {
    expect(parseToken(body)).toMatchObject({ ok: false });
  });
});

describe('an error body', () => {
  const CASES = [
    {
      body: { statusCode: 403, error: 'Forbidden', message: 'm', errorCode: 'c' },
      code: 'c',
      words: 'm',
      isEnvelope: true,
      concerns: 'tenant',
    },
    {
      body: { statusCode: 401, error: 'Unauthorized', message: 'm' },
      code: 'Unauthorized',
      words: 'm',
      isEnvelope: false,
      concerns: 'tenant',
    },
    {
      body: { error: 'access_denied', error_description: 'd' },
      code: 'access_denied',
      words: 'd',
      isEnvelope: false,
      concerns: 'tenant',
    },
    { body: { message: { nested: true } }, code: undefined, words: undefined, isEnvelope: false, concerns: 'tenant' },
    { body: undefined, code: undefined, words: undefined, isEnvelope: false, concerns: 'tenant' },
    { body: 'text', code: undefined, words: undefined, isEnvelope: false, concerns: 'tenant' },
    { body: [], code: undefined, words: undefined, isEnvelope: false, concerns: 'tenant' },
  ];
  it.each(CASES)('the error body $body gives $code: $words (envelope of a 403: $isEnvelope)', ({ body, ...read }) => {
    expect(readErrorBody(body, 403)).toEqual(read);
  });
});
