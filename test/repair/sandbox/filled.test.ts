import type { Policy } from '../../../lambda/policy/policy';
import type { SeedConnection } from '../../../sandbox/auth0/stored-connection';
import type { JsonObject } from '../../../sandbox/json';
import { closeScenarios, EACH, findingOf, openScenario, outcomesIn, turnInto } from './scenario';
import { drifted, pathOf } from './tenants';

afterEach(closeScenarios);

/** A drifted connection of a strategy, without some options that newer connections have. */
function older(
  strategy: string,
  lacks: readonly string[],
  { at = 1, options = {} }: { at?: number; options?: JsonObject } = {},
): SeedConnection {
  const [seed] = drifted(strategy, at).slice(-1);
  if (seed === undefined) throw new Error('no seed');
  const kept = Object.entries({ ...seed.options, ...options }).filter(([key]) => !lacks.includes(key));
  return { ...seed, options: Object.fromEntries(kept) };
}

const allow = (...allowFilledKeys: NonNullable<Policy['default']['allowFilledKeys']>): Policy => ({
  default: { expect: 'on_each_login', allowFilledKeys },
});
const DISCOVERED = { discovery_url: 'https://idp.example.invalid/.well-known/openid-configuration' };

describe('an option that Auth0 fills in at the repair', () => {
  it.each([
    { strategy: 'okta', lacks: ['schema_version'] },
    { strategy: 'oidc', lacks: ['schema_version', 'attribute_map'] },
    // The sandbox keeps the first option as null, as in the recording.
    { strategy: 'waad', lacks: ['userid_attribute', 'waad_common_endpoint'], filled: ['waad_common_endpoint'] },
  ])(
    'the filled options $lacks of $strategy are recorded and do not count as damage',
    async ({ strategy, lacks, filled = lacks }) => {
      const seed = older(strategy, lacks);
      const { run } = await openScenario({ sandbox: { seed: [seed] } });
      const report = await run();
      const { outcome, repair, change } = findingOf(report, seed.id);
      expect([outcome, repair]).toMatchObject(['remediated', { fills: lacks }]);
      expect(change?.otherKeysChanged).toEqual(filled.map((key) => `options.${key}`).toSorted());
      // The next run sees the filled options and finds nothing.
      expect((await run()).findings).toEqual([]);
    },
  );

  it.each([
    { strategy: 'oidc', lacks: ['connection_settings'], keys: ['connection_settings.pkce'] },
    { strategy: 'okta', lacks: ['type', 'connection_settings'], keys: ['connection_settings.pkce', 'type'] },
    { strategy: 'google-apps', lacks: ['api_enable_users'], keys: ['api_enable_users'] },
    { strategy: 'oidc', lacks: ['token_endpoint'], keys: ['token_endpoint'], options: DISCOVERED },
    {
      strategy: 'okta',
      lacks: ['discovery_url'],
      keys: ['userinfo_endpoint'],
      options: { domain: 'idp.example.invalid', userinfo_endpoint: null },
    },
  ])(
    'a repair is manual if Auth0 would fill in $keys of $strategy, which can change a login',
    async ({ strategy, lacks, keys, options }) => {
      const seed = older(strategy, lacks, { options: options ?? {} });
      const { run, requests } = await openScenario({ sandbox: { seed: [seed] } });
      expect(findingOf(await run(), seed.id)).toMatchObject({
        outcome: 'skipped_unsafe',
        repair: { action: 'manual', reason: 'write_fills', keys },
      });
      expect(requests('PATCH')).toEqual([]);
    },
  );

  it.each([
    { strategy: 'oidc', lacks: ['connection_settings'], policy: allow('connection_settings.pkce') },
    { strategy: 'okta', lacks: ['type', 'connection_settings'], policy: allow('type', 'connection_settings.pkce') },
    { strategy: 'google-apps', lacks: ['api_enable_users'], policy: allow('api_enable_users') },
  ])(
    'a repair that fills in $lacks of $strategy is made if the policy allows it',
    async ({ strategy, lacks, policy }) => {
      const seed = older(strategy, lacks);
      const { run } = await openScenario({ policy, sandbox: { seed: [seed] } });
      const { outcome, change } = findingOf(await run(), seed.id);
      expect([outcome, change?.otherKeysChanged]).toEqual([
        'remediated',
        lacks.map((key) => `options.${key}`).toSorted(),
      ]);
      expect((await run()).findings).toEqual([]);
    },
  );

  const OTHER: readonly {
    claim: string;
    strategy?: string;
    lacks: readonly string[];
    filled: JsonObject;
    policy?: Policy;
    options?: JsonObject;
  }[] = [
    { claim: 'a version that is not a text', lacks: ['schema_version'], filled: { schema_version: 4 } },
    { claim: 'an empty version', lacks: ['schema_version'], filled: { schema_version: '' } },
    {
      claim: 'a mapping that is in no recording',
      lacks: ['attribute_map'],
      filled: { attribute_map: { mapping_mode: 'use_map' } },
    },
    { claim: 'a key that Auth0 is not known to fill in', lacks: ['scope'], filled: { scope: 'openid' } },
    {
      claim: 'a key that can change a login and was not missing',
      lacks: [],
      filled: { connection_settings: { pkce: 'S256' } },
    },
    {
      claim: 'more than the allowed key',
      lacks: ['connection_settings'],
      filled: { connection_settings: { pkce: 'auto', other: true } },
      policy: allow('connection_settings.pkce'),
    },
    {
      claim: 'an endpoint at another origin than its discovery document and issuer',
      lacks: ['token_endpoint'],
      filled: { token_endpoint: 'https://elsewhere.example.invalid/token' },
      policy: allow('token_endpoint'),
      options: { ...DISCOVERED, issuer: 'https://idp.example.invalid/' },
    },
    {
      claim: 'an endpoint without encryption',
      lacks: ['token_endpoint'],
      filled: { token_endpoint: 'http://idp.example.invalid/token' },
      policy: allow('token_endpoint'),
      options: { discovery_url: 'http://idp.example.invalid/.well-known/openid-configuration' },
    },
    {
      claim: 'an unexpected endpoint that the policy does not allow',
      strategy: 'okta',
      lacks: ['token_endpoint', 'discovery_url', 'domain'],
      filled: { token_endpoint: 'https://idp.example.invalid/token' },
      options: { issuer: 'https://idp.example.invalid/' },
    },
  ];
  it.each(OTHER)(
    'a filled option counts as damage if it is $claim',
    async ({ strategy = 'oidc', lacks, filled, policy = EACH, options = {} }) => {
      const seed = older(strategy, lacks, { options });
      const scenario = await openScenario({ policy, sandbox: { seed: [seed] } });
      const { set_user_root_attributes: _, ...rest } = seed.options;
      const shown = scenario.stored().get(seed.id);
      const meant = { ...rest, ...filled, set_user_root_attributes: 'on_each_login' };
      turnInto(scenario.sandbox, { ...shown, options: meant });
      const { outcome, change } = findingOf(await scenario.run(), seed.id);
      expect([outcome, change?.otherKeysChanged]).toEqual([
        'failed_verification',
        Object.keys(filled).map((key) => `options.${key}`),
      ]);
    },
  );

  it('a filled endpoint at the origin of the discovery document is accepted if the policy allows it', async () => {
    const seed = older('oidc', ['token_endpoint'], { options: DISCOVERED });
    const scenario = await openScenario({ policy: allow('token_endpoint'), sandbox: { seed: [seed] } });
    const filled = {
      token_endpoint: 'https://idp.example.invalid/oauth/token',
      set_user_root_attributes: 'on_each_login',
    };
    turnInto(scenario.sandbox, { ...scenario.stored().get(seed.id), options: { ...seed.options, ...filled } });
    expect(findingOf(await scenario.run(), seed.id)).toMatchObject({
      outcome: 'remediated',
      change: { otherKeysChanged: ['options.token_endpoint'] },
    });
  });
});

