import type { Connection } from '../../lambda/connection/connection';
import { type Tenant, TenantFailure } from '../../lambda/connection/tenant';
import { fingerprint } from '../../lambda/fingerprint';
import type { History } from '../../lambda/history/history';
import { createHistory } from '../../lambda/history/keep';
import { keepState } from '../../lambda/history/memory';
import { EMPTY_STATE, type TenantState } from '../../lambda/history/state';
import type { WithoutFinding } from '../../lambda/judge/evaluate';
import type { Policy } from '../../lambda/policy/policy';
import type { Step } from '../../lambda/repair/step';
import { DuplicateEvent, runAudit } from '../../lambda/run/run-audit';
import { connectionWith, each, first, NOW, never, odd } from '../connection/sample-connection';
import { createMemoryStore, type MemoryStore } from '../history/memory-store';
import { madeChange } from '../history/sample-record';
import { audit, GRANTED, POLICY, runOf, worldOf } from './fake-audit';

const hidden: Connection = { ...connectionWith({ id: 'con_h', name: 'hidden' }), options: { visibility: 'hidden' } };
const named = (name: string, setting = each) =>
  connectionWith({ id: `con_${name}`, name }, { rootAttributes: setting });

describe('a complete run', () => {
  it('a complete run counts each verdict, and keeps only findings', async () => {
    const { report } = await audit({
      connections: [
        named('right'),
        named('wrong', first),
        named('odd', odd),
        hidden,
        connectionWith({ id: 'con_sms', name: 'sms', strategy: 'sms' }),
        { ...hidden, id: 'con_e', name: 'empty', options: { visibility: 'empty' } },
      ],
    });
    expect(report).toMatchObject({
      complete: true,
      incomplete: null,
      coverage: { listed: 6, judged: 4 },
      summary: { compliant: 1, noncompliant: 2, not_applicable: 1, indeterminate: 2, exempt: 0 },
    });
    expect(report.findings.map(({ connection }) => connection.name)).toEqual(['odd', 'wrong', 'empty', 'hidden']);
  });

  it('a run passes each connection without a finding to noteWithoutFinding, and keeps none of them', async () => {
    const told: WithoutFinding[] = [];
    const sms = connectionWith({ id: 'con_sms', name: 'sms', strategy: 'sms' });
    const { report } = await audit({
      connections: [named('right'), named('wrong', first), hidden, sms],
      world: { noteWithoutFinding: (connection) => told.push(connection) },
    });
    expect(told).toEqual([
      { id: 'con_right', name: 'right', strategy: 'oidc', notApplicable: null },
      { id: 'con_sms', name: 'sms', strategy: 'sms', notApplicable: 'strategy_without_setting' },
    ]);
    expect(JSON.stringify(report)).not.toContain('con_right');
  });

  it('a report contains the data of the requested run', async () => {
    const { report } = await audit({});
    expect(report).toMatchObject({
      runId: 'run-1',
      environment: 'prod',
      tenant: 'example.eu.auth0.com',
      mode: 'report',
      complete: true,
      coverage: { listed: 0, judged: 0 },
    });
    expect(Date.parse(report.startedAt)).toBeGreaterThan(NOW);
    expect(Date.parse(report.finishedAt)).toBeGreaterThan(Date.parse(report.startedAt));
  });

  it('a run orders its findings by severity, regardless of the order of the listing', async () => {
    const connections = [named('b', first), named('a', first), named('c', never)];
    const forward = await audit({ connections });
    const backward = await audit({ connections: [...connections].reverse() });
    expect(forward.report.findings.map(({ connection }) => connection.name)).toEqual(['c', 'a', 'b']);
    expect(backward.report.findings).toEqual(forward.report.findings);
  });

  it('a run keeps the verdict of an exempt connection and counts it as exempt', async () => {
    const permission = { reason: 'r', owner: 'o', ticket: 't', expires: '2999-01-01' };
    const { report } = await audit({
      connections: [named('wrong', first)],
      policy: { ...POLICY, exemptions: [{ name: 'wrong', ...permission }] },
    });
    expect(report.summary).toMatchObject({ noncompliant: 1, exempt: 1 });
    expect(report.findings[0]).toMatchObject({ verdict: 'noncompliant', exemption: permission });
  });

  it('a run reports the number of connections of each unknown strategy', async () => {
    const strange = (name: string) => connectionWith({ id: `con_${name}`, name, strategy: 'quantum-id' });
    const { report } = await audit({ connections: [strange('a'), strange('b')] });
    expect(report.notices).toContainEqual({ code: 'UNKNOWN_STRATEGY', strategy: 'quantum-id', connections: 2 });
  });

  it('a run reports its progress: each connection, the look-up of authors, and the end', async () => {
    const told: Step[] = [];
    await audit({
      connections: [named('a'), named('b', first)],
      scopes: [...GRANTED, 'read:logs'],
      world: { progress: (step) => told.push(step) },
    });
    expect(told).toEqual([
      { kind: 'judged', done: 1 },
      { kind: 'judged', done: 2 },
      { kind: 'log_read', writes: 0 },
      { kind: 'closing' },
    ]);
  });
});

