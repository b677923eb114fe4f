import { STRATEGY_NAMES, strategyOf } from '../../../lambda/connection/strategies';
import type { Policy } from '../../../lambda/policy/policy';
import type { SeedConnection } from '../../../sandbox/auth0/stored-connection';
import { isObject, type JsonObject, parseJson } from '../../../sandbox/json';
import { customDatabase, optionsFor } from '../../../sandbox/seed-options';
import { mixed } from '../../../sandbox/seeds';
import { closeScenarios, EACH, FIRST, findingOf, openScenario, outcomesIn, withSetting } from './scenario';

afterEach(closeScenarios);

const ID = 'con_AAAAAAAAAAAAAAAA';

/** Every field differs from the value that the API resets it to. The options also have an unknown key and a nested null. */
function drifted(strategy: string, root: string | undefined): SeedConnection {
  const options = strategy === 'auth0' ? customDatabase() : optionsFor(strategy, 'acme');
  return {
    id: ID,
    name: 'acme',
    strategy,
    display_name: 'Acme, Ltd.',
    is_domain_connection: true,
    show_as_button: true,
    realms: ['acme', 'acme-legacy'],
    metadata: { team: 'identity' },
    options: {
      ...options,
      upstream_params: { prompt: { value: 'lögin' } },
      non_persistent_attrs: ['ssn'],
      future_option: { nested: [{ deep: null }] },
      ...(root === undefined ? {} : { set_user_root_attributes: root }),
    },
  };
}

const WRITABLE = STRATEGY_NAMES.filter((name) => strategyOf(name).writable);