describe('repairs of one strategy', () => {
  it('repairs of a strategy begin with the shape without missing options, and each shape has a canary', async () => {
    const seed = [
      ...[1, 2, 3].map((at) => older('okta', ['schema_version', 'attribute_map'], { at })),
      ...[4, 5, 6].map((at) => older('okta', ['schema_version'], { at })),
      ...[7, 8, 9].map((at) => older('okta', [], { at })),
    ];
    const { run, requests } = await openScenario({ sandbox: { seed } });
    expect(outcomesIn(await run())).toEqual({ remediated: 9 });
    const written = requests('PATCH').map(({ path }) => path);
    const rows = [written.slice(0, 3), written.slice(3, 6), written.slice(6)];
    expect(rows.map(([canary]) => canary)).toEqual(['con_okta007', 'con_okta004', 'con_okta001'].map(pathOf));
    expect(
      rows.map((row) =>
        row
          .map((path) => path.slice(-1))
          .toSorted()
          .join(''),
      ),
    ).toEqual(['789', '456', '123']);
    const asked = requests().map(({ method, path }) => `${method} ${path}`);
    for (const [canary, ...others] of rows) {
      const reads = others.map((path) => asked.indexOf(`GET ${path}`));
      expect(Math.min(...reads)).toBeGreaterThan(asked.indexOf(`PATCH ${canary}`));
    }
  });

  it('repairs of a strategy stop if the canary of a later shape changes something else', async () => {
    const seed = [older('okta', [], { at: 1 }), ...[2, 3].map((at) => older('okta', ['schema_version'], { at }))];
    const { sandbox, run, stored } = await openScenario({ sandbox: { seed } });
    turnInto(sandbox, { ...stored().get('con_okta002'), options: { ...seed[1]?.options, client_id: 'changed' } });
    expect(outcomesIn(await run())).toEqual({ remediated: 1, failed_verification: 1, 'skipped_stopped canary': 1 });
  });

  it('repairs with an unproven field come last and begin with one canary', async () => {
    const plain = drifted('waad', 4).map(({ display_name: _, ...connection }) => connection);
    const named = {
      ...plain[0],
      id: 'con_waad000',
      name: 'named',
      strategy: 'waad',
      display_name: 'Named',
      options: plain[0]?.options ?? {},
    };
    const { run, requests } = await openScenario({
      sandbox: { seed: [named, { ...named, id: 'con_waad00x', name: 'named-too' }, ...plain] },
    });
    expect(outcomesIn(await run())).toEqual({ remediated: 6 });
    const written = requests('PATCH').map(({ path }) => path);
    expect([written[0], ...written.slice(4)]).toEqual(['con_waad001', 'con_waad000', 'con_waad00x'].map(pathOf));
  });

  it('a refusal of an unproven field has the message that names the field', async () => {
    const plain = drifted('waad', 3).map(({ display_name: _, ...connection }) => connection);
    const named = plain.map((connection, at) => ({
      ...connection,
      ...{ id: `con_waad00${'abc'.charAt(at)}`, name: `named-${at}`, display_name: 'Named' },
    }));
    const { sandbox, run } = await openScenario({ sandbox: { seed: [...named, ...plain] } });
    const message = "Payload validation error: 'Additional properties not allowed: display_name'.";
    for (const { id } of named) {
      const body = { statusCode: 400, error: 'Bad Request', message, errorCode: 'invalid_body' };
      sandbox.faults.add({ name: 'status', status: 400, body }, { method: 'PATCH', path: pathOf(id) });
    }
    const report = await run();
    expect(outcomesIn(report)).toEqual({ remediated: 3, failed: 3 });
    expect(findingOf(report, 'con_waad00a')).toMatchObject({
      refusal: message,
      detail: expect.stringContaining(message),
    });
  });

  it('a connection is not repaired if its missing options are not as planned', async () => {
    const seed = older('okta', ['schema_version']);
    const { sandbox, run, stored, requests } = await openScenario({ sandbox: { seed: [seed] } });
    const fill = () => sandbox.tenant.add({ ...seed, options: { ...seed.options, schema_version: 'oidc-V4' } });
    sandbox.faults.add({ name: 'before', run: fill }, { method: 'GET', path: pathOf(seed.id) });
    expect(findingOf(await run(), seed.id).outcome).toBe('skipped_conflict');
    expect([requests('PATCH'), stored().size]).toEqual([[], 1]);
  });

  it('a connection is not repaired if an option that can change a login is now missing', async () => {
    const seed = older('okta', []);
    const { sandbox, run, requests } = await openScenario({ sandbox: { seed: [seed] } });
    const lose = () => sandbox.tenant.add(older('okta', ['connection_settings']));
    sandbox.faults.add({ name: 'before', run: lose }, { method: 'GET', path: pathOf(seed.id) });
    expect(findingOf(await run(), seed.id)).toMatchObject({
      outcome: 'skipped_unsafe',
      unsafe: 'write_fills',
      detail: 'Missing: connection_settings.pkce.',
    });
    expect(requests('PATCH')).toEqual([]);
  });
});

