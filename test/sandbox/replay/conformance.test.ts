import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALL_SCOPES } from '../../../sandbox/auth0/access';
import { type TenantKind, USUAL_TENANT } from '../../../sandbox/auth0/tenant-kind';
import type { Json, JsonObject } from '../../../sandbox/json';
import { replay } from '../../../sandbox/replay/conformance';
import { agrees, describeConformance } from '../../../sandbox/replay/conformance-report';
import { impliedKind } from '../../../sandbox/replay/implied-kind';
import { NOT_COMPARABLE } from '../../../sandbox/replay/not-comparable';
import { type Interaction, readRecordings } from '../../../sandbox/replay/recording';
import { objectAt, withSandbox } from '../auth0/speak';

const BUNDLED = join(__dirname, '../../../sandbox/replay/recordings');

test('the bundled recordings agree completely', async () => {
  const read = await readRecordings(BUNDLED);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const results = await Promise.all(read.recordings.map(replay));
  expect(describeConformance(results)).toMatchInlineSnapshot(`
"recording                                   statuses  key sets    values  seeded
--------------------------------------------------------------------------------
made-up-database                                 6/6       4/4       5/5       0
made-up-okta                                     7/7       4/4       6/6       1
--------------------------------------------------------------------------------
total                                          13/13       8/8     11/11       1
                                             100.0 %   100.0 %   100.0 %

PATCH, by strategy                          statuses  key sets    values
--------------------------------------------------------------------------------
auth0                                            2/2       1/1       2/2
okta                                             2/2       1/1       2/2
--------------------------------------------------------------------------------
total of PATCH                                   4/4       2/2       4/4
                                             100.0 %   100.0 %   100.0 %

Not comparable, and compared by type:
     8  changed by other endpoints
     8  from the discovery document
     8  invented by the tenant
     4  ciphertext

Not emulated, and not counted:
     1  GET /api/v2/connections/{id}/clients

Differences of PATCH: none

Other differences: none
"
`);
  expect(agrees(results)).toBe(true);
});

const ID = 'con_recorded00000001';
const PLACE = `/api/v2/connections/${ID}`;
const TOP = {
  id: ID,
  name: 'n',
  strategy: 'oauth2',
  is_domain_connection: false,
  authentication: { active: true },
  connected_accounts: { active: false },
  enabled_clients: [],
  realms: ['n'],
};
const connection = (options: Json, top: JsonObject = {}): JsonObject => ({ ...TOP, ...top, options });
const created = (options: Json, top: JsonObject = {}): Interaction => ({
  method: 'POST',
  path: '/api/v2/connections',
  requestBody: { name: 'n', strategy: 'oauth2', options: { a: 'planted-value', nested: { b: ['planted-value'] } } },
  status: 201,
  responseBody: connection(options, top),
});
const SAME = { a: 'planted-value', nested: { b: ['planted-value'] } };
const patched = (requestBody: Json, status: number, responseBody: Json): Interaction => ({
  method: 'PATCH',
  path: PLACE,
  requestBody,
  status,
  responseBody,
});