describe('a run in report mode', () => {
  it('a run in report mode requests scopes, connections and authors from the tenant, and nothing else', async () => {
    const { asked, report } = await audit({
      connections: [named('wrong', first)],
      scopes: [...GRANTED, 'update:connections', 'update:connections_options', 'read:logs'],
    });
    expect(asked).toEqual(['access', 'listConnections', 'listWrites']);
    expect(report.findings[0]?.outcome).toBe('planned');
  });

  it('a run in report mode reports the scopes that it does not need', async () => {
    const { report } = await audit({ scopes: [...GRANTED, 'update:connections', 'read:clients'] });
    expect(report.notices).toContainEqual({ code: 'WRITE_SCOPES_IN_REPORT_MODE', scopes: ['update:connections'] });
  });
});

describe('the access', () => {
  const CASES: readonly { scopes: readonly string[]; missing: readonly string[] }[] = [
    { scopes: [], missing: ['read:connections', 'read:connections_options'] },
    { scopes: ['read:connections'], missing: ['read:connections_options'] },
    { scopes: ['read:connections_options'], missing: ['read:connections'] },
    {
      scopes: ['update:connections', 'read:connections_optionsx'],
      missing: ['read:connections', 'read:connections_options'],
    },
  ];
  it.each(CASES)('access with $scopes lacks $missing', async ({ scopes, missing }) => {
    const { report, asked } = await audit({ scopes, connections: [named('a')] });
    expect(asked).toEqual(['access']);
    expect(report).toMatchObject({
      complete: false,
      incomplete: { reason: 'scope_missing', missingScopes: missing },
      coverage: { listed: 0 },
    });
    expect(report.incomplete?.message).toContain(`lacks ${missing.join(' and ')}. Grant it in the Auth0 Dashboard`);
  });

  it('access with unknown scopes is tried, with a warning, and hidden options are indeterminate', async () => {
    const { report } = await audit({ scopes: undefined, connections: [hidden] });
    expect(report.complete).toBe(true);
    expect(report.notices).toContainEqual({ code: 'SCOPES_UNKNOWN' });
    expect(report.findings[0]).toMatchObject({ verdict: 'indeterminate', code: 'OPTIONS_HIDDEN', actual: null });
  });
});

describe('a run that an error ends', () => {
  const fail = (error: unknown) => (): never => {
    throw error;
  };

  it('a run that an error ends keeps what it has read, and is not complete', async () => {
    const { report } = await audit({
      connections: [
        named('a', first),
        named('b'),
        fail(new TenantFailure('no_answer', 'Listing: no answer.')),
        named('c'),
      ],
    });
    expect(report).toMatchObject({
      complete: false,
      incomplete: { reason: 'no_answer', message: 'Listing: no answer.', missingScopes: [] },
      coverage: { listed: 2, judged: 2 },
      summary: { compliant: 1, noncompliant: 1 },
    });
    expect(report.findings).toHaveLength(1);
  });

  it('an incomplete run does not report rules that matched nothing, because it did not read everything', async () => {
    const policy: Policy = { ...POLICY, rules: [{ id: 'rare', match: { name: 'z' }, expect: 'on_first_login' }] };
    const whole = await audit({ policy, connections: [named('a')] });
    const cut = await audit({ policy, connections: [named('a'), fail(new TenantFailure('no_answer', 'x'))] });
    expect(whole.report.notices).toContainEqual({ code: 'RULE_MATCHED_NOTHING', rule: 'rare' });
    expect(cut.report.notices).toEqual([]);
  });

  it('a run that ends before the first connection lists no connection', async () => {
    const access = fail(new TenantFailure('credentials_refused', 'Asking for a token: 401.'));
    const { report } = await audit({ access, connections: [named('a')] });
    expect(report).toMatchObject({
      complete: false,
      incomplete: { reason: 'credentials_refused' },
      coverage: { listed: 0 },
    });
  });

  const FOREIGN: readonly { error: unknown; name: string }[] = [
    { error: new TypeError('Planted secret in a message'), name: 'TypeError' },
    { error: 'Planted text', name: 'string' },
    { error: undefined, name: 'undefined' },
  ];
  it.each(FOREIGN)(
    'a report after a foreign error ($name) names the error and quotes nothing',
    async ({ error, name }) => {
      const { report } = await audit({ connections: [named('a'), fail(error)] });
      expect(report.incomplete).toMatchObject({ reason: 'internal', message: expect.stringContaining(`(${name})`) });
      expect(JSON.stringify(report)).not.toContain('Planted');
    },
  );
});

