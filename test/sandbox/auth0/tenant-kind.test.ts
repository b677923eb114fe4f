import { ALL_SCOPES } from '../../../sandbox/auth0/access';
import type { TenantKind } from '../../../sandbox/auth0/tenant-kind';
import type { JsonObject } from '../../../sandbox/json';
import { objectAt, withSandbox } from './speak';

/** The answer to a POST in a tenant of that kind, and the answer to the next GET. */
async function created(
  kind: Partial<TenantKind>,
  strategy: string,
  options: JsonObject = {},
): Promise<{ answer: JsonObject; shown: JsonObject }> {
  let both = { answer: {}, shown: {} };
  await withSandbox({ kind, scopes: ALL_SCOPES }, async (speak) => {
    const answer = (await speak('POST', '/connections', { name: 'n', strategy, options })).body;
    both = { answer, shown: (await speak('GET', `/connections/${String(answer.id)}`)).body };
  });
  return both;
}

const keysOf = (object: JsonObject): string[] => Object.keys(object).sort();

test('a tenant without authentication methods adds neither methods nor passkey options to a database', async () => {
  const { answer } = await created({ passwordMethod: 'none' }, 'auth0');
  expect(keysOf(objectAt(answer, 'options'))).toEqual([
    'brute_force_protection',
    'mfa',
    'passwordPolicy',
    'strategy_version',
  ]);
});

test.each<[TenantKind['passwordMethod'], string[]]>([
  ['enabled', ['enabled']],
  ['api_behavior', ['api_behavior', 'enabled']],
  ['signup_behavior', ['api_behavior', 'enabled', 'signup_behavior']],
])('the password method of a tenant of the kind %s contains %j', async (passwordMethod, keys) => {
  const { answer } = await created({ passwordMethod }, 'auth0');
  expect(keysOf(objectAt(answer, 'options', 'authentication_methods', 'password'))).toEqual(keys);
});

test.each<[claim: string, kind: Partial<TenantKind>, sent: JsonObject, keys: string[]]>([
  ['a policy', {}, {}, ['passwordPolicy']],
  ['options', { passwordSettings: 'password_options' }, {}, ['password_options']],
  [
    'options next to the policy that was sent',
    { passwordSettings: 'password_options' },
    { passwordPolicy: 'low' },
    ['passwordPolicy', 'password_options'],
  ],
])('the password settings of a new database are %s', async (_, kind, sent, keys) => {
  const { answer } = await created(kind, 'auth0', sent);
  expect(keysOf(objectAt(answer, 'options')).filter((key) => /^password/.test(key))).toEqual(keys);
});

test('a tenant with one-time codes adds them if the request has no method', async () => {
  const { answer } = await created({ oneTimeCodes: true }, 'auth0');
  expect(keysOf(objectAt(answer, 'options', 'authentication_methods'))).toEqual([
    'email_otp',
    'passkey',
    'password',
    'phone_otp',
  ]);
});

test.each<[claim: string, kind: Partial<TenantKind>, keys: string[]]>([
  ['everything', {}, ['attribute_map', 'connection_settings', 'schema_version', 'type']],
  ['no schema', { schemaVersion: 'none' }, ['attribute_map', 'connection_settings', 'type']],
  ['no map', { mapsAttributes: false }, ['schema_version', 'type']],
])('a new okta connection gets %s', async (_, kind, keys) => {
  expect(keysOf(objectAt((await created(kind, 'okta')).answer, 'options'))).toEqual(keys);
});

test('an older tenant gives an older schema version', async () => {
  const { answer } = await created({ schemaVersion: 'openid-1.0.0' }, 'oidc');
  expect(objectAt(answer, 'options').schema_version).toBe('openid-1.0.0');
});

test('an older tenant shows no purposes of a connection', async () => {
  const { answer } = await created({ showsPurposes: false }, 'github');
  expect(keysOf(answer)).not.toEqual(expect.arrayContaining(['authentication']));
  expect(keysOf(answer)).not.toEqual(expect.arrayContaining(['connected_accounts']));
});

test('a newer tenant shows clients only in the answer to a POST', async () => {
  const { answer, shown } = await created({ showsClients: false }, 'github');
  expect([answer.enabled_clients, 'enabled_clients' in shown]).toEqual([[], false]);
});

test.each([true, false])(
  'decryption settings of samlp are given to a new connection: %s',
  async (decryptionSettings) => {
    const { answer } = await created({ decryptionSettings }, 'samlp');
    expect('assertion_decryption_settings' in objectAt(answer, 'options')).toBe(decryptionSettings);
  },
);
