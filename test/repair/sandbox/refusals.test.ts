import type { ManualReason } from '../../../lambda/judge/repair';
import type { Policy } from '../../../lambda/policy/policy';
import type { SandboxOptions } from '../../../sandbox/auth0/server';
import type { SeedConnection } from '../../../sandbox/auth0/stored-connection';
import type { JsonObject } from '../../../sandbox/json';
import { customDatabase, encryptedConfiguration, optionsFor, passwordOptions } from '../../../sandbox/seed-options';
import { closeScenarios, EACH, findingOf, openScenario, outcomesIn } from './scenario';

afterEach(closeScenarios);

const ID = 'con_AAAAAAAAAAAAAAAA';
const DRIFT = { set_user_root_attributes: 'on_first_login' };
const ATTRIBUTES = { email: { identifier: { active: true }, unique: true } };

function connection(strategy: string, options: JsonObject): SeedConnection {
  return { id: ID, name: 'acme', strategy, display_name: 'Acme', options };
}

const healthy = (strategy: string): JsonObject =>
  strategy === 'auth0' ? customDatabase() : optionsFor(strategy, 'acme');

interface Refusal {
  readonly reason: ManualReason;
  readonly claim: string;
  readonly strategy?: string;
  /** The options after the change. */
  readonly options: JsonObject;
  readonly policy?: Policy;
}

const REFUSALS: readonly Refusal[] = [
  { reason: 'options_not_visible', claim: 'empty options', options: {} },
  {
    reason: 'undocumented_value',
    claim: 'an undocumented value',
    options: { a: 1, set_user_root_attributes: 'sometimes' },
  },
  {
    reason: 'undocumented_value',
    claim: 'a value that is not a text',
    options: { a: 1, set_user_root_attributes: true },
  },
  {
    reason: 'encrypted_configuration',
    claim: 'an encrypted configuration',
    strategy: 'auth0',
    options: { ...customDatabase(), ...DRIFT, configuration: encryptedConfiguration('acme') },
  },
  {
    reason: 'both_password_schemes',
    claim: 'both password schemes',
    strategy: 'auth0',
    options: { ...customDatabase(), ...DRIFT, password_options: passwordOptions() },
  },
  {
    reason: 'attributes_conflict',
    claim: 'attributes together with a required username',
    strategy: 'auth0',
    options: { ...customDatabase(), ...DRIFT, attributes: ATTRIBUTES, requires_username: true },
  },
  {
    reason: 'attributes_conflict',
    claim: 'attributes together with validation',
    strategy: 'auth0',
    options: { ...customDatabase(), ...DRIFT, attributes: ATTRIBUTES, validation: { username: { min: 1, max: 15 } } },
  },
  { reason: 'masked_secret', claim: 'a secret of asterisks', options: { ...DRIFT, client_secret: '********' } },
  {
    reason: 'masked_secret',
    claim: 'a redacted nested secret',
    options: { ...DRIFT, signing_key: { key: '[REDACTED]' } },
  },
  {
    reason: 'masked_secret',
    claim: 'a secret that shows its last characters',
    options: { ...DRIFT, twilio_token: '••••••1234' },
  },
];

describe('connections that are never written', () => {
  it.each(REFUSALS)(
    'a connection with $claim is manual and never written',
    async ({ reason, strategy = 'okta', options }) => {
      const { run, stored, requests } = await openScenario({ sandbox: { seed: [connection(strategy, options)] } });
      const before = stored();
      expect(findingOf(await run(), ID)).toMatchObject({
        outcome: 'skipped_unsafe',
        repair: { action: 'manual', reason },
      });
      expect(requests('PATCH')).toEqual([]);
      expect(stored()).toEqual(before);
    },
  );

  it.each(['quantum-id', 'ip', 'office365', 'custom', 'auth0-oidc', 'auth0-adldap'])(
    'a connection of the strategy %s is manual and never written',
    async (strategy) => {
      const options = { ...healthy(strategy), ...DRIFT };
      const { run, requests } = await openScenario({ sandbox: { seed: [connection(strategy, options)] } });
      const reason = strategy === 'quantum-id' ? 'unknown_strategy' : 'unproven_strategy';
      expect(findingOf(await run(), ID)).toMatchObject({ outcome: 'skipped_unsafe', repair: { reason } });
      expect(requests('PATCH')).toEqual([]);
    },
  );

  it('a finding whose rule has no value to repair to is manual and never written', async () => {
    const policy: Policy = { default: { expect: ['on_each_login', 'never_on_login'] } };
    const seed = [connection('okta', { ...healthy('okta'), ...DRIFT })];
    const { run, requests } = await openScenario({ policy, sandbox: { seed } });
    expect(findingOf(await run(), ID)).toMatchObject({
      outcome: 'skipped_unsafe',
      repair: { reason: 'no_repair_target' },
    });
    expect(requests('PATCH')).toEqual([]);
  });

  it.each([
    { claim: 'a passwordless connection', strategy: 'sms', options: { ...optionsFor('sms', 'acme'), ...DRIFT } },
    { claim: 'a database without scripts', strategy: 'auth0', options: { ...optionsFor('auth0', 'acme'), ...DRIFT } },
    {
      claim: 'a database that imports',
      strategy: 'auth0',
      options: { ...customDatabase(), ...DRIFT, import_mode: true },
    },
  ])('$claim has no finding and is never written', async ({ strategy, options }) => {
    const { run, requests } = await openScenario({ sandbox: { seed: [connection(strategy, options)] } });
    expect((await run()).findings).toEqual([]);
    expect(requests('PATCH')).toEqual([]);
  });
});

