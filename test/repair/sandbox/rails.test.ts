import type { Finding } from '../../../lambda/judge/finding';
import type { World } from '../../../lambda/run/world';
import { ALL_SCOPES } from '../../../sandbox/auth0/access';
import { closeScenarios, FIRST, findingOf, openScenario, outcomesIn, TENANT, turnInto } from './scenario';
import { compliant, drifted, pathOf, withKey } from './tenants';

afterEach(closeScenarios);

describe('caps', () => {
  const seed = [...drifted('okta', 6), ...compliant('okta', 34)];

  it.each([
    { claim: 'allow a plan of their size', caps: { maxChanges: 6, maxPercent: 15 }, fixed: true },
    { claim: 'stop a plan that is larger than the number', caps: { maxChanges: 5, maxPercent: 100 }, fixed: false },
    {
      claim: 'stop a plan that is larger than the percentage',
      caps: { maxChanges: 100, maxPercent: 14 },
      fixed: false,
    },
    { claim: 'of zero stop every plan', caps: { maxChanges: 0, maxPercent: 100 }, fixed: false },
    { claim: 'stop every plan if they are missing', caps: undefined, fixed: false },
  ])('caps $claim', async ({ caps, fixed }) => {
    const { run, requests, stored } = await openScenario({ sandbox: { seed } });
    const before = stored();
    const report = await run({ caps });
    expect(outcomesIn(report)).toEqual(fixed ? { remediated: 6 } : { skipped_cap: 6 });
    expect(requests('PATCH')).toHaveLength(fixed ? 6 : 0);
    expect(report.notices.some(({ code }) => code === 'CAP_EXCEEDED')).toBe(!fixed);
    if (!fixed) expect(stored()).toEqual(before);
  });

  it('caps allow three changes in a small tenant with any percentage', async () => {
    const { run } = await openScenario({ sandbox: { seed: drifted('okta', 3) } });
    expect(outcomesIn(await run({ caps: { maxChanges: 10, maxPercent: 5 } }))).toEqual({ remediated: 3 });
  });

  it('caps are only reported in report mode', async () => {
    const { run, requests } = await openScenario({ sandbox: { seed } });
    const report = await run({ mode: 'report', caps: { maxChanges: 5, maxPercent: 100 } });
    expect(outcomesIn(report)).toEqual({ planned: 6 });
    expect(report.notices).toContainEqual({ code: 'CAP_EXCEEDED', planned: 6, allowed: 5 });
    expect(requests('PATCH')).toEqual([]);
  });
});

describe('the first repair of a strategy', () => {
  it('the first repair of a strategy is made alone', async () => {
    const { sandbox, run, clock, requests } = await openScenario({ sandbox: { seed: drifted('okta', 12) } });
    const slowly = { name: 'before', run: () => clock.holdUp(50) } as const;
    sandbox.faults.add(slowly, { path: '/api/v2/connections/*', times: Number.POSITIVE_INFINITY });
    await run();
    const asked = requests().filter(({ path }) => path.startsWith('/api/v2/connections/'));
    expect(asked.slice(0, 2).map(({ method }) => method)).toEqual(['GET', 'PATCH']);
    expect(new Set(asked.slice(0, 2).map(({ path }) => path)).size).toBe(1);
    expect(asked[2]?.at).toBeGreaterThan(asked[1]?.at ?? 0);
  });

  it('the first repair of a strategy stops its strategy when it fails, and other strategies continue', async () => {
    const seed = [...drifted('okta', 4), ...drifted('oidc', 4), ...drifted('samlp', 1)];
    const { sandbox, run, requests } = await openScenario({ sandbox: { seed } });
    sandbox.faults.add({ name: 'status', status: 400 }, { method: 'PATCH', path: pathOf('con_okta001') });
    const report = await run();
    expect(outcomesIn(report)).toEqual({ failed: 1, 'skipped_stopped canary': 3, remediated: 5 });
    expect(requests().filter(({ path }) => /con_okta00[234]/.test(path))).toEqual([]);
  });

  it('the first repair of a strategy stops its strategy if another key changed, and names the key', async () => {
    const seed = [...drifted('okta', 3), ...drifted('oidc', 2)];
    const { sandbox, run } = await openScenario({ sandbox: { seed } });
    const body = withKey(seed[0], 'client_id');
    turnInto(sandbox, body);
    const report = await run();
    expect(outcomesIn(report)).toEqual({ failed_verification: 1, 'skipped_stopped canary': 2, remediated: 2 });
    const { change, detail } = findingOf(report, 'con_okta001');
    expect(change?.otherKeysChanged).toContain('options.client_id');
    expect(change?.otherKeysChanged).not.toContain('options.set_user_root_attributes');
    expect(detail).toContain('options.client_id');
    expect(detail).not.toContain('changed');
  });

  it('the next repair of a strategy is its canary if the first one has nothing to write', async () => {
    const seed = drifted('okta', 5);
    const { sandbox, run } = await openScenario({ sandbox: { seed } });
    const { tenant, faults } = sandbox;
    const fix = () =>
      tenant.add({
        ...compliant('okta', 1)[0],
        id: 'con_okta001',
        name: 'okta-001',
        strategy: 'okta',
        options: { a: 1 },
      });
    faults.add({ name: 'before', run: fix }, { method: 'GET', path: pathOf('con_okta001') });
    faults.add(
      { name: 'before', run: () => void tenant.remove('con_okta002') },
      { method: 'GET', path: pathOf('con_okta002') },
    );
    faults.add({ name: 'status', status: 400 }, { method: 'PATCH', path: pathOf('con_okta003') });
    expect(outcomesIn(await run())).toEqual({ already_compliant: 1, gone: 1, failed: 1, 'skipped_stopped canary': 2 });
  });
});