describe('a run that the operator ends', () => {
  it('a run that the operator ends during the listing keeps what it has read, and is not complete', async () => {
    let looked = 0;
    const isInterrupted = () => {
      looked += 1;
      return looked > 2;
    };
    const connections = [named('a', first), named('b'), named('c', first)];
    const { report } = await audit({ connections, world: { isInterrupted } });
    expect(report).toMatchObject({
      complete: false,
      incomplete: { reason: 'interrupted', missingScopes: [] },
      coverage: { listed: 2 },
    });
  });
});

describe('an event that started a run', () => {
  it('a run of an event that another run has claimed ends before it lists or writes anything', async () => {
    const store = createMemoryStore();
    const asked: string[] = [];
    const world = worldOf(
      { history: createHistory(store, 'example.eu.auth0.com'), isClaimed: async () => true },
      { connections: [named('a', first)] },
      asked,
    );
    await expect(runAudit(runOf(), world)).rejects.toThrow(DuplicateEvent);
    expect([asked, store.texts.size]).toEqual([['access'], 0]);
  });

  it('an event is not claimed if a scope is missing, so that the failure stays visible', async () => {
    const claims: string[] = [];
    const { report } = await audit({
      scopes: [],
      world: {
        isClaimed: async () => {
          claims.push('claimed');
          return true;
        },
      },
    });
    expect([claims, report.incomplete?.reason]).toEqual([[], 'scope_missing']);
  });
});

