import { ALL_SCOPES } from '../../../sandbox/auth0/access';
import type { SeedConnection } from '../../../sandbox/auth0/stored-connection';
import type { Json, JsonObject } from '../../../sandbox/json';
import { customDatabase, optionsFor, passwordOptions, plainDatabase } from '../../../sandbox/seed-options';
import { mixed } from '../../../sandbox/seeds';
import { type Heard, objectAt, withSandbox } from './speak';

const ID = 'con_0000000000000001';
const SAID_BY_SPEC =
  'options.set_user_root_attributes can be set only for enterprise connections, social connections or custom database connections (using external users store)';

function seed(strategy: string, options: JsonObject, topLevel: JsonObject = {}): SeedConnection[] {
  return [{ ...topLevel, id: ID, name: 'the-connection', strategy, options }];
}

describe('a PATCH that is refused', () => {
  const email = (unique?: boolean): JsonObject => ({
    email: { identifier: { active: true }, ...(unique === undefined ? {} : { unique }) },
  });
  const set = { set_user_root_attributes: 'on_each_login' };
  const cases: [claim: string, seeded: SeedConnection[], body: JsonObject, message: string][] = [
    [
      'has keys that are not allowed',
      seed('okta', {}),
      { strategy: 'okta', name: 'x', options: {} },
      "Payload validation error: 'Additional properties not allowed: strategy,name'.",
    ],
    [
      'sends unchanged realms outside of a database',
      seed('okta', {}),
      { realms: ['the-connection'] },
      'Realms is only supported for database connections.',
    ],
    ...['display_name', 'show_as_button', 'is_domain_connection'].map(
      (key): [string, SeedConnection[], JsonObject, string] => [
        `sends ${key} as null`,
        seed('okta', {}),
        { [key]: null },
        `Payload validation error: 'Expected type ${key === 'display_name' ? 'string' : 'boolean'} but found type null' on property ${key}.`,
      ],
    ),
    ['has no property', seed('okta', {}), {}, "Payload validation error: 'Too few properties defined (0), minimum 1'."],
    [
      'has a property of the wrong type',
      seed('okta', {}),
      { display_name: 3 },
      "Payload validation error: 'Expected type string but found type number' on property display_name.",
    ],
    [
      'sets an undocumented value',
      seed('okta', {}),
      { options: { set_user_root_attributes: 'on_second_login' } },
      "Payload validation error: 'No enum match for: on_second_login' on property options.set_user_root_attributes.",
    ],
    [
      'sets the setting on a plain database',
      seed('auth0', {}),
      { options: { ...plainDatabase(), ...set } },
      SAID_BY_SPEC,
    ],
    [
      'sets the setting on an importing database',
      seed('auth0', {}),
      { options: { ...customDatabase(), ...set, import_mode: true } },
      SAID_BY_SPEC,
    ],
    ['sets the setting on email', seed('email', {}), { options: { ...set } }, SAID_BY_SPEC],
    ['sets the setting on sms', seed('sms', {}), { options: { ...set } }, SAID_BY_SPEC],
    [
      'has both password schemes',
      seed('auth0', {}),
      { options: { ...plainDatabase(), password_options: passwordOptions() } },
      'Cannot set both options.password_options and options.passwordPolicy',
    ],
    [
      'has attributes and requires_username',
      seed('auth0', {}),
      { options: { attributes: email(), requires_username: true } },
      'Cannot set both options.attributes and options.requires_username',
    ],
    [
      'has attributes and validation',
      seed('auth0', {}),
      { options: { attributes: email(), validation: {} } },
      'Cannot set both options.attributes and options.validation',
    ],
    [
      'has attributes without an active identifier',
      seed('auth0', {}),
      { options: { attributes: { username: { identifier: { active: false } } } } },
      'attributes must contain one active identifier',
    ],
    [
      'requires an attribute that is not required on signup',
      seed('auth0', {}),
      {
        options: {
          attributes: {
            phone_number: { identifier: { active: true }, profile_required: true, signup: { status: 'inactive' } },
          },
        },
      },
      'attribute phone_number must also be required on signup',
    ],
    [
      'makes a unique email non-unique',
      seed('auth0', { attributes: email(true) }),
      { options: { attributes: email(false) } },
      'cannot add non-unique email attribute',
    ],
    [
      'omits that the email is non-unique',
      seed('auth0', { attributes: email(false) }),
      { options: { attributes: email() } },
      'cannot patch unique property on email attribute',
    ],
  ];
  test.each(cases)('a PATCH is refused with the documented message if it %s', (_, seeded, body, message) =>
    withSandbox({ seed: seeded, scopes: ALL_SCOPES }, async (speak, sandbox) => {
      const before = JSON.stringify(sandbox.tenant.connections.get(ID));
      const heard = await speak('PATCH', `/connections/${ID}`, body);
      expect([heard.status, heard.body.message, heard.body.errorCode]).toEqual([400, message, 'invalid_body']);
      expect(JSON.stringify(sandbox.tenant.connections.get(ID))).toBe(before);
    }),
  );
});