describe('later repairs', () => {
  it('later repairs of a strategy stop after one that cannot be verified', async () => {
    const seed = [...drifted('okta', 60), ...drifted('samlp', 2)];
    const { sandbox, run, requests } = await openScenario({ sandbox: { seed } });
    const body = withKey(seed[4], 'client_id');
    turnInto(sandbox, body);
    const outcomes = outcomesIn(await run());
    expect(outcomes.failed_verification).toBe(1);
    // Only repairs that are in progress at that time can still be written.
    expect(requests('PATCH').length).toBeLessThanOrEqual(1 + 4 + 2 * 8);
    expect(outcomes['skipped_stopped failures']).toBeGreaterThanOrEqual(60 - 4 - 2 * 8);
  });

  it('later repairs are not sent if another one failed while they waited for the rate limit', async () => {
    const seed = drifted('okta', 20);
    const { sandbox, run, requests } = await openScenario({
      sandbox: { seed, rateLimit: [{ burst: 4, refill: 2, intervalMs: 1_000 }] },
      transport: { reservePercent: 0 },
    });
    const body = withKey(seed[1], 'client_id');
    turnInto(sandbox, body, { nth: 2 });
    const outcomes = outcomesIn(await run());
    expect(outcomes).toEqual({ remediated: 1, failed_verification: 1, 'skipped_stopped failures': 18 });
    expect(requests('PATCH')).toHaveLength(2);
  });

  it('later repairs of the run stop if too many fail', async () => {
    const seed = [...drifted('okta', 30), ...drifted('samlp', 30)];
    const { sandbox, run, requests } = await openScenario({ sandbox: { seed } });
    sandbox.faults.add({ name: 'status', status: 400 }, { method: 'PATCH', nth: 3, times: Number.POSITIVE_INFINITY });
    const outcomes = outcomesIn(await run());
    expect(outcomes.remediated).toBe(2);
    expect(outcomes.failed).toBeGreaterThanOrEqual(3);
    expect(outcomes['skipped_stopped failures']).toBeGreaterThanOrEqual(60 - 2 - 3 - 8);
    expect(requests('PATCH').length).toBeLessThanOrEqual(2 + 3 + 8);
  });

  it('later repairs continue if few of many fail', async () => {
    const { sandbox, run } = await openScenario({ sandbox: { seed: drifted('okta', 40) } });
    sandbox.faults.add({ name: 'status', status: 400 }, { method: 'PATCH', nth: 20, times: 3 });
    expect(outcomesIn(await run())).toEqual({ remediated: 37, failed: 3 });
  });
});