describe('an undo', () => {
  it('an undo is manual if Auth0 would fill in an option that can change a login', async () => {
    const seed = older('okta', []);
    const scenario = await openScenario({ sandbox: { seed: [seed] } });
    await scenario.run();
    const { set_user_root_attributes: _, connection_settings: __, ...options } = seed.options;
    scenario.sandbox.tenant.add({ ...seed, options: { ...options, set_user_root_attributes: 'on_each_login' } });
    expect(await scenario.undo('run-1')).toMatchObject([{ outcome: 'skipped_unsafe', unsafe: 'write_fills' }]);
    expect(scenario.requests('PATCH')).toHaveLength(1);
  });

  it('an undo is made if Auth0 fills in an option that changes no login', async () => {
    const seed = older('okta', []);
    const scenario = await openScenario({ sandbox: { seed: [seed] } });
    await scenario.run();
    const { set_user_root_attributes: _, schema_version: __, ...options } = seed.options;
    scenario.sandbox.tenant.add({ ...seed, options: { ...options, set_user_root_attributes: 'on_each_login' } });
    expect(await scenario.undo('run-1')).toMatchObject([{ outcome: 'restored' }]);
  });
});

describe('the only option of a connection', () => {
  const alone: SeedConnection = {
    id: 'con_samlp001',
    name: 'alone',
    strategy: 'samlp',
    options: { set_user_root_attributes: 'on_first_login' },
  };

  it('the only option of a connection is not removed, because no options would remain', async () => {
    const { run, requests } = await openScenario({ sandbox: { seed: [alone] } });
    expect(findingOf(await run(), alone.id)).toMatchObject({
      outcome: 'skipped_unsafe',
      repair: { reason: 'only_option' },
    });
    expect(requests('PATCH')).toEqual([]);
  });

  it('the only option of a connection is not removed if the others are null', async () => {
    const { run } = await openScenario({
      sandbox: { seed: [{ ...alone, options: { ...alone.options, cert: null } }] },
    });
    expect(findingOf(await run(), alone.id)).toMatchObject({ repair: { reason: 'only_option' } });
  });
});