describe('the result of a PATCH', () => {
  const cases: [claim: string, strategy: string, stored: JsonObject, sent: JsonObject, kept: JsonObject][] = [
    [
      'options are replaced whole',
      'oauth2',
      { scope: 'openid', client_id: 'x' },
      { scope: 'openid' },
      { scope: 'openid' },
    ],
    ['a nested object is replaced too', 'oauth2', { a: { b: 1, c: 2 } }, { a: { b: 1 } }, { a: { b: 1 } }],
    ['a null endpoint of twitter is removed', 'twitter', { tokenURL: 'u' }, { tokenURL: null, a: 1 }, { a: 1 }],
    ['any other null stays', 'oauth1', { tokenURL: 'u' }, { tokenURL: null, a: 1 }, { tokenURL: null, a: 1 }],
    [
      'metadataXml is never returned',
      'samlp',
      {},
      {
        metadataXml: '<x/>',
        cert: 'c',
        expires: 'e',
        subject: {},
        thumbprints: [],
        signInEndpoint: 'i',
        signOutEndpoint: 'o',
        bindingMethod: 'b',
        signingCert: 's',
      },
      {
        signingCert: 's',
        cert: 'c',
        expires: 'e',
        subject: {},
        thumbprints: [],
        signInEndpoint: 'i',
        signOutEndpoint: 'o',
        bindingMethod: 'b',
      },
    ],
    [
      'the certificate of pingfederate is returned as cert',
      'pingfederate',
      {},
      { signingCert: 'c', expires: 'e', subject: {}, thumbprints: ['t'] },
      { cert: 'c', expires: 'e', subject: {}, thumbprints: ['t'] },
    ],
    [
      'google-apps gets its scope and users API, and keeps the user identification',
      'google-apps',
      { map_user_id_to_id: false, handle_login_from_social: true },
      { domain: 'd' },
      {
        domain: 'd',
        api_enable_users: true,
        email: true,
        profile: true,
        scope: ['email', 'profile'],
        map_user_id_to_id: false,
      },
    ],
    [
      'line gets its profile, and openid regardless of the flags',
      'line',
      {},
      { email: true, scope: ['email', 'profile'] },
      { email: true, profile: true, scope: ['openid', 'email', 'profile'] },
    ],
    [
      'a scope without a flag is dropped',
      'google-oauth2',
      {},
      { email: true, profile: false, scope: ['profile', 'calendar'] },
      { email: true, profile: false, scope: ['email'] },
    ],
    [
      'a scope that an unknown flag might need is kept',
      'google-oauth2',
      {},
      { email: true, profile: false, calendar: true, scope: ['profile', 'calendar'] },
      { email: true, profile: false, calendar: true, scope: ['email', 'calendar'] },
    ],
    ['a strategy without any flag has an empty scope', 'salesforce', {}, { a: 1 }, { a: 1, scope: [] }],
    [
      'waad gets its user id attribute as null, and keys only for the older API',
      'waad',
      {},
      { identity_api: 'microsoft-identity-platform-v2.0' },
      {
        identity_api: 'microsoft-identity-platform-v2.0',
        userid_attribute: null,
        waad_common_endpoint: false,
      },
    ],
    [
      'the scope of facebook is computed again',
      'facebook',
      {},
      { email: true, public_profile: true, scope: 'x' },
      { email: true, public_profile: true, scope: 'email,public_profile' },
    ],
    [
      'the certificates of the connector are lost if the request omits them',
      'ad',
      { certs: ['c'], thumbprints: ['t'] },
      { tenant_domain: 'd' },
      { tenant_domain: 'd' },
    ],
    [
      'okta gets omitted options, and a null endpoint from discovery',
      'okta',
      {},
      { domain: 'd', token_endpoint: null, oidc_metadata: { issuer: 'https://d', token_endpoint: 'https://d/t' } },
      {
        domain: 'd',
        type: 'back_channel',
        issuer: 'https://d',
        token_endpoint: 'https://d/t',
        oidc_metadata: { issuer: 'https://d', token_endpoint: 'https://d/t' },
        schema_version: 'oidc-V4',
        attribute_map: { mapping_mode: 'basic_profile' },
        connection_settings: { pkce: 'disabled' },
      },
    ],
    [
      'oidc without a discovery document keeps its null endpoint, and gets no metadata',
      'oidc',
      {},
      { issuer: 'https://d', token_endpoint: null },
      {
        issuer: 'https://d',
        token_endpoint: null,
        schema_version: 'oidc-V4',
        attribute_map: { mapping_mode: 'bind_all' },
        connection_settings: { pkce: 'disabled' },
      },
    ],
    [
      'a database gets three settings again and loses the other settings',
      'auth0',
      plainDatabase(),
      { disable_signup: true },
      {
        disable_signup: true,
        brute_force_protection: true,
        passkey_options: { challenge_ui: 'both', local_enrollment_enabled: true, progressive_enrollment_enabled: true },
        authentication_methods: {
          passkey: { enabled: false },
          password: { enabled: true, api_behavior: 'required', signup_behavior: 'allow' },
        },
      },
    ],
  ];
  test.each(cases)('the PATCH result is correct: %s', (_, strategy, stored, sent, kept) =>
    withSandbox({ seed: seed(strategy, stored), scopes: ALL_SCOPES }, async (speak) => {
      expect((await speak('PATCH', `/connections/${ID}`, { options: sent })).status).toBe(200);
      expect((await speak('GET', `/connections/${ID}`)).body.options).toEqual(kept);
    }),
  );

  test('a null option is in the answer to a PATCH, but not in the next GET', () =>
    withSandbox({ seed: seed('twitter', { a: 1 }), scopes: ALL_SCOPES }, async (speak) => {
      const answered = await speak('PATCH', `/connections/${ID}`, { options: { a: 1, tokenURL: null } });
      expect(answered.body.options).toEqual({ a: 1, tokenURL: null });
      expect((await speak('GET', `/connections/${ID}`)).body.options).toEqual({ a: 1 });
    }));

  test('a PATCH resets omitted fields at the top level, except for options', () =>
    withSandbox(
      {
        scopes: ALL_SCOPES,
        seed: seed(
          'okta',
          { a: 1 },
          { display_name: 'D', show_as_button: true, is_domain_connection: true, metadata: { m: '1' } },
        ),
      },
      async (speak) => {
        const { body } = await speak('PATCH', `/connections/${ID}`, { metadata: { n: '2' } });
        expect(body).toMatchObject({
          options: { a: 1 },
          display_name: 'the-connection',
          show_as_button: false,
          is_domain_connection: false,
          metadata: { n: '2' },
        });
      },
    ));

  test.each([
    ['a database become its name', 'auth0', ['the-connection']],
    ['other strategies cannot be sent and stay the same', 'okta', ['r']],
  ])('the omitted realms of %s', (_, strategy, kept) =>
    withSandbox({ scopes: ALL_SCOPES, seed: seed(strategy, {}, { realms: ['r'] }) }, async (speak) => {
      expect((await speak('PATCH', `/connections/${ID}`, { metadata: {} })).body.realms).toEqual(kept);
    }),
  );

  test('a configuration that is sent back is encrypted again, with a different ciphertext each time', () =>
    withSandbox({ seed: seed('auth0', {}), scopes: ALL_SCOPES }, async (speak, sandbox) => {
      const write = async (password: string): Promise<string> => {
        const options = { ...customDatabase(), configuration: { PASSWORD: password } };
        const { body } = await speak('PATCH', `/connections/${ID}`, { options });
        return String(objectAt(body, 'options', 'configuration').PASSWORD);
      };
      const first = await write('made-up-plaintext');
      const second = await write('made-up-plaintext');
      const echoed = await write(second);
      expect(first).not.toContain('made-up-plaintext');
      expect(second).not.toBe(first);
      expect(sandbox.tenant.decrypt(second)).toBe('made-up-plaintext');
      expect(sandbox.tenant.decrypt(echoed)).toBe(second);
    }));

  test.each(
    mixed()
      .filter(isEchoable)
      .map((connection) => [connection.name, connection] as const),
  )('sending back everything that was read changes nothing: %s', (_, connection) =>
    withSandbox({ seed: [connection], scopes: ALL_SCOPES }, async (speak) => {
      const { body } = await speak('GET', `/connections/${connection.id}`);
      const { id, name, strategy, provisioning_ticket_url: ticket, realms, ...sent } = body;
      const echo = strategy === 'auth0' ? { ...sent, realms: realms ?? [] } : sent;
      expect((await speak('PATCH', `/connections/${connection.id}`, echo)).status).toBe(200);
      expect((await speak('GET', `/connections/${connection.id}`)).body).toEqual(body);
    }),
  );
});