describe('the state of earlier runs', () => {
  const ids = Array.from({ length: 25 }, (_, index) => `con_gone${index}`);
  const known = { code: 'WRONG_VALUE', firstSeen: '2026-11-01T04:30:00.000Z', name: 'x', strategy: 'oidc' } as const;
  const open = async (change: Partial<TenantState>): Promise<History> => {
    const history = createHistory(createMemoryStore(), 'example.eu.auth0.com');
    await history.writeState({ ...EMPTY_STATE, ...change }, undefined);
    return history;
  };
  const findings = Object.fromEntries(ids.map((id) => [id, { ...known, outcome: 'planned' }]));

  it('every missing finding is resolved as absent if each of the 20 that were read is deleted', async () => {
    const history = await open({ findings });
    const { report, asked } = await audit({
      connections: [named('a')],
      readConnection: async () => undefined,
      world: { history },
    });
    expect(asked.filter((step) => step.startsWith('readConnection'))).toHaveLength(20);
    expect(report.resolved.map(({ connection, how }) => [connection.id, how])).toEqual(ids.map((id) => [id, 'absent']));
    expect((await history.readState()).state.findings).toEqual({});
  });

  it.each([0, 19])('missing findings stay if number %d of those that were read still exists', async (there) => {
    const history = await open({ findings });
    const readConnection: Tenant['readConnection'] = async (id) => (id === ids[there] ? Object({}) : undefined);
    const { report } = await audit({ connections: [named('a')], readConnection, world: { history } });
    expect(report).toMatchObject({ complete: false, incomplete: { reason: 'listing_short' }, resolved: [] });
    expect((await history.readState()).state.findings).toEqual(findings);
  });

  it('findings stay after an empty listing until an operator accepts it', async () => {
    const lastListing = { listed: 1, sample: ['con_gone0'] };
    const history = await open({ findings, lastListing });
    const night = () => audit({ readConnection: async () => undefined, world: { history } });
    expect((await night()).report).toMatchObject({ incomplete: { reason: 'listing_empty' }, resolved: [] });
    const { state, version } = await history.readState();
    await history.writeState({ ...state, acceptedEmpty: { at: known.firstSeen, by: 'ann' } }, version);
    const { report } = await night();
    expect(report).toMatchObject({ complete: true, notices: [{ code: 'LISTING_DROPPED', before: 1, now: 0 }] });
    expect(report.resolved).toHaveLength(25);
  });

  it('a time of the last message in the future sends an alert immediately', async () => {
    const lastTold = '2999-01-01T00:00:00Z';
    const history = await open({ lastTold, trend: [] });
    const { report } = await audit({ connections: [named('a')], world: { history } });
    expect(report.notices).toEqual([{ code: 'LAST_TOLD_IN_FUTURE', at: lastTold }]);
    expect(report.telling).toBe('at_once');
    expect(Date.parse((await history.readState()).state.lastTold ?? '')).toBeLessThan(Date.parse(lastTold));
  });

  const keptPolicyOf = ({ texts }: MemoryStore) => [...texts].filter(([key]) => key.includes('/policies/'));

  it('the text of a policy is kept before the first record, and not again by a later run', async () => {
    const store = createMemoryStore();
    const history = createHistory(store, 'example.eu.auth0.com');
    const policyFingerprint = fingerprint(POLICY);
    for (const runId of ['run-1', 'run-2']) {
      const written: string[] = [];
      store.failWhen((operation, key) => {
        if (operation === 'write') written.push(key.replace(/^.*\.com\//, ''));
        return false;
      });
      await audit({ connections: [named('a')], run: { runId, policyFingerprint }, world: { history } });
      const policy = runId === 'run-1' ? [`policies/${policyFingerprint}.json`] : [];
      expect(written).toEqual([...policy, `runs/${runId}.json`, 'state.json']);
    }
    expect(keptPolicyOf(store)).toEqual([
      [`example.eu.auth0.com/policies/${policyFingerprint}.json`, '{"default":{"expect":"on_each_login"}}'],
    ]);
  });

  it('the record and the page contain the same decision on the alert as the message', async () => {
    const history = await open({});
    const pages: string[] = [];
    const night = (runId: string) =>
      audit({
        connections: [named('a', first)],
        run: { runId },
        world: {
          history,
          writePage: ({ telling }) => {
            pages.push(telling);
            return telling;
          },
        },
      });
    await night('run-1');
    const { report } = await night('run-2');
    const record = await history.readRun('run-2');
    expect([report.telling, pages]).toEqual(['nothing_new', ['at_once', 'nothing_new']]);
    expect(record?.file.report).toMatchObject({ telling: 'nothing_new' });
  });

  it('a policy that could not be kept is reported, and the next run keeps it', async () => {
    const store = createMemoryStore();
    const history = createHistory(store, 'example.eu.auth0.com');
    store.failWhen((_operation, key) => key.includes('/policies/'));
    const { report } = await audit({ connections: [named('a')], world: { history } });
    expect(report).toMatchObject({
      historyFailure: expect.stringMatching(/^Writing memory:.*\/policies\/[0-9a-f]{16}\.json: made to fail\.$/),
      telling: 'at_once',
    });
    expect((await history.readState()).state.keptPolicy).toBeNull();
    store.failWhen(() => false);
    expect((await audit({ connections: [named('a')], world: { history } })).report.historyFailure).toBeNull();
    expect(keptPolicyOf(store)).toHaveLength(1);
  });

  it('a run reports writes that another process settles just before the run finds the lease free', async () => {
    const history = await open({});
    const settled = { change: madeChange([]), people: true, machines: true, claim: null };
    const settling: History = {
      ...history,
      readLease: async () => {
        await keepState(history, (state) => ({ ...state, unreported: { [settled.change.runId]: settled } }));
        return history.readLease();
      },
    };
    const { report } = await audit({ world: { history: settling } });
    expect(report.earlierChanges.map(({ change }) => change)).toEqual([settled.change]);
  });

  it('an unannounced run changes only the list of runs and the kept policy in the state', async () => {
    const history = await open({ findings });
    const before = (await history.readState()).state;
    await audit({
      connections: [named('a', first)],
      readConnection: async () => undefined,
      run: { by: 'ann on laptop' },
      world: { history, isUnannounced: true },
    });
    const runs = [expect.objectContaining({ runId: 'run-1', by: 'ann on laptop', mode: 'report', listed: 1 })];
    expect((await history.readState()).state).toEqual({ ...before, runs, keptPolicy: 'made-up' });
  });
});
