import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Sealed } from '../../../lambda/connection/sealed';
import { differingKeys, NO_EXCUSES } from '../../../lambda/repair/compare';
import type { Fault, When } from '../../../sandbox/auth0/faults';
import type { JsonObject } from '../../../sandbox/json';
import { optionsFor } from '../../../sandbox/seed-options';
import { closeScenarios, findingOf, openScenario, withSetting } from './scenario';

afterEach(closeScenarios);

const GOLDEN = path.join(__dirname, '..', '..', 'golden', 'damage.md');
const ID = 'con_AAAAAAAAAAAAAAAA';
const SEED = {
  id: ID,
  name: 'acme',
  strategy: 'okta',
  display_name: 'Acme, Ltd.',
  show_as_button: true,
  realms: ['acme', 'acme-legacy'],
  metadata: { team: 'identity' },
  options: { ...optionsFor('okta', 'acme'), future_option: [{ deep: 1 }], set_user_root_attributes: 'on_first_login' },
};

const status = (code: number): Fault => ({ name: 'status', status: code });
const NOT_APPLIED: readonly (readonly [string, Fault])[] = [
  ...[400, 401, 403, 404, 408, 409, 429, 500, 503].map((code) => [`status ${code}`, status(code)] as const),
  ['429, retry after 7 s', { name: 'status', status: 429, headers: { 'retry-after': '7' } }],
  ['connection reset', { name: 'reset' }],
  ['no answer', { name: 'hang' }],
  ['HTML', { name: 'html' }],
  ['empty', { name: 'empty' }],
  ['other JSON', { name: 'wrong_shape' }],
  ['another connection', { name: 'wrong_shape', body: { ...SEED, id: 'con_BBBBBBBBBBBBBBBB' } }],
  ['redirect', { name: 'redirect', to: 'https://other.invalid/' }],
  ['33 MB', { name: 'huge', bytes: 33 * 1024 * 1024 }],
];
const APPLIED: readonly (readonly [string, Fault])[] = [
  ...[408, 500, 503].map((code) => [`applied, then status ${code}`, { ...status(code), apply: true }] as const),
  ['applied, then reset', { name: 'reset_after' }],
  ['applied, then no answer', { name: 'hang', apply: true }],
  ['applied, then half a JSON', { name: 'half_json' }],
  ['applied, then not UTF-8', { name: 'not_utf8' }],
  ['applied, then cut', { name: 'cut' }],
  ['applied, then HTML', { name: 'html', apply: true }],
  ['applied, then empty', { name: 'empty', apply: true }],
  ['applied, then other JSON', { name: 'wrong_shape', apply: true }],
];
const HALVED: readonly (readonly [string, Fault])[] = [
  ['half a JSON', { name: 'half_json' }],
  ['not UTF-8', { name: 'not_utf8' }],
  ['cut', { name: 'cut' }],
];

interface Row {
  readonly exchange: string;
  readonly fault: string;
  readonly faults: readonly (readonly [Fault, When])[];
}

const ONE = `/api/v2/connections/${ID}`;
const READ: When = { method: 'GET', path: ONE };
const WRITE: When = { method: 'PATCH', path: ONE };
const reads = [...NOT_APPLIED, ...HALVED];

const ROWS: readonly Row[] = [
  ...reads.map(([fault, struck]) => ({ exchange: 'fresh read, once', fault, faults: [[struck, READ]] as const })),
  ...reads.map(([fault, struck]) => ({
    exchange: 'fresh read, always',
    fault,
    faults: [[struck, { ...READ, times: Infinity }]] as const,
  })),
  ...[...NOT_APPLIED, ...APPLIED].map(([fault, struck]) => ({
    exchange: 'write, once',
    fault,
    faults: [[struck, WRITE]] as const,
  })),
  ...NOT_APPLIED.filter(([, struck]) => isTurnedAway(struck)).map(([fault, struck]) => ({
    exchange: 'write, always',
    fault,
    faults: [[struck, { ...WRITE, times: Infinity }]] as const,
  })),
  ...reads.map(([fault, struck]) => ({
    exchange: 'read after a write that was applied and not answered, always',
    fault,
    faults: [
      [{ name: 'reset_after' }, WRITE],
      [struck, { ...READ, nth: 2, times: Infinity }],
    ] as const,
  })),
  ...reads.map(([fault, struck]) => ({
    exchange: 'read after a write that was neither applied nor answered, always',
    fault,
    faults: [
      [{ name: 'reset' }, WRITE],
      [struck, { ...READ, nth: 2, times: Infinity }],
    ] as const,
  })),
];

