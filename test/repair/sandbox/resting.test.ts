import { STRATEGY_TABLE_VERSION } from '../../../lambda/connection/strategies';
import { expectationOf } from '../../../lambda/history/state';
import type { Report } from '../../../lambda/judge/report';
import { closeScenarios, findingOf, openScenario, outcomesIn, type Scenario } from './scenario';
import { drifted, pathOf } from './tenants';

afterEach(closeScenarios);

const ID = 'con_okta001';

/** A tenant with four drifted connections. Auth0 refused one of them in the last three runs. */
async function openRefused(): Promise<Scenario> {
  const scenario = await openScenario({ sandbox: { seed: drifted('okta', 4) } });
  await refuse(scenario, await scenario.run({ mode: 'report' }));
  return scenario;
}

async function refuse({ history, clock }: Scenario, report: Report): Promise<void> {
  const finding = findingOf(report, ID);
  const now = new Date(clock.now()).toISOString();
  const { state, version } = await history.readState();
  const refusals = {
    [ID]: {
      ...{ runs: 3, since: now, last: now, runId: 'run-0', words: 'Invalid certificate.' },
      ...{ value: 'on_first_login' as const, expectation: expectationOf(finding), facts: STRATEGY_TABLE_VERSION },
    },
  };
  expect(finding.actual).toBe('on_first_login');
  await history.writeState({ ...state, refusals }, version);
}

const asked = ({ requests }: Scenario) => requests().filter(({ path }) => path === pathOf(ID)).length;
const refusalsIn = async ({ history }: Scenario) => (await history.readState()).state.refusals;

test('a paused connection is not read, and the others of its strategy are repaired', async () => {
  const scenario = await openRefused();
  expect(outcomesIn(await scenario.run())).toEqual({ quarantined: 1, remediated: 3 });
  expect(asked(scenario)).toBe(0);
  expect(Object.keys(await refusalsIn(scenario))).toEqual([ID]);
});

test('a paused connection is repaired if an operator asks for it, and its refusals are removed', async () => {
  const scenario = await openRefused();
  expect(outcomesIn(await scenario.run({ retry: new Set([ID]) }))).toEqual({ remediated: 4 });
  expect(await refusalsIn(scenario)).toEqual({});
});

test('a paused connection is repaired one week later', async () => {
  const scenario = await openRefused();
  scenario.clock.advance(7 * 86_400_000);
  expect(outcomesIn(await scenario.run())).toEqual({ remediated: 4 });
  expect(await refusalsIn(scenario)).toEqual({});
});

test('a connection that is paused while the run lists connections is not read', async () => {
  const scenario = await openScenario({ sandbox: { seed: drifted('okta', 4) } });
  const before = await scenario.run({ mode: 'report' });
  const approve = async () => {
    await refuse(scenario, before);
    return undefined;
  };
  expect(outcomesIn(await scenario.run({ approve }))).toEqual({ quarantined: 1, remediated: 3 });
  expect(asked(scenario)).toBe(0);
});