test.each<[claim: string, interactions: Interaction[], difference: string]>([
  ['a status', [{ ...created(SAME), status: 400, responseBody: null }], '#0 POST oauth2: status 400, here 201'],
  ['a key that is missing here', [created({ ...SAME, b: 2 })], '#0 POST oauth2: options.b is missing here'],
  ['a key that is only here', [created({ nested: SAME.nested })], '#0 POST oauth2: options.a is only here'],
  ['a key at the top', [created(SAME, { metadata: {} })], '#0 POST oauth2: metadata is missing here'],
  ['a value', [created({ ...SAME, a: 'planted-other' })], '#0 POST oauth2: options.a has another value'],
  ['a type', [created({ ...SAME, a: null })], '#0 POST oauth2: options.a has another value'],
  [
    'a nested value',
    [created({ ...SAME, nested: { b: ['planted-other'] } })],
    '#0 POST oauth2: options.nested.b has another value',
  ],
  [
    'the order of a list',
    [created({ ...SAME, nested: { b: ['planted-value', 'planted-other'] } })],
    '#0 POST oauth2: options.nested.b has another value',
  ],
  [
    'a value at the top',
    [created(SAME, { is_domain_connection: true })],
    '#0 POST oauth2: is_domain_connection has another value',
  ],
  [
    'a value in the answer to a PATCH',
    [created(SAME), patched({ options: { a: 1 } }, 200, connection({ a: 2 }))],
    '#1 PATCH oauth2: options.a has another value',
  ],
  [
    'the message of a refusal',
    [
      created(SAME),
      patched({ realms: ['n'] }, 400, {
        statusCode: 400,
        error: 'Bad Request',
        message: 'planted-value',
        errorCode: 'invalid_body',
      }),
    ],
    '#1 PATCH oauth2: message has another value',
  ],
  [
    'a connection that should be deleted',
    [
      created(SAME),
      {
        method: 'GET',
        path: '/api/v2/connections?take=50',
        requestBody: null,
        status: 200,
        responseBody: { connections: [] },
      },
    ],
    '#1 GET: a connection is shown here that the recording does not show',
  ],
])('the report shows a difference without values for %s', async (_, interactions, difference) => {
  const result = await replay({ name: 'r', interactions });
  expect(agrees([result])).toBe(false);
  const text = describeConformance([result]);
  expect(text.split('\n').filter((line) => line.startsWith('    #'))).toEqual([`    ${difference}`]);
  expect(text).not.toContain('planted');
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('the report counts PATCH separately, by strategy', async () => {
  const exchanges = [created(SAME), patched({ options: { a: 1 } }, 200, connection({ a: 2, b: 1 }))];
  expect(describeConformance([await replay({ name: 'r', interactions: exchanges })])).toMatchInlineSnapshot(`
"recording                                   statuses  key sets    values  seeded
--------------------------------------------------------------------------------
r                                                2/2       1/2       1/2       0
--------------------------------------------------------------------------------
total                                            2/2       1/2       1/2       0
                                             100.0 %    50.0 %    50.0 %

PATCH, by strategy                          statuses  key sets    values
--------------------------------------------------------------------------------
oauth2                                           1/1       0/1       0/1
--------------------------------------------------------------------------------
total of PATCH                                   1/1       0/1       0/1
                                             100.0 %     0.0 %     0.0 %

Not comparable, and compared by type:
     2  changed by other endpoints
     2  invented by the tenant

Not emulated, and not counted: nothing

Differences of PATCH (the recording first, then the sandbox):
  r
    #1 PATCH oauth2: options.b is missing here
    #1 PATCH oauth2: options.a has another value

Other differences: none
"
`);
});

test.each<[claim: string, strategy: string, sent: JsonObject, shown: JsonObject, agreed: boolean]>([
  ['a ciphertext', 'auth0', { configuration: { K: 'v' } }, { configuration: { K: 'other' } }, true],
  ['a ciphertext that is null', 'auth0', { configuration: { K: 'v' } }, { configuration: { K: null } }, false],
  ['the keys next to a ciphertext', 'auth0', { configuration: { K: 'v' } }, { configuration: { L: 'v' } }, false],
  ['values from discovery', 'okta', { domain: 'd' }, { token_endpoint: 'other' }, true],
  ['an endpoint that was sent', 'okta', { domain: 'd', token_endpoint: 'sent' }, { token_endpoint: 'other' }, false],
  ['values from metadata at a URL', 'samlp', { metadataUrl: 'u' }, { signInEndpoint: 'other' }, true],
  ['values from metadata that was sent', 'samlp', { metadataXml: '<x/>' }, { signInEndpoint: 'other' }, false],
  ['keys of the tenant', 'waad', {}, { app_domain: 'other' }, true],
])('a value that cannot be the same is compared by its type: %s', async (_, strategy, sent, shown, agreed) => {
  const requestBody = { name: 'n', strategy, options: sent };
  const interaction = { ...created({}), requestBody };
  // The answer of the sandbox, with the value of the recording in place of its own value.
  const answer = await answerTo(requestBody);
  const responseBody = { ...answer, id: ID, options: { ...objectAt(answer, 'options'), ...shown } };
  const result = await replay({ name: 'r', interactions: [{ ...interaction, responseBody }] });
  expect(agrees([result])).toBe(agreed);
});

test('the document lists every reason for not comparing a value, and every setting of a kind of tenant', async () => {
  const text = await readFile(join(__dirname, '../../../docs/conformance.md'), 'utf8');
  for (const { reason } of NOT_COMPARABLE) expect(text).toContain(`| ${reason} |`);
  for (const setting of Object.keys(USUAL_TENANT)) expect(text).toContain(`\`${setting}\``);
});

test('a value that was copied from the recording counts only as seeded', async () => {
  const read: Interaction = {
    method: 'GET',
    path: PLACE,
    requestBody: null,
    status: 200,
    responseBody: connection({ any: 1 }),
  };
  const result = await replay({ name: 'r', interactions: [read, { ...read, path: `${read.path}/clients` }] });
  const none = { agreed: 0, compared: 0 };
  expect(result).toMatchObject({
    exchanges: [{ statuses: { agreed: 1, compared: 1 }, keySets: none, values: none }],
    seeded: 1,
    notEmulated: ['GET /api/v2/connections/{id}/clients'],
  });
});

describe('the kind of a recorded tenant, from values that no request sent', () => {
  test.each<[claim: string, strategy: string, sent: JsonObject, shown: JsonObject, kind: Partial<TenantKind>]>([
    ['password options', 'auth0', {}, { password_options: {} }, { passwordSettings: 'password_options' }],
    ['a policy', 'auth0', { password_options: {} }, { password_options: {} }, { passwordSettings: 'passwordPolicy' }],
    ['no methods', 'auth0', {}, {}, { passwordMethod: 'none' }],
    [
      'a newer method',
      'auth0',
      {},
      { authentication_methods: { password: { enabled: true, api_behavior: 'required' } } },
      { passwordMethod: 'api_behavior' },
    ],
    [
      'one-time codes',
      'auth0',
      {},
      { authentication_methods: { password: { enabled: true }, email_otp: { enabled: false } } },
      { oneTimeCodes: true, passwordMethod: 'enabled' },
    ],
    ['a schema', 'oidc', {}, { schema_version: 'openid-1.0.0' }, { schemaVersion: 'openid-1.0.0' }],
    ['no map', 'okta', {}, { schema_version: 'oidc-V4' }, { schemaVersion: 'oidc-V4', mapsAttributes: false }],
    ['decryption settings', 'samlp', {}, { assertion_decryption_settings: {} }, { decryptionSettings: true }],
  ])('the kind of a recorded tenant is implied by %s', (_, strategy, sent, shown, kind) => {
    const interaction = { ...created(shown, { strategy }), requestBody: { name: 'n', strategy, options: sent } };
    expect(impliedKind([interaction])).toMatchObject(kind);
  });

  test('purposes and clients at the top level of a connection show the kind of a recorded tenant', () => {
    const { authentication: _, ...older } = TOP;
    const { enabled_clients: __, ...newer } = TOP;
    const read = { method: 'GET', path: PLACE, requestBody: null, status: 200, responseBody: newer };
    expect(impliedKind([{ ...created({}), responseBody: older }, read])).toMatchObject({
      showsPurposes: false,
      showsClients: false,
    });
  });
});

test('the error lists every bad file and field, but no value', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recordings-'));
  try {
    await writeFile(
      join(folder, 'a.json'),
      '{"interactions":[{"method":"planted","path":"planted","status":"planted"},3]}',
    );
    await writeFile(join(folder, 'b.json'), '{');
    await writeFile(join(folder, 'c.json'), '[]');
    expect(await readRecordings(folder)).toEqual({
      ok: false,
      problems: [
        'a.json: interactions[0].method: expected GET, POST, PATCH, PUT or DELETE, got another text',
        'a.json: interactions[0].path: expected a text that begins with "/", got another text',
        'a.json: interactions[0].status: expected a whole number from 100 to 599, got another text',
        'a.json: interactions[1]: expected an object, got a number',
        'b.json: not JSON',
        'c.json: interactions: expected a list, got nothing',
      ],
    });
    expect(await readRecordings(join(folder, 'none'))).toMatchObject({ ok: false });
  } finally {
    await rm(folder, { recursive: true });
  }
});

async function answerTo(body: JsonObject): Promise<JsonObject> {
  let answer: JsonObject = {};
  await withSandbox({ scopes: ALL_SCOPES }, async (speak) => {
    answer = (await speak('POST', '/connections', body)).body;
  });
  return answer;
}