function isTurnedAway(fault: Fault): boolean {
  return fault.name === 'status' && (fault.status === 401 || fault.status === 429);
}

it('each fault on each exchange results in a correct outcome and no damage', async () => {
  const lines: string[] = [];
  for (const row of ROWS) {
    lines.push(await suffer(row));
    await closeScenarios();
  }
  const table = [
    '# Effect of each fault on a connection',
    '',
    'Written by `test/repair/sandbox/damage.test.ts`. One okta connection has drifted from `on_each_login` to `on_first_login`.',
    'The fault occurs during its repair. "Next run" is the outcome of the next run, which has no fault.',
    '',
    '| Exchange | Fault | Outcome | PATCHes | Value after | Other keys changed | Next run |',
    '|---|---|---|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
  // To write a new table, delete the old one. The diff then shows the changes.
  if (!existsSync(GOLDEN)) writeFileSync(GOLDEN, table);
  expect(table).toBe(readFileSync(GOLDEN, 'utf8'));
});

async function suffer({ exchange, fault, faults }: Row): Promise<string> {
  const { sandbox, run, stored, requests } = await openScenario({
    sandbox: { seed: [SEED] },
    transport: { timeoutMs: faults.some(([{ name }]) => name === 'hang') ? 400 : 20_000 },
  });
  const before = stored().get(ID) ?? {};
  for (const [struck, when] of faults) sandbox.faults.add(struck, when);
  const { outcome, change } = findingOf(await run(), ID);
  const after = stored().get(ID) ?? {};
  const patches = requests('PATCH').length;
  const value = valueIn(after);
  const damaged = differingKeys(sealed(withSetting(before, value)), sealed(after), NO_EXCUSES);

  const truth = { remediated: 'on_each_login', failed: 'on_first_login', gone: 'on_first_login' }[String(outcome)];
  expect([row(exchange, fault), value]).toEqual([row(exchange, fault), truth ?? value]);
  expect(damaged).toEqual([]);
  expect(change?.otherKeysChanged ?? []).toEqual([]);
  expectReadBeforeEachWrite(requests().map(({ method, path: asked }) => `${method} ${asked}`));

  sandbox.faults.clear();
  const next = await run();
  expect(stored().get(ID)).toEqual(withSetting(before, 'on_each_login'));
  const healed = next.findings[0]?.outcome ?? 'compliant';
  return row(exchange, fault, outcome, patches, value ?? '(not set)', damaged.join(', ') || 'none', healed);
}

function row(...cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Each PATCH of a connection must follow a read of it. */
function expectReadBeforeEachWrite(asked: readonly string[]): void {
  const ofOne = asked.filter((request) => request.endsWith(ONE));
  for (const [index, request] of ofOne.entries()) {
    if (request.startsWith('PATCH')) expect(ofOne[index - 1]).toBe(`GET ${ONE}`);
  }
}

function valueIn({ options }: JsonObject): string | undefined {
  const isOptions = typeof options === 'object' && options !== null && !Array.isArray(options);
  const value = isOptions ? options.set_user_root_attributes : undefined;
  return typeof value === 'string' ? value : undefined;
}

function sealed(connection: JsonObject): Sealed {
  return new Sealed(JSON.stringify(connection));
}
