import { type Author, nameAuthor } from '../../lambda/connection/author';
import { type LoggedWrite, type Tenant, TenantFailure } from '../../lambda/connection/tenant';
import { attribute, type Search } from '../../lambda/run/attribute';
import { findingOf } from '../history/sample-record';

const START = Date.parse('2026-11-23T04:30:00.000Z');
const at = (minutes: number): number => START + minutes * 60_000;
const ANN: Author = {
  channel: 'dashboard',
  email: 'ann@example.com',
  clientName: null,
  clientId: null,
  address: '203.0.113.7',
  userAgent: 'Mozilla/5.0',
};
const TERRAFORM: Author = {
  channel: 'api',
  email: null,
  clientName: 'terraform',
  clientId: 'aB3dE5fG7hJ9',
  address: '198.51.100.7',
  userAgent: 'Go-http-client/2.0',
};
const writeOf = (connectionId: string, author: Author, minutes: number, correlationId?: string): LoggedWrite => ({
  ...author,
  connectionId,
  at: at(minutes),
  correlationId,
});

interface Asked {
  from: number;
  to: number;
  requests: number;
}

/** A tenant with a log and nothing else: whatever else is asked of it fails the test. */
function tenantWith(log: readonly LoggedWrite[] | Error, asked: Asked[] = []): Tenant {
  const never = () => {
    throw new Error('a look-up of authors asks for the log alone');
  };
  return {
    access: never,
    listConnections: never,
    readConnection: never,
    rewriteConnection: never,
    async *listWrites(from, to, requests) {
      asked.push({ from, to, requests });
      if (log instanceof Error) throw log;
      yield* log;
    },
  };
}

const search = (tenant: Tenant, change: Partial<Search> = {}): Search => ({
  ...{ tenant, mayReadLogs: true, from: at(-1440), to: at(0), withoutPeople: false },
  ...change,
});
const authorOf = async (
  log: readonly LoggedWrite[] | Error,
  change: Partial<Search> = {},
  finding = findingOf('con_1'),
) => (await attribute([finding], search(tenantWith(log), change)))[0]?.changedBy;

describe('who moved a connection', () => {
  it('is whoever wrote to it last', async () => {
    const log = [writeOf('con_1', ANN, -60), writeOf('con_1', TERRAFORM, -30), writeOf('con_2', ANN, -10)];
    expect(await authorOf(log)).toEqual({ kind: 'known', at: '2026-11-23T04:00:00.000Z', ...TERRAFORM });
  });

  it.each([
    ['no write to it is in the log', [writeOf('con_2', ANN, -60)], {}, 'not_in_log'],
    ['the log may not be read', [writeOf('con_1', ANN, -60)], { mayReadLogs: false }, 'no_scope'],
    ['the log is too long', new TenantFailure('log_too_long', 'x'), {}, 'too_many'],
    ['the log gives no answer', new TenantFailure('no_answer', 'x'), {}, 'log_unreadable'],
    ['the log refuses', new TenantFailure('scope_missing', 'x'), {}, 'log_unreadable'],
  ])('is unknown where %s', async (_, log, change, why) => {
    expect(await authorOf(log, change)).toEqual({ kind: 'unknown', why });
  });

  it('is unknown, not whoever was found so far, where the log breaks off', async () => {
    const broken: Tenant = {
      ...tenantWith([]),
      async *listWrites() {
        yield writeOf('con_1', ANN, -60);
        throw new TenantFailure('log_too_long', 'x');
      },
    };
    const [finding] = await attribute([findingOf('con_1')], search(broken));
    expect(finding?.changedBy).toEqual({ kind: 'unknown', why: 'too_many' });
  });

  it('a mistake of ours is none of the log', async () => {
    await expect(authorOf(new TypeError('ours'))).rejects.toThrow('ours');
  });

  it.each([
    ['2026-11-22T04-30-00Z-5f0c2a9e', true],
    ['2026-11-22T04-30-00Z-5f0c2a9e-and-more', false],
    ['terraform-run-17', false],
    [undefined, false],
  ])('with the correlation id %s it is ours: %s', async (correlationId, isOurs) => {
    const changedBy = await authorOf([writeOf('con_1', TERRAFORM, -30, correlationId)]);
    expect(changedBy?.kind).toBe(isOurs ? 'ours' : 'known');
    if (isOurs) {
      expect(changedBy).toEqual({ kind: 'ours', runId: correlationId, at: '2026-11-23T04:00:00.000Z' });
    }
  });

  it('without people nothing tells who a person is, and an application is still named', async () => {
    const person = await authorOf([writeOf('con_1', ANN, -30)], { withoutPeople: true });
    expect(JSON.stringify(person)).not.toMatch(/ann@|203|Mozilla/);
    expect(person).toMatchObject({ kind: 'known', channel: 'dashboard', email: null, address: null, userAgent: null });
    const application = await authorOf([writeOf('con_1', TERRAFORM, -30)], { withoutPeople: true });
    expect(application).toMatchObject({ clientName: 'terraform', clientId: 'aB3dE5fG7hJ9', address: null });
  });
});

describe('whose author is looked for', () => {
  it.each([
    ['a new one', {}, true],
    ['one that is back', { lifecycle: 'reopened' }, true],
    ['one that stays open', { lifecycle: 'open' }, false],
    ['one that could not be seen', { verdict: 'indeterminate', code: 'OPTIONS_HIDDEN' }, false],
  ] as const)('%s', async (_, change, isLookedFor) => {
    const asked: Asked[] = [];
    const finding = findingOf('con_1', change);
    const [found] = await attribute([finding], search(tenantWith([writeOf('con_1', ANN, -30)], asked)));
    expect(found?.changedBy !== null).toBe(isLookedFor);
    expect(asked).toHaveLength(isLookedFor ? 1 : 0);
  });

  it('of ten thousand, the log is read once, and within a budget', async () => {
    const asked: Asked[] = [];
    const findings = Array.from({ length: 10_000 }, (_, index) => findingOf(`con_${index}`));
    await attribute(findings, search(tenantWith([], asked)));
    expect(asked).toHaveLength(1);
    expect(asked[0]?.requests).toBeLessThanOrEqual(20);
  });

  it('is searched for from before the end of the last run: it saw the connection earlier than it ended', async () => {
    const asked: Asked[] = [];
    await attribute([findingOf('con_1')], search(tenantWith([], asked), { from: at(-1440), to: at(0) }));
    expect(asked[0]?.from).toBeLessThanOrEqual(at(-1440 - 15));
    expect(asked[0]?.to).toBeGreaterThanOrEqual(at(15));
  });

  it('and what could not be found out changes nothing else', async () => {
    const findings = [findingOf('con_1'), findingOf('con_2', { lifecycle: 'open' })];
    const told = await attribute(findings, search(tenantWith(new TenantFailure('no_answer', 'x'))));
    expect(told.map((finding) => ({ ...finding, changedBy: null }))).toEqual(findings);
  });
});

it.each([
  ['a person', ANN, 'ann@example.com'],
  ['an application', TERRAFORM, 'terraform'],
  ['an application without a name', { ...TERRAFORM, clientName: null }, 'aB3dE5fG7hJ9'],
  ['a person without an address', { ...ANN, email: null }, 'a person in the Dashboard'],
  ['nobody at all', { ...TERRAFORM, clientName: null, clientId: null }, 'an application'],
])('%s is named in a few words', (_, author, name) => {
  expect(nameAuthor(author)).toBe(name);
});
