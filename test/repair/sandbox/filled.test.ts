import type { Policy } from '../../../lambda/policy/policy';
import type { SeedConnection } from '../../../sandbox/auth0/stored-connection';
import type { JsonObject } from '../../../sandbox/json';
import { closeScenarios, EACH, findingOf, openScenario, outcomesIn, turnInto } from './scenario';
import { drifted, pathOf } from './tenants';

afterEach(closeScenarios);

/** A drifted connection of a strategy, without some of the options that the API shows of a newer one. */
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
    // The sandbox leaves the first as null, as recorded.
    { strategy: 'waad', lacks: ['userid_attribute', 'waad_common_endpoint'], filled: ['waad_common_endpoint'] },
  ])('is named, and no damage: $lacks of $strategy', async ({ strategy, lacks, filled = lacks }) => {
    const seed = older(strategy, lacks);
    const { run } = await openScenario({ sandbox: { seed: [seed] } });
    const report = await run();
    const { outcome, repair, change } = findingOf(report, seed.id);
    expect([outcome, repair]).toMatchObject(['remediated', { fills: lacks }]);
    expect(change?.otherKeysChanged).toEqual(filled.map((key) => `options.${key}`).toSorted());
    // The next night sees the options filled in, and nothing to do.
    expect((await run()).findings).toEqual([]);
  });

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
    'is left to a person where it can change a login: $keys of $strategy',
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
  ])('is repaired where the policy allows it: $lacks of $strategy', async ({ strategy, lacks, policy }) => {
    const seed = older(strategy, lacks);
    const { run } = await openScenario({ policy, sandbox: { seed: [seed] } });
    const { outcome, change } = findingOf(await run(), seed.id);
    expect([outcome, change?.otherKeysChanged]).toEqual([
      'remediated',
      lacks.map((key) => `options.${key}`).toSorted(),
    ]);
    expect((await run()).findings).toEqual([]);
  });

  const OTHER: readonly {
    claim: string;
    strategy?: string;
    lacks: readonly string[];
    filled: JsonObject;
    policy?: Policy;
    options?: JsonObject;
  }[] = [
    { claim: 'a version that is no text', lacks: ['schema_version'], filled: { schema_version: 4 } },
    { claim: 'an empty version', lacks: ['schema_version'], filled: { schema_version: '' } },
    {
      claim: 'a mapping that no recording shows',
      lacks: ['attribute_map'],
      filled: { attribute_map: { mapping_mode: 'use_map' } },
    },
    { claim: 'a key that is not known to be filled in', lacks: ['scope'], filled: { scope: 'openid' } },
    {
      claim: 'a key that can change a login and was not missing',
      lacks: [],
      filled: { connection_settings: { pkce: 'S256' } },
    },
    {
      claim: 'more than the key that is allowed',
      lacks: ['connection_settings'],
      filled: { connection_settings: { pkce: 'auto', other: true } },
      policy: allow('connection_settings.pkce'),
    },
    {
      claim: 'an endpoint at another origin than the discovery document and the issuer',
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
      claim: 'an endpoint that nobody has allowed, where none was to be expected',
      strategy: 'okta',
      lacks: ['token_endpoint', 'discovery_url', 'domain'],
      filled: { token_endpoint: 'https://idp.example.invalid/token' },
      options: { issuer: 'https://idp.example.invalid/' },
    },
  ];
  it.each(OTHER)(
    'is damage where it is $claim',
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

  it('is taken at the origin of the discovery document where the policy allows it', async () => {
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
  it('begin with what lacks nothing, and each shape has a canary of its own', async () => {
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

  it('stop where the canary of a later shape changes something else', async () => {
    const seed = [older('okta', [], { at: 1 }), ...[2, 3].map((at) => older('okta', ['schema_version'], { at }))];
    const { sandbox, run, stored } = await openScenario({ sandbox: { seed } });
    turnInto(sandbox, { ...stored().get('con_okta002'), options: { ...seed[1]?.options, client_id: 'changed' } });
    expect(outcomesIn(await run())).toEqual({ remediated: 1, failed_verification: 1, 'skipped_stopped canary': 1 });
  });

  it('try a field that is sent back unproven alone first', async () => {
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

  it('end a field that is sent back unproven and refused with the words that name it', async () => {
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

  it('leave a connection whose missing options are no longer as planned', async () => {
    const seed = older('okta', ['schema_version']);
    const { sandbox, run, stored, requests } = await openScenario({ sandbox: { seed: [seed] } });
    const fill = () => sandbox.tenant.add({ ...seed, options: { ...seed.options, schema_version: 'oidc-V4' } });
    sandbox.faults.add({ name: 'before', run: fill }, { method: 'GET', path: pathOf(seed.id) });
    expect(findingOf(await run(), seed.id).outcome).toBe('skipped_conflict');
    expect([requests('PATCH'), stored().size]).toEqual([[], 1]);
  });

  it('leave a connection that by now lacks what can change a login, and name it', async () => {
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
  it('is left to a person where Auth0 would fill in what can change a login', async () => {
    const seed = older('okta', []);
    const scenario = await openScenario({ sandbox: { seed: [seed] } });
    await scenario.run();
    const { set_user_root_attributes: _, connection_settings: __, ...options } = seed.options;
    scenario.sandbox.tenant.add({ ...seed, options: { ...options, set_user_root_attributes: 'on_each_login' } });
    expect(await scenario.undo('run-1')).toMatchObject([{ outcome: 'skipped_unsafe', unsafe: 'write_fills' }]);
    expect(scenario.requests('PATCH')).toHaveLength(1);
  });

  it('is made where Auth0 fills in what changes no login', async () => {
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

  it('is not removed: no options would be left to send', async () => {
    const { run, requests } = await openScenario({ sandbox: { seed: [alone] } });
    expect(findingOf(await run(), alone.id)).toMatchObject({
      outcome: 'skipped_unsafe',
      repair: { reason: 'only_option' },
    });
    expect(requests('PATCH')).toEqual([]);
  });

  it('is not removed where the others read as null, which is the same as absent', async () => {
    const { run } = await openScenario({
      sandbox: { seed: [{ ...alone, options: { ...alone.options, cert: null } }] },
    });
    expect(findingOf(await run(), alone.id)).toMatchObject({ repair: { reason: 'only_option' } });
  });
});
