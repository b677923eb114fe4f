import { type Author, nameAuthor } from '../../lambda/connection/author';
import { type LoggedWrite, type Tenant, TenantFailure } from '../../lambda/connection/tenant';
import { type History, HistoryFailure, type RunRecord } from '../../lambda/history/history';
import { createHistory } from '../../lambda/history/keep';
import { NOBODY_TOLD } from '../../lambda/judge/change';
import { attribute, type Search } from '../../lambda/run/attribute';
import { createMemoryStore } from '../history/memory-store';
import { changedOf, changeOf, findingOf, madeChange, reportOf, TENANT } from '../history/sample-record';

const START = Date.parse('2026-11-23T04:30:00.000Z');
const at = (minutes: number): number => START + minutes * 60_000;
const iso = (minutes: number): string => new Date(at(minutes)).toISOString();
const SECOND = 1 / 60;
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

/** A tenant with a log and nothing else: any other request fails the test. */
function tenantWith(log: readonly LoggedWrite[] | Error, asked: Asked[] = []): Tenant {
  const never = () => {
    throw new Error('a look-up of authors reads only the log');
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

const OWN = '2026-11-23T04-30-00Z-5f0c2a9e';
const REPAIR = '2026-11-22T04-30-00Z-11aa22bb';
const UNDO = '2026-11-22T08-00-00Z-33cc44dd';
const FORGED = '2026-11-22T09-00-00Z-55ee66ff';

const REPAIR_RECORD: RunRecord = {
  ...{ kind: 'repair', phase: 'ended', policyFingerprint: 'made-up', by: null, published: NOBODY_TOLD },
  report: reportOf([findingOf('con_1', { outcome: 'remediated', change: changeOf({ writtenAt: iso(-1440) }) })], {
    runId: REPAIR,
    finishedAt: iso(-1439),
  }),
};
const UNDO_RECORD: RunRecord = {
  ...{ kind: 'undo', phase: 'ended', environment: 'prod', tenant: TENANT },
  change: madeChange([changedOf('con_1', { at: iso(-1230) })], {
    ...{ runId: UNDO, kind: 'undo', by: 'ben on laptop', of: REPAIR, at: iso(-1230) },
  }),
};

/** A history with records of runs. `read`: the run ids whose records were read. */
async function historyWith(records: readonly RunRecord[], read: string[] = []): Promise<Pick<History, 'readRun'>> {
  const history = createHistory(createMemoryStore(), TENANT);
  for (const record of records) await history.writeRun(record, undefined);
  return {
    readRun(runId) {
      read.push(runId);
      return history.readRun(runId);
    },
  };
}

const NO_HISTORY: Pick<History, 'readRun'> = { readRun: async () => undefined };

/** This run started at 0 and read the page of con_1 a minute later; the last complete run was the day before. */
const search = (tenant: Tenant, change: Partial<Search> = {}): Search => ({
  runId: OWN,
  tenant,
  history: NO_HISTORY,
  mayReadLogs: true,
  readAt: new Map([['con_1', at(1)]]),
  startedAt: at(0),
  lastSeenAt: at(-1440),
  withoutPeople: false,
  ...change,
});
const authorOf = async (
  log: readonly LoggedWrite[] | Error,
  change: Partial<Search> = {},
  finding = findingOf('con_1'),
) => (await attribute([finding], search(tenantWith(log), change)))[0]?.changedBy;

const KNOWN = (author: Author, minutes: number) => ({ kind: 'known', at: iso(minutes), ...author });
/** Repaired two minutes after its page was read; the time from read to write was one second. */
const REPAIRED = findingOf('con_1', {
  outcome: 'remediated',
  change: changeOf({ writtenAt: iso(3), windowMs: 1_000 }),
});

describe('the author of a change', () => {
  it('the author of a change is the author of the last write to the connection', async () => {
    const log = [writeOf('con_1', ANN, -60), writeOf('con_1', TERRAFORM, -30), writeOf('con_2', ANN, -10)];
    expect(await authorOf(log)).toEqual(KNOWN(TERRAFORM, -30));
  });

  it.each([
    ['the log has no write to the connection', [writeOf('con_2', ANN, -60)], {}, 'not_in_log'],
    ['the only write is a repair of this run', [writeOf('con_1', TERRAFORM, 0, OWN)], {}, 'not_in_log'],
    ['reading the log is not allowed', [writeOf('con_1', ANN, -60)], { mayReadLogs: false }, 'no_scope'],
    ['the log is too long', new TenantFailure('log_too_long', 'x'), {}, 'too_many'],
    ['the log gives no answer', new TenantFailure('no_answer', 'x'), {}, 'log_unreadable'],
    ['the log refuses the request', new TenantFailure('scope_missing', 'x'), {}, 'log_unreadable'],
  ])('the author of a change is unknown if %s', async (_, log, change, why) => {
    expect(await authorOf(log, change)).toEqual({ kind: 'unknown', why });
  });

  it('the author of a change is unknown if reading the log stops early, even after a write was read', async () => {
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

  it('an internal error during the look-up is thrown, not reported as an unreadable log', async () => {
    await expect(authorOf(new TypeError('ours'))).rejects.toThrow('ours');
  });

  it('withoutPeople omits personal data of a user, and still names an application', async () => {
    const person = await authorOf([writeOf('con_1', ANN, -30)], { withoutPeople: true });
    expect(JSON.stringify(person)).not.toMatch(/ann@|203|Mozilla/);
    expect(person).toMatchObject({ kind: 'known', channel: 'dashboard', email: null, address: null, userAgent: null });
    const application = await authorOf([writeOf('con_1', TERRAFORM, -30)], { withoutPeople: true });
    expect(application).toMatchObject({ clientName: 'terraform', clientId: 'aB3dE5fG7hJ9', address: null });
    const history = await historyWith([UNDO_RECORD]);
    const finding = findingOf('con_1', { actual: 'on_first_login' });
    const undo = await authorOf([writeOf('con_1', TERRAFORM, -1235, UNDO)], { withoutPeople: true, history }, finding);
    expect(undo).toEqual({ kind: 'ours', change: 'undo', runId: UNDO, by: null, at: iso(-1235) });
  });
});

describe('writes of this run and writes after its read', () => {
  const before = writeOf('con_1', ANN, -60);
  it.each<[claim: string, later: LoggedWrite[], isRepaired: boolean, isLater: boolean]>([
    ['a repair of this run is not the author', [writeOf('con_1', TERRAFORM, 3, OWN)], true, false],
    [
      'a repair of this run is not the author if the log dates it minutes earlier',
      [writeOf('con_1', TERRAFORM, -5, OWN)],
      true,
      false,
    ],
    [
      'a write of this run is not the author if no repair is known',
      [writeOf('con_1', TERRAFORM, 1, OWN)],
      false,
      false,
    ],
    ['a write after the page does not count, in report mode', [writeOf('con_1', TERRAFORM, 2)], false, false],
    ['a write before the page counts', [writeOf('con_1', TERRAFORM, 0.5)], false, true],
    ['a write after the page and before the fresh read counts', [writeOf('con_1', TERRAFORM, 2)], true, true],
    ['a write after the fresh read does not count', [writeOf('con_1', TERRAFORM, 4)], true, false],
    [
      'a write dated 5 seconds after the page counts, because clocks differ',
      [writeOf('con_1', TERRAFORM, 1 + 5 * SECOND)],
      false,
      true,
    ],
    [
      'a write dated 6 seconds after the page does not count',
      [writeOf('con_1', TERRAFORM, 1 + 6 * SECOND)],
      false,
      false,
    ],
    [
      'a write between the fresh read and the repair does not count, by the clock of the log',
      [writeOf('con_1', TERRAFORM, 3 - 0.5 * SECOND), writeOf('con_1', TERRAFORM, 3, OWN)],
      true,
      false,
    ],
    [
      "a write between the fresh read and the repair does not count if the log's clock is a minute ahead",
      [writeOf('con_1', TERRAFORM, 4 - 0.5 * SECOND), writeOf('con_1', TERRAFORM, 4, OWN)],
      true,
      false,
    ],
    [
      "a write 2 seconds before the fresh read counts if the log's clock is a minute ahead",
      [writeOf('con_1', TERRAFORM, 4 - 3 * SECOND), writeOf('con_1', TERRAFORM, 4, OWN)],
      true,
      true,
    ],
    [
      "a write between the fresh read and the repair does not count if the log's clock is a minute late",
      [writeOf('con_1', TERRAFORM, 2 - 0.5 * SECOND), writeOf('con_1', TERRAFORM, 2, OWN)],
      true,
      false,
    ],
  ])('%s', async (_, later, isRepaired, isLater) => {
    const author = await authorOf([before, ...later], {}, isRepaired ? REPAIRED : findingOf('con_1'));
    expect(author).toEqual(isLater ? KNOWN(TERRAFORM, ((later[0]?.at ?? 0) - START) / 60_000) : KNOWN(ANN, -60));
  });

  it('a write after the page of another connection is judged by the page of its own connection', async () => {
    const readAt = new Map([
      ['con_1', at(1)],
      ['con_2', at(9)],
    ]);
    const log = [writeOf('con_1', ANN, 5), writeOf('con_2', ANN, 5)];
    const found = await attribute([findingOf('con_1'), findingOf('con_2')], search(tenantWith(log), { readAt }));
    expect(found.map(({ changedBy }) => changedBy?.kind)).toEqual(['unknown', 'known']);
  });
});

describe('a correlation id', () => {
  const ours = { kind: 'ours', at: iso(-1235), change: 'undo', runId: UNDO, by: 'ben on laptop' };
  it.each<[claim: string, records: RunRecord[], write: LoggedWrite, author: object]>([
    [
      'a correlation id of an earlier run names that run',
      [REPAIR_RECORD],
      writeOf('con_1', TERRAFORM, -1440, REPAIR),
      { kind: 'ours', at: iso(-1440), change: 'repair', runId: REPAIR, by: null },
    ],
    ['a correlation id of an undo names its operator', [UNDO_RECORD], writeOf('con_1', TERRAFORM, -1235, UNDO), ours],
    [
      'a correlation id without a record is ignored',
      [],
      writeOf('con_1', TERRAFORM, -30, FORGED),
      KNOWN(TERRAFORM, -30),
    ],
    [
      'a correlation id of a run that did not write to the connection is ignored',
      [UNDO_RECORD],
      writeOf('con_2', TERRAFORM, -1235, UNDO),
      KNOWN(TERRAFORM, -1235),
    ],
    [
      'a correlation id of a run that is sent again hours later is ignored',
      [REPAIR_RECORD],
      writeOf('con_1', TERRAFORM, -30, REPAIR),
      KNOWN(TERRAFORM, -30),
    ],
    [
      'a correlation id of a command that writes nothing is ignored',
      [
        {
          ...{ kind: 'release', phase: 'ended', environment: 'prod', tenant: TENANT },
          change: madeChange([changedOf('con_1', { at: iso(-30), result: 'released' })], {
            ...{ runId: UNDO, kind: 'release', by: 'ben on laptop', at: iso(-30) },
          }),
        },
      ],
      writeOf('con_1', TERRAFORM, -30, UNDO),
      KNOWN(TERRAFORM, -30),
    ],
    [
      'a correlation id of another form is not looked up',
      [],
      writeOf('con_1', TERRAFORM, -30, 'terraform-run-17'),
      KNOWN(TERRAFORM, -30),
    ],
  ])('%s', async (_, records, write, author) => {
    const read: string[] = [];
    const history = await historyWith(records, read);
    const found = await attribute(
      [findingOf(write.connectionId, { actual: 'on_first_login' })],
      search(tenantWith([write]), { history, readAt: new Map([[write.connectionId, at(1)]]) }),
    );
    expect(found[0]?.changedBy).toEqual(author);
    expect(read).toEqual(write.correlationId === 'terraform-run-17' ? [] : [write.correlationId]);
  });

  it('a correlation id of an earlier run gives no author if the value differs: the log is late', async () => {
    const history = await historyWith([REPAIR_RECORD]);
    const finding = findingOf('con_1', { actual: 'never_on_login' });
    const author = await authorOf([writeOf('con_1', TERRAFORM, -1440, REPAIR)], { history }, finding);
    expect(author).toEqual({ kind: 'unknown', why: 'log_late' });
  });

  it('a correlation id whose record cannot be read gives no author: it can be of this auditor', async () => {
    const readRun = async () => {
      throw new HistoryFailure('made up');
    };
    const author = await authorOf([writeOf('con_1', TERRAFORM, -30, FORGED)], { history: { readRun } });
    expect(author).toEqual({ kind: 'unknown', why: 'record_unread' });
  });

  it('a correlation id on many writes is read one time, and a run reads at most fifty records', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `con_${index}`);
    const read: string[] = [];
    const history = await historyWith([], read);
    const readAt = new Map(ids.map((id) => [id, at(1)]));
    const findings = ids.map((id) => findingOf(id));
    const once = ids.map((id) => writeOf(id, TERRAFORM, -30, FORGED));
    await attribute(findings, search(tenantWith(once), { history, readAt }));
    expect(read.splice(0)).toEqual([FORGED]);
    const many = ids.map((id, index) => writeOf(id, TERRAFORM, -30, `2026-11-22T09-00-00Z-${index}`));
    const found = await attribute(findings, search(tenantWith(many), { history, readAt }));
    expect(read).toHaveLength(50);
    expect(found.slice(0, 50).every(({ changedBy }) => changedBy?.kind === 'known')).toBe(true);
    const nobody = { kind: 'unknown', why: 'record_unread' };
    expect(found.slice(50).map(({ changedBy }) => changedBy)).toEqual(found.slice(50).map(() => nobody));
  });
});

describe('the look-up of authors', () => {
  it.each([
    ['the author of a new finding is looked up', {}, true],
    ['the author of a reopened finding is looked up', { lifecycle: 'reopened' }, true],
    ['the author of a finding that stays open is not looked up', { lifecycle: 'open' }, false],
    [
      'the author of an indeterminate finding is not looked up',
      { verdict: 'indeterminate', code: 'OPTIONS_HIDDEN' },
      false,
    ],
  ] as const)('%s', async (_, change, isLookedFor) => {
    const asked: Asked[] = [];
    const finding = findingOf('con_1', change);
    const [found] = await attribute([finding], search(tenantWith([writeOf('con_1', ANN, -30)], asked)));
    expect(found?.changedBy !== null).toBe(isLookedFor);
    expect(asked).toHaveLength(isLookedFor ? 1 : 0);
  });

  it('a failed look-up changes nothing but the author', async () => {
    const findings = [findingOf('con_1'), findingOf('con_2', { lifecycle: 'open' })];
    const told = await attribute(findings, search(tenantWith(new TenantFailure('no_answer', 'x'))));
    expect(told.map((finding) => ({ ...finding, changedBy: null }))).toEqual(findings);
  });
});

describe('the times for which the log is read', () => {
  const DAY = 24 * 60;
  /** A log that returns only the writes in the requested time. */
  const keeping = (log: readonly LoggedWrite[], asked: Asked[], breaksBefore = Number.NEGATIVE_INFINITY): Tenant => ({
    ...tenantWith([]),
    async *listWrites(from, to, requests) {
      asked.push({ from, to, requests });
      if (from < breaksBefore) throw new TenantFailure('log_too_long', 'x');
      yield* log.filter((write) => write.at >= from && write.at <= to);
    },
  });

  it('the log is read twice for ten thousand findings, with a limit of requests', async () => {
    const asked: Asked[] = [];
    const findings = Array.from({ length: 10_000 }, (_, index) => findingOf(`con_${index}`));
    await attribute(findings, search(keeping([], asked)));
    expect(asked.map(({ requests }) => requests)).toEqual([20, 20]);
  });

  it('the log is read from a time before the end of the last run, which read the connection before it ended', async () => {
    const asked: Asked[] = [];
    await attribute([findingOf('con_1')], search(keeping([writeOf('con_1', ANN, -DAY - 10)], asked)));
    expect(asked).toEqual([{ from: at(-DAY - 30), to: at(1) + 5_000, requests: 20 }]);
  });

  it('the log is read until after the last repair, so that repairs are recognized', async () => {
    const asked: Asked[] = [];
    const log = [writeOf('con_1', ANN, -60), writeOf('con_1', TERRAFORM, 3, OWN)];
    const [finding] = await attribute([REPAIRED], search(keeping(log, asked)));
    expect(asked[0]?.to).toBe(at(3) + 5_000);
    expect(finding?.changedBy).toEqual(KNOWN(ANN, -60));
  });

  it('a finding without a write since the last run is looked up as far back as a log can reach', async () => {
    const asked: Asked[] = [];
    const log = [writeOf('con_2', TERRAFORM, -20 * DAY), writeOf('con_1', ANN, -60)];
    const readAt = new Map([['con_1', at(1)]]);
    const tenant = keeping(log, asked);
    const found = await attribute([findingOf('con_1'), findingOf('con_2')], search(tenant, { readAt }));
    expect(found.map(({ changedBy }) => changedBy)).toEqual([KNOWN(ANN, -60), KNOWN(TERRAFORM, -20 * DAY)]);
    expect(asked.at(-1)).toEqual({ from: at(-30 * DAY), to: at(-DAY - 30), requests: 20 });
  });

  it('an author found in the recent log stays if the older log is too long', async () => {
    const asked: Asked[] = [];
    const tenant = keeping([writeOf('con_1', ANN, -60)], asked, at(-2 * DAY));
    const found = await attribute([findingOf('con_1'), findingOf('con_2')], search(tenant));
    expect(found.map(({ changedBy }) => changedBy)).toEqual([KNOWN(ANN, -60), { kind: 'unknown', why: 'too_many' }]);
  });

  it('the log is read one time, from its start, if there was no complete run', async () => {
    const asked: Asked[] = [];
    await attribute([findingOf('con_1')], search(keeping([], asked), { lastSeenAt: undefined }));
    expect(asked.map(({ from }) => from)).toEqual([at(-30 * DAY)]);
  });
});

it.each([
  ['a user', ANN, 'ann@example.com'],
  ['an application', TERRAFORM, 'terraform'],
  ['an application without a name', { ...TERRAFORM, clientName: null }, 'aB3dE5fG7hJ9'],
  ['a user without an e-mail address', { ...ANN, email: null }, 'a person in the Dashboard'],
  ['an author without any data', { ...TERRAFORM, clientName: null, clientId: null }, 'an application'],
])('the short name of %s is correct', (_, author, name) => {
  expect(nameAuthor(author)).toBe(name);
});