describe('changes between the listing and the fresh read', () => {
  /** The connection has drifted in the listing, and becomes `become` before the fresh read. */
  async function meet(strategy: string, become: SeedConnection | undefined, more: SandboxOptions = {}, policy = EACH) {
    const seed = [connection(strategy, { ...healthy(strategy), ...DRIFT })];
    const scenario = await openScenario({ policy, sandbox: { seed, ...more } });
    const { sandbox } = scenario;
    const change = () => {
      if (become === undefined) sandbox.tenant.remove(ID);
      else sandbox.tenant.add(become);
    };
    sandbox.faults.add({ name: 'before', run: change }, { method: 'GET', path: `/api/v2/connections/${ID}` });
    const report = await scenario.run();
    return { ...scenario, finding: findingOf(report, ID), report };
  }

  it.each(REFUSALS)(
    'a connection that gets $claim after the listing is never written',
    async ({ reason, strategy = 'okta', options }) => {
      const { finding, requests, stored } = await meet(strategy, connection(strategy, options));
      expect(finding).toMatchObject({ outcome: 'skipped_unsafe', unsafe: reason, change: null });
      expect(requests('PATCH')).toEqual([]);
      expect(stored().get(ID)?.options).toEqual(options);
    },
  );

  it('options that a lost scope hides are never written', async () => {
    const seed = [connection('okta', { ...healthy('okta'), ...DRIFT })];
    const { sandbox, run, requests, stored } = await openScenario({ sandbox: { seed } });
    const path = `/api/v2/connections/${ID}`;
    const { options: _, ...hidden } = stored().get(ID) ?? {};
    sandbox.faults.add({ name: 'wrong_shape', body: hidden }, { method: 'GET', path });
    expect(findingOf(await run(), ID)).toMatchObject({ outcome: 'skipped_unsafe', unsafe: 'options_not_visible' });
    expect(requests('PATCH')).toEqual([]);
  });

  it('a connection that another writer fixed is already compliant', async () => {
    const { finding, requests } = await meet('okta', connection('okta', healthy('okta')));
    expect(finding).toMatchObject({ outcome: 'already_compliant', change: null });
    expect(requests('PATCH')).toEqual([]);
  });

  it('a deleted connection is gone', async () => {
    const { finding, report, requests } = await meet('okta', undefined);
    expect(finding.outcome).toBe('gone');
    expect(report.complete).toBe(true);
    expect(requests('PATCH')).toEqual([]);
  });

  it('a change to another wrong value is a conflict, and the next run judges it', async () => {
    const moved = connection('okta', { ...healthy('okta'), set_user_root_attributes: 'never_on_login' });
    const { finding, requests, run } = await meet('okta', moved);
    expect(finding.outcome).toBe('skipped_conflict');
    expect(requests('PATCH')).toEqual([]);
    expect(outcomesIn(await run())).toEqual({ remediated: 1 });
  });

  it('a database that began to import is a conflict', async () => {
    const { finding, requests } = await meet(
      'auth0',
      connection('auth0', { ...customDatabase(), ...DRIFT, import_mode: true }),
    );
    expect(finding.outcome).toBe('skipped_conflict');
    expect(requests('PATCH')).toEqual([]);
  });

  const RULES: Policy = {
    rules: [
      { id: 'hands-off', match: { metadata: { repair: 'never' } }, expect: 'on_each_login', remediate: false },
      { id: 'scim', match: { metadata: { repair: 'scim' } }, expect: 'never_on_login' },
    ],
    default: { expect: 'on_each_login' },
  };
  it.each([
    { claim: 'a rule that disables repairs', repair: 'never', outcome: 'skipped_rule' },
    { claim: 'a rule whose value is manual', repair: 'scim', outcome: 'skipped_unsafe' },
  ])('a connection that now matches $claim is not written', async ({ repair, outcome }) => {
    const moved = { ...connection('okta', { ...healthy('okta'), ...DRIFT }), metadata: { repair } };
    const { finding, requests } = await meet('okta', moved, {}, RULES);
    expect(finding.outcome).toBe(outcome);
    expect(requests('PATCH')).toEqual([]);
  });

  it('an answer about another connection is never merged into this one', async () => {
    const other = {
      ...connection('okta', { ...healthy('okta'), ...DRIFT }),
      id: 'con_BBBBBBBBBBBBBBBB',
      name: 'other',
    };
    const seed = [connection('okta', { ...healthy('okta'), ...DRIFT })];
    const { sandbox, run, requests, stored } = await openScenario({ sandbox: { seed } });
    const before = stored();
    sandbox.faults.add(
      { name: 'wrong_shape', body: other },
      { method: 'GET', path: `/api/v2/connections/${ID}`, times: Infinity },
    );
    expect(findingOf(await run(), ID).outcome).toBe('failed');
    expect(requests('PATCH')).toEqual([]);
    expect(stored()).toEqual(before);
  });
});
