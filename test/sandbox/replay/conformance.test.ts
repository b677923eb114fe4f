import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../../../sandbox/json';
import { replay } from '../../../sandbox/replay/conformance';
import { agrees, describeConformance } from '../../../sandbox/replay/conformance-report';
import { type Interaction, readRecordings } from '../../../sandbox/replay/recording';

const BUNDLED = join(__dirname, '../../../sandbox/replay/recordings');

test('the bundled recordings agree in everything', async () => {
  const read = await readRecordings(BUNDLED);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const results = await Promise.all(read.recordings.map(replay));
  expect(describeConformance(results)).toMatchInlineSnapshot(`
"recording                                             statuses  key sets  seeded
--------------------------------------------------------------------------------
made-up-database                                           6/6       4/4       0
made-up-okta                                               7/7       4/4       1
--------------------------------------------------------------------------------
total                                                    13/13       8/8       1

Not emulated, and not counted:
     1  GET /api/v2/connections/{id}/clients

Differences: none
"
`);
  expect(agrees(results)).toBe(true);
});

const connection = (options: Json): Json => ({ id: 'con_recorded00000001', name: 'n', strategy: 'oauth2', options });
const created = (options: Json): Interaction => ({
  method: 'POST',
  path: '/api/v2/connections',
  requestBody: { name: 'n', strategy: 'oauth2', options: { a: 'planted-value' } },
  status: 201,
  responseBody: connection(options),
});

test.each<[claim: string, interactions: Interaction[], difference: string]>([
  [
    'a status',
    [{ ...created({ a: 1 }), status: 400, responseBody: null }],
    '#0 POST /api/v2/connections: status 400, here 201',
  ],
  ['a key that is missing here', [created({ a: 1, b: 2 })], '#0 POST /api/v2/connections: options lack b'],
  ['a key that is added here', [created({})], '#0 POST /api/v2/connections: options add a'],
  [
    'a connection that should be gone',
    [
      created({ a: 1 }),
      {
        method: 'GET',
        path: '/api/v2/connections?take=50',
        requestBody: null,
        status: 200,
        responseBody: { connections: [] },
      },
    ],
    '#1 GET /api/v2/connections: a connection is shown here that the recording does not show',
  ],
])('a difference is told without values: %s', async (_, interactions, difference) => {
  const result = await replay({ name: 'r', interactions });
  expect(result.differences).toEqual([difference]);
  expect(agrees([result])).toBe(false);
  const text = describeConformance([result]);
  expect(text).not.toContain('planted-value');
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('what was copied from the recording counts as seeded only', async () => {
  const read: Interaction = {
    method: 'GET',
    path: '/api/v2/connections/con_recorded00000001',
    requestBody: null,
    status: 200,
    responseBody: connection({ any: 1 }),
  };
  const result = await replay({ name: 'r', interactions: [read, { ...read, path: `${read.path}/clients` }] });
  expect(result).toMatchObject({
    statuses: { agreed: 1, compared: 1 },
    keySets: { agreed: 0, compared: 0 },
    seeded: 1,
    notEmulated: ['GET /api/v2/connections/{id}/clients'],
  });
});

test('every bad file and field is named, and no value', async () => {
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