/** The sandbox refuses or changes the other options when they are sent back. The seed contains them for that reason. */
function isEchoable({ options }: SeedConnection): boolean {
  const encrypted = 'configuration' in options;
  const bothSchemes = 'password_options' in options && 'passwordPolicy' in options;
  return !encrypted && !bothSchemes && options.set_user_root_attributes !== 'on_second_login';
}

test('an option that a write fills is missing until the first PATCH', () =>
  withSandbox({ seed: seed('okta', { issuer: 'https://d' }), scopes: ALL_SCOPES }, async (speak) => {
    const shown = async (): Promise<Json | undefined> => (await speak('GET', `/connections/${ID}`)).body.options;
    await speak('PATCH', `/connections/${ID}`, { display_name: 'x' });
    expect(await shown()).toEqual({ issuer: 'https://d' });
    await speak('PATCH', `/connections/${ID}`, { options: { issuer: 'https://d' } });
    expect(Object.keys((await speak('GET', `/connections/${ID}`)).body.options ?? {}).sort()).toEqual([
      'attribute_map',
      'connection_settings',
      'issuer',
      'schema_version',
      'type',
    ]);
  }));

test('realms are refused in a new connection that is not a database', () =>
  withSandbox({ scopes: ALL_SCOPES }, async (speak) => {
    const create = (strategy: string): Promise<Heard> =>
      speak('POST', '/connections', { name: 'n', strategy, realms: ['n'] });
    const { body } = await create('samlp');
    expect([body.statusCode, body.message]).toEqual([400, 'Realms is only supported for database connections.']);
    expect((await create('auth0')).status).toBe(201);
  }));