describe('the kill switch', () => {
  const seed = drifted('okta', 60);

  it.each([
    { claim: 'is set to stop', mayWrite: async () => 'stop' as const, stopped: 'kill_switch' },
    { claim: 'has an unknown value', mayWrite: async () => 'unreadable' as const, stopped: 'kill_switch_unreadable' },
    {
      claim: 'cannot be read',
      mayWrite: () => Promise.reject(new Error('throttled')),
      stopped: 'kill_switch_unreadable',
    },
  ])('a kill switch that $claim stops every write', async ({ mayWrite, stopped }) => {
    const { run, requests } = await openScenario({ sandbox: { seed } });
    const report = await run({ mayWrite });
    expect(outcomesIn(report)).toEqual({ [`skipped_stopped ${stopped}`]: 60 });
    expect(report.complete).toBe(true);
    expect(requests().filter(({ path }) => path.startsWith('/api/v2/connections/'))).toEqual([]);
  });

  it('the kill switch is read again during a long run and stops the remaining repairs', async () => {
    const { run, clock, requests } = await openScenario({ sandbox: { seed, rateLimit: 'nonProduction' } });
    const begun = clock.now();
    let asked = 0;
    const mayWrite = async () => {
      asked += 1;
      return clock.now() - begun < 20_000 ? ('allow' as const) : ('stop' as const);
    };
    const outcomes = outcomesIn(await run({ mayWrite }));
    // Before the first write, and after 30 seconds.
    expect(asked).toBe(2);
    expect(outcomes.remediated).toBeGreaterThan(10);
    expect(outcomes['skipped_stopped kill_switch']).toBe(60 - (outcomes.remediated ?? 0));
    // The value changes after 20 s. All repairs notice it at 30 s, also one that waits at that time.
    expect(Math.max(...requests('PATCH').map(({ at }) => at - begun))).toBeLessThanOrEqual(30_000);
  });
});

describe('the time limit', () => {
  it('the next run continues with the repairs that a run left at its time limit', async () => {
    const seed = drifted('okta', 60);
    const { run, clock, requests } = await openScenario({ sandbox: { seed, rateLimit: 'nonProduction' } });
    const report = await run({ stopAt: clock.now() + 20_000 });
    const { remediated = 0, 'skipped_stopped time': left = 0 } = outcomesIn(report);
    expect(remediated).toBeGreaterThan(10);
    expect(remediated + left).toBe(60);
    expect(report).toMatchObject({ complete: false, incomplete: { reason: 'out_of_time' } });
    expect(outcomesIn(await run())).toEqual({ remediated: left });
    expect(new Set(requests('PATCH').map(({ path }) => path)).size).toBe(60);
    expect(requests('PATCH')).toHaveLength(60);
  });

  it('a run writes nothing after the deadline of the client', async () => {
    const { run, clock, requests } = await openScenario({
      sandbox: { seed: drifted('okta', 60), rateLimit: 'nonProduction' },
    });
    const deadline = clock.now() + 15_000;
    const report = await run({ transport: { deadline } });
    expect(report.complete).toBe(false);
    expect(Object.keys(outcomesIn(report)).sort()).toEqual(['remediated', 'skipped_stopped time']);
    expect(Math.max(...requests().map(({ at }) => at))).toBeLessThanOrEqual(deadline);
  });
});

describe('the lease', () => {
  const seed = drifted('okta', 3);
  const KEY = `${TENANT}/lease.json`;

  it('a run without the lease only reports', async () => {
    const { run, store, clock, requests } = await openScenario({ sandbox: { seed } });
    store.put(KEY, JSON.stringify({ owner: 'another', until: clock.now() + 60_000 }));
    expect(outcomesIn(await run())).toEqual({ 'skipped_stopped lease': 3 });
    expect(requests('PATCH')).toEqual([]);
    clock.advance(60_001);
    expect(outcomesIn(await run())).toEqual({ remediated: 3 });
  });

  it('an unreadable lease counts as held', async () => {
    const { run, store, requests } = await openScenario({ sandbox: { seed } });
    store.put(KEY, 'not JSON');
    expect(outcomesIn(await run())).toEqual({ 'skipped_stopped lease': 3 });
    expect(requests('PATCH')).toEqual([]);
  });

  it('one of two runs that start at the same time gets the lease', async () => {
    const { run, requests } = await openScenario({ sandbox: { seed } });
    const reports = await Promise.all([run(), run()]);
    const outcomes = reports.map(outcomesIn);
    expect(outcomes).toContainEqual({ remediated: 3 });
    expect(requests('PATCH')).toHaveLength(3);
  });

  it('a run releases the lease, so that the next run can take it', async () => {
    const { run, store } = await openScenario({ sandbox: { seed } });
    await run();
    expect(JSON.parse(store.texts.get(KEY) ?? '')).toEqual({ owner: '', until: 0, unsettled: [] });
  });

  it('a run whose lease cannot be released still reports its repairs', async () => {
    const { run, store } = await openScenario({ sandbox: { seed } });
    store.failWhen(
      (operation, key, text) => operation === 'write' && key === KEY && text?.includes('"until":0') === true,
    );
    const report = await run();
    expect(outcomesIn(report)).toEqual({ remediated: 3 });
    expect(report.historyFailure).toContain('lease.json');
    expect(store.texts.get(`${TENANT}/runs/run-1.json`)).toContain('"phase":"ended"');
  });
});

