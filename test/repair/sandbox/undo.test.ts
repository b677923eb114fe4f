import { keepState } from '../../../lambda/history/memory';
import { holdAll, releaseHolds } from '../../../lambda/history/state';
import type { Undone } from '../../../lambda/repair/undo';
import { encryptedConfiguration } from '../../../sandbox/seed-options';
import {
  closeScenarios,
  EACH,
  FIRST,
  findingOf,
  openScenario,
  outcomesIn,
  type Scenario,
  TENANT,
  turnInto,
  withSetting,
} from './scenario';
import { compliant, drifted, pathOf } from './tenants';

afterEach(closeScenarios);

const outcomesOf = (undone: readonly Undone[]) => undone.map(({ outcome }) => outcome);

/** Sets the holds, like the command after an undo. */
async function hold({ history }: Scenario, undone: readonly Undone[], runId: string): Promise<void> {
  const since = '2026-01-05T05:00:00.000Z';
  const holds = undone.flatMap(({ connectionId, expectation }) =>
    expectation === null ? [] : [[connectionId, { runId, since, by: null, expectation }] as const],
  );
  const kept = await keepState(history, (state) => holdAll(state, Object.fromEntries(holds)));
  expect(kept.failure).toBeNull();
}

describe('an undo', () => {
  it.each([
    { claim: 'restores a value if the repair removed the key', seed: drifted('samlp', 2), policy: EACH },
    { claim: 'restores a value if the repair wrote another', seed: drifted('okta', 2), policy: EACH },
    { claim: 'removes the key if the repair added it', seed: compliant('okta', 2), policy: FIRST },
    { claim: 'removes the key if an absent key is a value', seed: compliant('waad', 2), policy: FIRST },
  ])('an undo $claim, and changes nothing else', async ({ seed, policy }) => {
    const scenario = await openScenario({ policy, sandbox: { seed } });
    const before = scenario.stored();
    expect(outcomesIn(await scenario.run())).toEqual({ remediated: 2 });
    expect(scenario.stored()).not.toEqual(before);
    expect(outcomesOf(await scenario.undo('run-1'))).toEqual(['restored', 'restored']);
    expect(scenario.stored()).toEqual(before);
    const [last] = scenario.requests('PATCH').slice(-1);
    expect(last?.headers['x-correlation-id']).toBe('undo-of-run-1');
  });

  it.each(['samlp', 'okta', 'google-oauth2'])('an undo sends the same fields as a repair for %s', async (strategy) => {
    const [connection] = drifted(strategy, 1);
    const seed = { ...connection, id: 'con_1', name: 'one', strategy, options: connection?.options ?? {} };
    const scenario = await openScenario({ sandbox: { seed: [{ ...seed, is_domain_connection: true }] } });
    await scenario.run();
    await scenario.undo('run-1');
    const fieldsOf = (body: string | undefined): object => {
      const { options: _, ...fields }: Record<string, unknown> = JSON.parse(body ?? '{}');
      return fields;
    };
    const [repair, undo] = scenario.requests('PATCH').map(({ body }) => fieldsOf(body));
    expect(repair).toMatchObject({ display_name: 'Customer 001', is_domain_connection: true, show_as_button: true });
    expect(repair).not.toHaveProperty('realms');
    expect(undo).toEqual(repair);
  });

  it('an undo restores never_on_login only if that is allowed, even if no rule would write it', async () => {
    const [connection] = drifted('okta', 1);
    if (connection === undefined) throw new Error('no connection');
    const never = { ...connection, options: { ...connection.options, set_user_root_attributes: 'never_on_login' } };
    const scenario = await openScenario({ sandbox: { seed: [never] } });
    const before = scenario.stored();
    await scenario.run();
    expect(await scenario.undo('run-1')).toMatchObject([{ outcome: 'skipped_unsafe', unsafe: 'stops_user_creation' }]);
    expect(scenario.stored()).not.toEqual(before);
    const undone = await scenario.undo('run-1', { allowsNeverOnLogin: true });
    expect(outcomesOf(undone)).toEqual(['restored']);
    expect(scenario.stored()).toEqual(before);
  });

  it('an undo sends no write if the permission ended after the fresh read', async () => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 2) } });
    await scenario.run();
    const before = scenario.stored();
    const undone = await scenario.undo('run-1', { mayStillWrite: () => false });
    expect(outcomesOf(undone)).toEqual(['not_tried', 'not_tried']);
    expect(scenario.stored()).toEqual(before);
  });

  it('an undo is limited to the connections of its run', async () => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 2) } });
    await scenario.run();
    for (const later of drifted('samlp', 2)) scenario.sandbox.tenant.add(later);
    const between = scenario.stored();
    await scenario.run();
    const undone = await scenario.undo('run-2');
    expect(undone.map(({ connectionId }) => connectionId)).toEqual(['con_samlp001', 'con_samlp002']);
    expect(scenario.stored()).toEqual(between);
  });

  it('an undo of a run that changed nothing has nothing to do, and an unknown run has no record', async () => {
    const scenario = await openScenario({ sandbox: { seed: compliant('okta', 2) } });
    await scenario.run();
    expect(await scenario.history.readRun('run-9')).toBeUndefined();
    expect(await scenario.undo('run-1')).toEqual([]);
  });

  it('an undo does not change a value that another writer set since', async () => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 3) } });
    await scenario.run();
    const moved = { ...drifted('okta', 1)[0]?.options, set_user_root_attributes: 'never_on_login' };
    scenario.sandbox.tenant.patch('con_okta001', { options: moved });
    const before = scenario.stored();
    const undone = await scenario.undo('run-1', { limitTo: ({ connectionId }) => connectionId === 'con_okta001' });
    expect(outcomesOf(undone)).toEqual(['moved']);
    expect(scenario.stored()).toEqual(before);
  });

  it('an undo keeps other changes of the connection since the run', async () => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 1) } });
    await scenario.run();
    const options = { ...drifted('okta', 1)[0]?.options, set_user_root_attributes: 'on_each_login', scope: 'openid' };
    scenario.sandbox.tenant.patch('con_okta001', { display_name: 'Renamed', options });
    const before = scenario.stored().get('con_okta001');
    expect(outcomesOf(await scenario.undo('run-1'))).toEqual(['restored']);
    expect(scenario.stored().get('con_okta001')).toEqual(withSetting(before, 'on_first_login'));
  });

  it('an undo reports each connection that cannot be restored', async () => {
    const scenario = await openScenario({ sandbox: { seed: [...drifted('okta', 2), ...drifted('samlp', 2)] } });
    const { sandbox, run, undo, stored } = scenario;
    await run();
    const { tenant, faults } = sandbox;
    tenant.remove('con_okta001');
    tenant.add({
      id: 'con_okta002',
      name: 'okta-002',
      strategy: 'auth0',
      options: {
        ...drifted('okta', 1)[0]?.options,
        enabledDatabaseCustomization: true,
        set_user_root_attributes: 'on_each_login',
        configuration: encryptedConfiguration('a'),
      },
    });
    tenant.add({
      id: 'con_samlp001',
      name: 'samlp-001',
      strategy: 'samlp',
      options: drifted('samlp', 1)[0]?.options ?? {},
    });
    faults.add({ name: 'status', status: 403 }, { method: 'PATCH', path: pathOf('con_samlp002') });
    const before = stored();
    const undone = await undo('run-1');
    expect(Object.fromEntries(undone.map(({ connectionId, outcome }) => [connectionId, outcome]))).toEqual({
      con_okta001: 'gone',
      con_okta002: 'skipped_unsafe',
      con_samlp001: 'already_restored',
      con_samlp002: 'failed',
    });
    expect(stored()).toEqual(before);
  });

  it('an undo is verified like a repair and names a changed key', async () => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 1) } });
    await scenario.run();
    const stored = scenario.stored().get('con_okta001');
    const options = { ...drifted('okta', 1)[0]?.options, client_id: 'changed' };
    turnInto(scenario.sandbox, { ...stored, options });
    const [undone] = await scenario.undo('run-1');
    expect(undone).toMatchObject({
      outcome: 'failed_verification',
      detail: expect.stringContaining('options.client_id'),
    });
  });

  it('an undo that something other than Auth0 rejected is in doubt', async () => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 2) } });
    await scenario.run();
    const own = { statusCode: 429, error: 'Too Many Requests', message: 'Global limit has been reached' };
    scenario.sandbox.faults.add({ name: 'status', status: 429, apply: true }, { method: 'PATCH' });
    scenario.sandbox.faults.add({ name: 'status', status: 429, body: own }, { method: 'PATCH', nth: 2 });
    expect(await scenario.undo('run-1')).toMatchObject([
      { outcome: 'failed', isInDoubt: true },
      { outcome: 'failed', isInDoubt: false },
    ]);
  });

  it('an undo without an answer is judged by a second read', async () => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 2) } });
    const before = scenario.stored();
    await scenario.run();
    scenario.sandbox.faults.add({ name: 'reset_after' }, { method: 'PATCH' });
    scenario.sandbox.faults.add({ name: 'half_json' }, { method: 'PATCH', nth: 2 });
    expect(outcomesOf(await scenario.undo('run-1'))).toEqual(['restored', 'restored']);
    expect(scenario.stored()).toEqual(before);
    expect(scenario.requests('PATCH')).toHaveLength(4);
  });

  it('an undo refuses a record with other ids, values or tenants', async () => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 2) } });
    await scenario.run();
    const key = `${TENANT}/runs/run-1.json`;
    const text = scenario.store.texts.get(key) ?? '';
    for (const forged of [
      text.replace('"before":"on_first_login"', '"before":"sometimes"'),
      text.replace('"before":"on_first_login"', '"before":{"$set":1}'),
      text.replaceAll('"id":"con_okta001"', '"id":"../../clients/x"'),
      text.replace(`"tenant":"${TENANT}"`, '"tenant":"other.eu.auth0.com"'),
      text.slice(0, -5),
    ]) {
      scenario.store.put(key, forged);
      await expect(scenario.undo('run-1')).rejects.toThrow(/not a record of that run/);
    }
    expect(scenario.requests('PATCH')).toHaveLength(2);
  });
});