test.each<[strategy: string, options: JsonObject, names: boolean, ticket: boolean]>([
  ['oidc', {}, true, false],
  ['waad', {}, true, true],
  ['waad', { identity_api: 'microsoft-identity-platform-v2.0' }, true, false],
  ['samlp', {}, false, true],
  ['github', {}, false, false],
])('a new %s with %j takes its name as display name: %s, has a ticket: %s', (strategy, options, names, ticket) =>
  withSandbox({ scopes: ALL_SCOPES }, async (speak) => {
    const { body } = await speak('POST', '/connections', { name: 'n', strategy, options });
    expect(body.display_name).toBe(names ? 'n' : undefined);
    expect('provisioning_ticket_url' in body).toBe(ticket);
  }),
);

test('a database cannot be made a requesting app', () =>
  withSandbox({ seed: seed('auth0', {}), scopes: ALL_SCOPES }, async (speak) => {
    const app = { cross_app_access_requesting_app: { active: true } };
    const refusals = [
      await speak('POST', '/connections', { name: 'n', strategy: 'auth0', ...app }),
      await speak('PATCH', `/connections/${ID}`, app),
    ];
    for (const { body } of refusals) {
      expect(body).toEqual({
        statusCode: 400,
        error: 'Bad Request',
        message: 'Cross App Access Requesting App is not supported for this connection.',
        errorCode: 'operation_not_supported',
      });
    }
  }));

