import { generate, mixed } from '../../../sandbox/seeds';
import { listAt, withSandbox } from './speak';

describe('checkpoint paging', () => {
  test('checkpoint paging lists every connection one time, in order, and the last page has no next', () =>
    withSandbox({ seed: generate(250) }, async (speak, sandbox) => {
      const ids: unknown[] = [];
      const sizes: number[] = [];
      let from: string | undefined;
      do {
        const { body } = await speak(
          'GET',
          `/connections?take=100&include_totals=true${from === undefined ? '' : `&from=${from}`}`,
        );
        expect(Object.keys(body).sort()).toEqual('next' in body ? ['connections', 'next'] : ['connections']);
        const page = listAt(body, 'connections');
        sizes.push(page.length);
        ids.push(...page.map((connection) => connection.id));
        from = typeof body.next === 'string' ? body.next : undefined;
      } while (from !== undefined && sizes.length < 4);
      expect(sizes).toEqual([100, 100, 50]);
      expect(ids).toEqual([...sandbox.tenant.connections.keys()]);
    }));

  test('a page with exactly the remaining connections is the last page', () =>
    withSandbox({ seed: generate(100) }, async (speak) => {
      expect(Object.keys((await speak('GET', '/connections?take=100')).body)).toEqual(['connections']);
    }));

  test('the default page size with only from is 50, and a cursor expires', async () => {
    let clock = 1_800_000_000_000;
    await withSandbox({ seed: generate(101), now: () => clock, tokenLifetimeSeconds: 1e6 }, async (speak) => {
      const { body } = await speak('GET', '/connections?take=50');
      const next = String(body.next);
      expect(listAt((await speak('GET', `/connections?from=${next}`)).body, 'connections')).toHaveLength(50);
      clock += 24 * 60 * 60 * 1000 + 1;
      expect((await speak('GET', `/connections?from=${next}`)).status).toBe(400);
    });
  });

  test('a request for both kinds of paging gets checkpoint paging', () =>
    withSandbox({ seed: generate(3) }, async (speak) => {
      const { body } = await speak('GET', '/connections?include_totals=true&per_page=50&take=100');
      expect(Object.keys(body)).toEqual(['connections']);
    }));
});

describe('offset paging', () => {
  test.each([
    ['a bare array without totals', '/connections?per_page=2', '['],
    ['an object with totals', '/connections?per_page=2&include_totals=true', '{"total":3,"start":0,"limit":2'],
  ])('offset paging returns %s', (_, path, begins) =>
    withSandbox({ seed: generate(3) }, async (speak) => {
      expect((await speak('GET', path)).text.slice(0, begins.length)).toBe(begins);
    }),
  );

  test.each([
    ['page=9&per_page=100', 200],
    ['page=10&per_page=100', 400],
    ['page=20&per_page=50', 400],
  ])('the ceiling of 1,000 counts positions, not connections: %s', (query, status) =>
    withSandbox({ seed: generate(3) }, async (speak) => {
      const heard = await speak('GET', `/connections?${query}`);
      expect(heard.status).toBe(status);
      if (status === 400) expect(heard.body.errorCode).toBe('invalid_paging');
    }),
  );
});

test.each([
  ['more than the maximum', '?take=101', 400],
  ['a take of 0', '?take=0', 400],
  ['a take that is not a number', '?take=many', 400],
  ['an unknown parameter', '?foo=1', 400],
  ['an unknown field', '?take=1&fields=realms', 400],
  ['a foreign cursor', '?from=bm90IG91cnM', 400],
  ['the maximum', '?take=100', 200],
])('the status is correct for a query with %s', (_, query, status) =>
  withSandbox({ seed: generate(1) }, async (speak) => {
    expect((await speak('GET', `/connections${query}`)).status).toBe(status);
  }),
);

test('a tenant can limit the page size to 50', () =>
  withSandbox({ maxTake: 50 }, async (speak) => {
    expect((await speak('GET', '/connections?take=51')).status).toBe(400);
    expect((await speak('GET', '/connections?take=50')).status).toBe(200);
  }));

test('the listing can be filtered by strategies, name and fields', () =>
  withSandbox({ seed: mixed() }, async (speak) => {
    const strategies = await speak('GET', '/connections?take=100&strategy=email&strategy=sms');
    expect(listAt(strategies.body, 'connections').map((connection) => connection.strategy)).toEqual(['email', 'sms']);
    const named = await speak('GET', '/connections?take=1&name=main-sms&fields=name,strategy');
    expect(listAt(named.body, 'connections').map((connection) => Object.keys(connection))).toEqual([
      ['is_domain_connection', 'authentication', 'connected_accounts', 'id', 'name', 'strategy'],
    ]);
  }));

test('the applications of a connection are its enabled clients', () => {
  const seed = { id: 'con_a', name: 'a', strategy: 'oidc', options: {}, enabled_clients: ['app'] };
  return withSandbox({ seed: [seed] }, async (speak) => {
    expect((await speak('GET', '/connections/con_a/clients')).body).toEqual({ clients: [{ client_id: 'app' }] });
    expect((await speak('GET', '/connections/con_b/clients')).status).toBe(404);
  });
});
