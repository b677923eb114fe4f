import { closeScenarios, FIRST, openScenario, outcomesIn, type Scenario, withSetting } from './scenario';
import { compliant, drifted } from './tenants';

afterEach(closeScenarios);

const SEED = [...drifted('okta', 4), ...drifted('samlp', 4), ...compliant('oidc', 2)];

function expectAllRepaired({ stored }: Scenario, before: ReturnType<Scenario['stored']>): void {
  for (const [id, connection] of before) {
    const target = id.startsWith('con_samlp') || id.endsWith('ok') ? undefined : 'on_each_login';
    expect([id, stored().get(id)]).toEqual([id, withSetting(connection, target)]);
  }
}

/** The paths of all PATCHes that reached the tenant, to detect a duplicate. */
function writesOf({ requests }: Scenario): readonly string[] {
  return requests('PATCH')
    .filter(({ faults }) => !faults.includes('reset'))
    .map(({ path }) => path);
}

describe('a run after an interrupted run', () => {
  const CUTS = Array.from({ length: 18 }, (_, index) => [
    { cut: index + 1, last: 'answered' },
    { cut: index + 1, last: 'applied and not answered' },
  ]).flat();

  it.each(CUTS)(
    'a run after an interruption at $cut requests ($last) repairs the rest and writes nothing twice',
    async ({ cut, last }) => {
      const scenario = await openScenario({ sandbox: { seed: SEED } });
      const before = scenario.stored();
      if (last !== 'answered') scenario.sandbox.faults.add({ name: 'reset_after' }, { nth: cut });
      // From this request on, nothing is answered and nothing is applied.
      scenario.sandbox.faults.add({ name: 'reset' }, { nth: cut + 1, times: Number.POSITIVE_INFINITY });
      await scenario.run({ transport: { retryBudget: 0 } });
      const written = writesOf(scenario);

      scenario.sandbox.faults.clear();
      // One day later the lease of the interrupted run has ended.
      scenario.clock.advance(24 * 60 * 60 * 1000);
      const report = await scenario.run();
      expect(report.complete).toBe(true);
      expectAllRepaired(scenario, before);
      expect(new Set(writesOf(scenario)).size).toBe(8);
      expect(writesOf(scenario)).toHaveLength(8);
      expect(writesOf(scenario).slice(0, written.length)).toEqual(written);
    },
  );

  it('a killed run leaves its lease and its planned record, and a run after the lease repairs the rest', async () => {
    const scenario = await openScenario({ sandbox: { seed: SEED } });
    const { sandbox, store, clock, requests } = scenario;
    const before = scenario.stored();
    const killed = new Promise<void>((kill) => {
      const freeze = () => {
        kill();
        // The request is never answered, as if the process was killed.
        return new Promise<void>(() => {});
      };
      sandbox.faults.add({ name: 'after_apply', run: freeze }, { method: 'PATCH', nth: 3 });
    });
    const overBy = clock.now() + 600_000;
    void scenario.run({ overBy });
    await killed;
    expect(store.texts.get('example.eu.auth0.com/runs/run-1.json')).toContain('"phase":"planned"');

    sandbox.faults.clear();
    expect(outcomesIn(await scenario.run())).toMatchObject({ 'skipped_stopped lease': expect.any(Number) });
    clock.advance(600_001);
    await scenario.run();
    expectAllRepaired(scenario, before);
    expect(new Set(requests('PATCH').map(({ path }) => path)).size).toBe(8);
  });

  it('an interrupted run can be undone: its writes are restored, and nothing else changes', async () => {
    const scenario = await openScenario({ sandbox: { seed: SEED } });
    const before = scenario.stored();
    scenario.store.failWhen((operation, _, text) => operation === 'write' && text?.includes('"ended"') === true);
    scenario.sandbox.faults.add({ name: 'reset' }, { nth: 9, times: Number.POSITIVE_INFINITY });
    await scenario.run({ transport: { retryBudget: 0 } });
    scenario.sandbox.faults.clear();
    expect(writesOf(scenario).length).toBeGreaterThan(0);
    const undone = await scenario.undo('run-1');
    expect(undone.filter(({ outcome }) => outcome === 'restored')).toHaveLength(writesOf(scenario).length / 2);
    expect(new Set(undone.map(({ outcome }) => outcome))).toEqual(new Set(['restored', 'already_restored']));
    expect(scenario.stored()).toEqual(before);
  });
});

it('a run on a compliant tenant writes nothing', async () => {
  const { run, requests } = await openScenario({ policy: FIRST, sandbox: { seed: SEED } });
  await run();
  const written = requests('PATCH').length;
  expect((await run()).findings).toEqual([]);
  expect(requests('PATCH')).toHaveLength(written);
});