describe('a history', () => {
  const seed = drifted('okta', 3);
  it.each([
    { claim: 'whose state cannot be read', operation: 'read', part: 'state.json' },
    { claim: 'whose lease cannot be read', operation: 'read', part: 'lease.json' },
    { claim: 'whose lease cannot be written', operation: 'write', part: 'lease.json' },
    { claim: 'that cannot store the plan', operation: 'write', part: 'runs/' },
  ])('a history $claim stops every write, and the run still reports', async ({ operation, part }) => {
    const { run, store, requests, stored } = await openScenario({ sandbox: { seed } });
    const before = stored();
    store.failWhen((tried, key) => tried === operation && key.includes(part));
    const report = await run();
    expect(outcomesIn(report)).toEqual({ 'skipped_stopped history': 3 });
    expect(report.historyFailure).toContain(part);
    expect(requests('PATCH')).toEqual([]);
    expect(stored()).toEqual(before);
  });

  it('a history whose state is not a state file of this auditor stops every write', async () => {
    const { run, store, requests } = await openScenario({ sandbox: { seed } });
    store.put(`${TENANT}/state.json`, '{"holds":"none"}');
    expect(outcomesIn(await run())).toEqual({ 'skipped_stopped history': 3 });
    expect(requests('PATCH')).toEqual([]);
  });

  it('a history whose state has a newer version stops every write, is reported, and keeps the state', async () => {
    const { run, store, requests } = await openScenario({ sandbox: { seed } });
    const text = '{"version":3,"controls":{}}';
    store.put(`${TENANT}/state.json`, text);
    const report = await run();
    expect(outcomesIn(report)).toEqual({ 'skipped_stopped history': 3 });
    expect(report.historyFailure).toBe(
      `memory:${TENANT}/state.json has version 3, but this auditor reads versions up to 2. Deploy the newer version of the auditor again.`,
    );
    expect(requests('PATCH')).toEqual([]);
    expect(store.texts.get(`${TENANT}/state.json`)).toBe(text);
  });

  it('a history that fails after the writes does not hide them', async () => {
    const { run, store } = await openScenario({ sandbox: { seed } });
    store.failWhen(
      (operation, key, text) => operation === 'write' && (key.includes('state') || text?.includes('"ended"') === true),
    );
    const report = await run();
    expect(outcomesIn(report)).toEqual({ remediated: 3 });
    expect(report.historyFailure).not.toBeNull();
  });
});