describe('a connection whose repair was undone', () => {
  it('an undone connection is on hold and is not repaired until the hold is released', async () => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 2) } });
    await scenario.run();
    await hold(
      scenario,
      await scenario.undo('run-1', { limitTo: ({ connectionId }) => connectionId === 'con_okta001' }),
      'run-1',
    );
    scenario.clock.advance(60_000);
    const undone = scenario.stored();
    expect(outcomesIn(await scenario.run())).toEqual({ held: 1 });
    expect(outcomesIn(await scenario.run({ mode: 'report' }))).toEqual({ held: 1 });
    expect(scenario.stored()).toEqual(undone);
    const released = await keepState(scenario.history, (state) => releaseHolds(state, new Set(['con_okta001'])));
    expect(released.failure).toBeNull();
    expect(outcomesIn(await scenario.run())).toEqual({ remediated: 1 });
  });

  it('an undone connection is on hold until its rule has another id', async () => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 1) } });
    await scenario.run();
    await hold(scenario, await scenario.undo('run-1'), 'run-1');
    scenario.clock.advance(60_000);
    const policy = {
      rules: [{ id: 'okta', match: { strategy: 'okta' }, expect: 'on_each_login' }],
      default: { expect: 'on_each_login' },
    } as const;
    const report = await scenario.run({ policy });
    expect(findingOf(report, 'con_okta001').outcome).toBe('remediated');
  });

  it('an undo does not count as a repair for the quarantine', async () => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 1) } });
    await scenario.run();
    await scenario.undo('run-1');
    const { state } = await scenario.history.readState();
    expect(state.repairs.con_okta001).toHaveLength(1);
  });
});