test.each<[claim: string, sent: JsonObject, key: string, shown: Json | undefined]>([
  [
    'a resource app that is sent as null is removed',
    { cross_app_access_resource_app: null },
    'cross_app_access_resource_app',
    undefined,
  ],
  ['enabled clients that are sent as null become an empty list', { enabled_clients: null }, 'enabled_clients', []],
])('%s', (_, sent, key, shown) =>
  withSandbox(
    {
      seed: seed('oidc', {}, { enabled_clients: ['c'], cross_app_access_resource_app: { status: 'enabled' } }),
      scopes: ALL_SCOPES,
    },
    async (speak) => {
      expect((await speak('PATCH', `/connections/${ID}`, sent)).body[key]).toEqual(shown);
      expect((await speak('GET', `/connections/${ID}`)).body[key]).toEqual(shown);
    },
  ),
);

test('deleting a deleted connection succeeds again', () =>
  withSandbox({ seed: seed('okta', {}), scopes: ALL_SCOPES }, async (speak) => {
    for (const _ of [1, 2]) {
      const { status, body } = await speak('DELETE', `/connections/${ID}`);
      expect([status, Object.keys(body)]).toEqual([202, ['deleted_at']]);
    }
    expect((await speak('GET', `/connections/${ID}`)).status).toBe(404);
  }));

test('a new connection has the values that the server fills in, and its name is in use', () =>
  withSandbox({ scopes: ALL_SCOPES }, async (speak) => {
    const created = await speak('POST', '/connections', {
      name: 'new',
      strategy: 'adfs',
      options: { adfs_server: 'a' },
    });
    expect([created.status, created.body.options]).toEqual([201, { adfs_server: 'a', thumbprints: [] }]);
    expect(created.body).toMatchObject({ realms: ['new'], show_as_button: false, is_domain_connection: false });
    expect((await speak('POST', '/connections', { name: 'new', strategy: 'ad' })).status).toBe(409);
    expect((await speak('DELETE', `/connections/${String(created.body.id)}`)).status).toBe(202);
    expect((await speak('GET', `/connections/${String(created.body.id)}`)).body).toEqual({
      statusCode: 404,
      error: 'Not Found',
      message: 'The connection does not exist',
      errorCode: 'inexistent_connection',
    });
  }));

test('the emulated option sets are made up', () => {
  expect(optionsFor('okta', 'x').client_secret).toBe('made-up-client-secret-okta-x');
});