describe.each(WRITABLE)('the strategy %s', (strategy) => {
  it.each([
    { from: undefined, to: 'on_first_login', policy: FIRST },
    { from: 'on_each_login', to: 'on_first_login', policy: FIRST },
    { from: 'on_first_login', to: 'on_each_login', policy: EACH },
    { from: 'never_on_login', to: 'on_each_login', policy: EACH },
  ])('a connection is repaired from $from to $to, and nothing else changes', async ({ from, to, policy }) => {
    const { sandbox, run, stored, requests } = await openScenario({
      policy,
      sandbox: { seed: [drifted(strategy, from)] },
    });
    const before = stored().get(ID);
    const report = await run();
    expect(findingOf(report, ID)).toMatchObject({
      outcome: 'remediated',
      change: { before: from ?? null, otherKeysChanged: [] },
    });
    const byAbsence = to === 'on_each_login' && strategyOf(strategy).onEachLoginBy === 'absence';
    expect(stored().get(ID)).toEqual(withSetting(before, byAbsence ? undefined : to));
    expect(requests('PATCH')).toHaveLength(1);
    const { options: _, ...fields } = bodyOf(requests('PATCH')[0]?.body);
    expect(fields).toEqual({
      display_name: 'Acme, Ltd.',
      is_domain_connection: true,
      show_as_button: true,
      ...(strategy === 'auth0' ? { realms: ['acme', 'acme-legacy'] } : {}),
    });
    const asked = sandbox.requests.filter(({ path }) => path !== '/api/v2/logs');
    expect(asked.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET', 'PATCH']);
    // The next run finds nothing.
    expect((await run()).findings).toEqual([]);
  });
});

it('the body of a repair contains only the options and the fields that the API would reset', async () => {
  const { run, requests } = await openScenario({ sandbox: { seed: [drifted('samlp', 'on_first_login')] } });
  await run();
  const body = bodyOf(requests('PATCH')[0]?.body);
  expect(Object.keys(body).sort()).toEqual(['display_name', 'is_domain_connection', 'options', 'show_as_button']);
  expect(requests('PATCH')[0]?.headers['x-correlation-id']).toBe('run-1');
});

it('a connection without a display name is not given one', async () => {
  const { display_name: _, ...plain } = drifted('okta', 'on_first_login');
  const { run, stored } = await openScenario({ sandbox: { seed: [plain] } });
  expect(outcomesIn(await run())).toEqual({ remediated: 1 });
  expect(stored().get(ID)).not.toHaveProperty('display_name');
});

it('a null option is sent as null, and its removal by the API does not count as damage', async () => {
  const seed = drifted('line', 'on_first_login');
  const options = { ...seed.options, authorizationURL: null, tokenURL: null };
  const { run, stored, requests } = await openScenario({ sandbox: { seed: [{ ...seed, options }] } });
  expect(outcomesIn(await run())).toEqual({ remediated: 1 });
  expect(bodyOf(requests('PATCH')[0]?.body).options).toMatchObject({ authorizationURL: null, tokenURL: null });
  expect(stored().get(ID)).toEqual(withSetting({ ...seed, ...withoutNulls(stored().get(ID)) }, 'on_each_login'));
});

it('a null value of the setting counts as absent and is replaced, not duplicated', async () => {
  const seed = drifted('okta', undefined);
  const options = { ...seed.options, set_user_root_attributes: null };
  const { run, stored } = await openScenario({ policy: FIRST, sandbox: { seed: [{ ...seed, options }] } });
  const report = await run();
  expect(findingOf(report, ID)).toMatchObject({
    outcome: 'remediated',
    change: { before: null, after: 'on_first_login' },
  });
  expect(stored().get(ID)?.options).toMatchObject({ set_user_root_attributes: 'on_first_login' });
});

describe('the mixed tenant', () => {
  const POLICIES: readonly { claim: string; policy: Policy }[] = [
    { claim: 'on_each_login', policy: EACH },
    { claim: 'on_first_login', policy: FIRST },
  ];
  it.each(POLICIES)(
    'the mixed tenant is repaired to $claim if that is safe, and nothing else changes',
    async ({ policy }) => {
      const { run, stored } = await openScenario({ policy, sandbox: { seed: mixed() } });
      const before = stored();
      const report = await run();
      expect(report.complete).toBe(true);
      expect(Object.keys(outcomesIn(report)).sort()).toEqual(['remediated', 'skipped_unsafe']);
      const after = stored();
      for (const [id, connection] of before) {
        const finding = report.findings.find((candidate) => candidate.connection.id === id);
        const meant =
          finding?.outcome === 'remediated' ? withSetting(connection, finding.change?.after ?? undefined) : connection;
        expect(after.get(id)).toEqual(meant);
      }
      const again = await run();
      expect(outcomesIn(again)).toEqual({ skipped_unsafe: outcomesIn(report).skipped_unsafe });
    },
  );
});

describe('never_on_login', () => {
  it.each([
    { claim: 'is manual', policy: { default: { expect: 'never_on_login' } }, outcome: 'skipped_unsafe' },
    {
      claim: 'is manual if the rule allows it without a reason',
      policy: { default: { expect: 'never_on_login', allowNeverOnLogin: true } },
      outcome: 'skipped_unsafe',
    },
    {
      claim: 'is written if the rule allows it with a reason',
      policy: { default: { expect: 'never_on_login', allowNeverOnLogin: true, reason: 'SCIM creates the users.' } },
      outcome: 'remediated',
    },
  ] as const)('a repair to never_on_login $claim', async ({ policy, outcome }) => {
    const { run, stored, requests } = await openScenario({ policy, sandbox: { seed: [drifted('okta', undefined)] } });
    const before = stored().get(ID);
    const report = await run();
    expect(findingOf(report, ID).outcome).toBe(outcome);
    expect(requests('PATCH')).toHaveLength(outcome === 'remediated' ? 1 : 0);
    expect(stored().get(ID)).toEqual(outcome === 'remediated' ? withSetting(before, 'never_on_login') : before);
  });
});

function bodyOf(text: string | undefined): JsonObject {
  const parsed = parseJson(text ?? '');
  return parsed.ok && isObject(parsed.value) ? parsed.value : {};
}

function withoutNulls(connection: JsonObject | undefined): JsonObject {
  const { options } = connection ?? {};
  const kept = Object.entries(isObject(options) ? options : {}).filter(([, value]) => value !== null);
  return { ...connection, options: Object.fromEntries(kept) };
}