describe('runs that write nothing', () => {
  const seed = drifted('okta', 3);

  it.each(['update:connections', 'update:connections_options'])(
    'a run without the scope %s writes nothing',
    async (scope) => {
      const scopes = ALL_SCOPES.filter((granted) => granted !== scope);
      const { run, requests } = await openScenario({ sandbox: { seed, scopes } });
      const report = await run();
      expect(outcomesIn(report)).toEqual({ 'skipped_stopped scope': 3 });
      expect(report.complete).toBe(true);
      expect(report.notices).toContainEqual({ code: 'WRITE_SCOPES_MISSING' });
      expect(requests('PATCH')).toEqual([]);
    },
  );

  it('a run with unknown scopes writes nothing', async () => {
    const { run, requests } = await openScenario({
      sandbox: { seed, omitScopeInTokenAnswer: true, jwtScopes: 'absent' },
    });
    expect(outcomesIn(await run())).toEqual({ 'skipped_stopped scope': 3 });
    expect(requests('PATCH')).toEqual([]);
  });

  it('a run with an incomplete listing writes nothing', async () => {
    const { sandbox, run, requests } = await openScenario({
      sandbox: { seed: [...drifted('okta', 90), ...drifted('oidc', 30)] },
    });
    const second = { method: 'GET', path: '/api/v2/connections', nth: 2, times: Number.POSITIVE_INFINITY };
    sandbox.faults.add({ name: 'status', status: 503 }, second);
    const report = await run();
    expect(report.complete).toBe(false);
    expect(outcomesIn(report)).toEqual({ skipped_incomplete: 100 });
    expect(requests('PATCH')).toEqual([]);
  });

  it('a run writes nothing if the operator declines, and the operator sees exactly the plan', async () => {
    const { run, requests } = await openScenario({ sandbox: { seed: [...seed, ...compliant('okta', 2)] } });
    let shown: readonly Finding[] = [];
    const decline = async (planned: readonly Finding[]) => {
      shown = planned;
      return 'declined' as const;
    };
    expect(outcomesIn(await run({ approve: decline }))).toEqual({ 'skipped_stopped declined': 3 });
    expect(shown.map(({ connection }) => connection.id)).toEqual(['con_okta001', 'con_okta002', 'con_okta003']);
    expect(requests('PATCH')).toEqual([]);
  });

  it('the first run of a tenant can be stopped in the approval, and the second run writes', async () => {
    const { run, requests } = await openScenario({ sandbox: { seed } });
    const approve: World['approve'] = async (_planned, { isFirstRun }) => (isFirstRun ? 'first_run' : undefined);
    expect(outcomesIn(await run({ approve }))).toEqual({ 'skipped_stopped first_run': 3 });
    expect(requests('PATCH')).toEqual([]);
    expect(outcomesIn(await run({ approve }))).toEqual({ remediated: 3 });
  });

  it('a run writes nothing after an operator ended it, and is then incomplete', async () => {
    const { run, requests } = await openScenario({ sandbox: { seed: drifted('okta', 30) } });
    const isInterrupted = () => requests('PATCH').length > 0;
    const report = await run({ isInterrupted });
    const { remediated = 0, 'skipped_stopped interrupted': left = 0 } = outcomesIn(report);
    expect([remediated, left]).toEqual([1, 29]);
    expect(report).toMatchObject({ complete: false, incomplete: { reason: 'interrupted' } });
    expect(outcomesIn(await run())).toEqual({ remediated: 29 });
  });

  it('a run in report mode writes nothing, and its plan is what remediate mode carries out', async () => {
    const { run, requests } = await openScenario({ policy: FIRST, sandbox: { seed: compliant('samlp', 5) } });
    const planned = await run({ mode: 'report' });
    expect(outcomesIn(planned)).toEqual({ planned: 5 });
    expect(
      requests()
        .filter(({ method }) => method !== 'GET')
        .map(({ path }) => path),
    ).toEqual(['/oauth/token']);
    const { findings } = await run();
    expect(findings.map(({ connection, repair }) => [connection.id, repair])).toEqual(
      planned.findings.map(({ connection, repair }) => [connection.id, repair]),
    );
    expect(outcomesIn({ ...planned, findings })).toEqual({ remediated: 5 });
  });
});

describe('quarantine', () => {
  it('a quarantine stops repairs of a connection after three in seven days, until the seven days end', async () => {
    const [connection] = drifted('okta', 1);
    if (connection === undefined) throw new Error('no connection');
    const { sandbox, run, clock, requests } = await openScenario({ sandbox: { seed: [connection] } });
    const oneDay = 24 * 60 * 60 * 1000;
    const outcomes: unknown[] = [];
    for (let day = 1; day <= 8; day += 1) {
      sandbox.tenant.add(connection);
      outcomes.push(findingOf(await run(), connection.id).outcome);
      clock.advance(oneDay);
    }
    const kept = Array.from({ length: 4 }, () => 'quarantined');
    expect(outcomes).toEqual(['remediated', 'remediated', 'remediated', ...kept, 'remediated']);
    expect(requests('PATCH')).toHaveLength(4);
  });
});

describe('a hold', () => {
  it('a hold that an operator sets during the run is applied', async () => {
    const { run, history, requests } = await openScenario({ sandbox: { seed: drifted('okta', 3) } });
    const since = '2026-01-05T04:00:00.000Z';
    const hold = { runId: 'run-0', since, by: null, expectation: 'default: on_each_login' };
    const approve = async () => {
      const { state, version } = await history.readState();
      await history.writeState({ ...state, holds: { con_okta002: hold } }, version);
      return undefined;
    };
    expect(outcomesIn(await run({ approve }))).toEqual({ remediated: 2, held: 1 });
    expect(requests('PATCH').map(({ path }) => path)).not.toContain(pathOf('con_okta002'));
  });
});
