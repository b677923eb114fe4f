import { DOCUMENTED_STRATEGIES } from '../../sandbox/auth0/strategy-facts';
import { generate, mixed, thousand, tiny } from '../../sandbox/seeds';

const drifted = (connections: Iterable<{ options: { set_user_root_attributes?: unknown } }>): number =>
  [...connections].filter(({ options }) => (options.set_user_root_attributes ?? 'on_each_login') !== 'on_each_login')
    .length;

test.each([
  ['tiny', tiny, 5, 1],
  ['mixed', mixed, 77, 17],
  ['thousand', thousand, 1000, 50],
] as const)(
  'the seed %s has the expected numbers of connections and drifted connections, all with unique ids',
  (_, make, count, drift) => {
    const connections = [...make()];
    expect([connections.length, drifted(connections)]).toEqual([count, drift]);
    expect(new Set(connections.map(({ id }) => id)).size).toBe(count);
    expect(new Set(connections.map(({ name }) => name)).size).toBe(count);
    for (const { id } of connections) expect(id).toMatch(/^con_[A-Za-z0-9]{16}$/);
    expect(JSON.stringify([...make()])).toBe(JSON.stringify(connections));
  },
);

test('the seed mixed has every documented strategy and an unknown one', () => {
  const strategies = new Set(mixed().map(({ strategy }) => strategy));
  expect(DOCUMENTED_STRATEGIES).toHaveLength(65);
  expect([...DOCUMENTED_STRATEGIES].filter((strategy) => !strategies.has(strategy))).toEqual([]);
  expect(strategies.has('quantum-id')).toBe(true);
});

test('the seed mixed has every documented value, an undocumented value, and options without the key', () => {
  const values = new Set(mixed().map(({ options }) => options.set_user_root_attributes));
  expect(values).toEqual(new Set([undefined, 'on_each_login', 'on_first_login', 'never_on_login', 'on_second_login']));
  expect(mixed().some(({ options }) => Object.keys(options).length === 0)).toBe(true);
});

test.each([0, 7, 40, 100])(
  'every 100 generated connections in a row contain %d drifted connections',
  (driftPercent) => {
    const connections = [...generate(500, { driftPercent })];
    for (let i = 0; i < 500; i += 100) expect(drifted(connections.slice(i, i + 100))).toBe(driftPercent);
  },
);

test('generated connections share their options', () => {
  expect(new Set([...generate(10_000, { driftPercent: 40 })].map(({ options }) => options)).size).toBeLessThanOrEqual(
    16,
  );
});

test('no value of a seed looks like a real credential', () => {
  const secrets = JSON.stringify(mixed()).match(/"(client_secret|twilio_token|admin_access_token|key)":"[^"]*"/g) ?? [];
  expect(secrets.length).toBeGreaterThan(40);
  expect(secrets.filter((secret) => !secret.includes(':"made-up-'))).toEqual([]);
});
