import type { Policy } from '../../../lambda/policy/policy';
import type { SeedConnection } from '../../../sandbox/auth0/stored-connection';
import type { JsonObject } from '../../../sandbox/json';
import { optionsFor } from '../../../sandbox/seed-options';
import { closeScenarios, findingOf, openScenario, turnInto } from './scenario';
import { pathOf } from './tenants';

afterEach(closeScenarios);

const ID = 'con_AAAAAAAAAAAAAAAA';
const WRITE = { method: 'PATCH', path: pathOf(ID) };

function connection(strategy: string, options: JsonObject = {}): SeedConnection {
  const drift = { set_user_root_attributes: 'on_first_login' };
  const own = { ...optionsFor(strategy, 'acme'), ...options, ...drift };
  return { id: ID, name: 'acme', strategy, display_name: 'Acme', realms: ['acme', 'acme-legacy'], options: own };
}

/** Repairs a connection whose write has an answer that differs from the intended connection. */
async function repair(
  seed: SeedConnection,
  answer?: (meant: JsonObject) => JsonObject,
  {
    isLasting = true,
    policy = { default: { expect: 'on_each_login' } },
  }: { isLasting?: boolean; policy?: Policy } = {},
) {
  const scenario = await openScenario({ sandbox: { seed: [seed] }, policy });
  if (answer !== undefined) {
    const { set_user_root_attributes: _, ...options } = seed.options;
    const shown = scenario.stored().get(ID);
    const meant = { ...shown, options: { ...options, ...(seed.strategy === 'samlp' ? {} : EACH) } };
    if (isLasting) turnInto(scenario.sandbox, answer(meant));
    else scenario.sandbox.faults.add({ name: 'wrong_shape', body: answer(meant), apply: true }, WRITE);
  }
  const finding = findingOf(await scenario.run(), ID);
  return { ...scenario, finding };
}

const EACH = { set_user_root_attributes: 'on_each_login' };
const withOptions = (meant: JsonObject, options: JsonObject): JsonObject => ({
  ...meant,
  options: { ...(typeof meant.options === 'object' ? meant.options : {}), ...options },
});

describe('the verification of a write', () => {
  it.each([
    {
      claim: 'a changed key',
      answer: (meant: JsonObject) => withOptions(meant, { client_secret: 'made-up-other' }),
      keys: ['options.client_secret'],
    },
    {
      claim: 'an additional key',
      answer: (meant: JsonObject) => withOptions(meant, { own: [1] }),
      keys: ['options.own'],
    },
    {
      claim: 'a changed nested key',
      answer: (meant: JsonObject) => withOptions(meant, { connection_settings: { pkce: 'disabled' } }),
      keys: ['options.connection_settings'],
    },
    {
      claim: 'a reset display name',
      answer: (meant: JsonObject) => ({ ...meant, display_name: 'acme' }),
      keys: ['display_name'],
    },
    {
      claim: 'reset realms and a reset flag',
      answer: (meant: JsonObject) => ({ ...meant, realms: ['acme'], is_domain_connection: true }),
      keys: ['is_domain_connection', 'realms'],
    },
    {
      claim: 'the earlier value of the setting',
      answer: (meant: JsonObject) => withOptions(meant, { set_user_root_attributes: 'on_first_login' }),
      keys: [],
    },
  ])('an answer with $claim is not verified, and the finding names the keys', async ({ answer, keys }) => {
    const { finding, requests } = await repair(connection('okta'), answer);
    expect(finding.outcome).toBe('failed_verification');
    expect(finding.change?.otherKeysChanged).toEqual(keys);
    for (const key of keys) expect(finding.detail).toContain(key);
    expect(JSON.stringify(finding)).not.toContain('made-up-other');
    expect(requests('PATCH')).toHaveLength(1);
  });

  it('an answer with keys that Auth0 itself rewrites is verified, and the finding names the keys', async () => {
    const rewritten = { cert: 'made-up-certificate-new', thumbprints: ['made-up-thumbprint'] };
    const fromMetadata = connection('samlp', { metadataUrl: 'https://idp.example.invalid/metadata' });
    const { finding } = await repair(fromMetadata, (meant) => withOptions(meant, rewritten));
    expect(finding).toMatchObject({
      outcome: 'remediated',
      change: { otherKeysChanged: ['options.cert', 'options.thumbprints'] },
    });
    expect(JSON.stringify(finding)).not.toContain('made-up-certificate-new');
  });

  it.each([
    { claim: 'a changed certificate without metadata', options: {}, changed: { cert: 'made-up' } },
    {
      claim: 'a changed endpoint with metadata',
      options: { metadataUrl: 'https://idp.example.invalid/metadata' },
      changed: { signInEndpoint: 'https://elsewhere.example.invalid' },
    },
  ])('an answer with $claim is not verified', async ({ options, changed }) => {
    const { finding } = await repair(connection('samlp', options), (meant) => withOptions(meant, changed));
    expect(finding.outcome).toBe('failed_verification');
  });

  it('an answer with the same changed keys for another strategy is not verified', async () => {
    const { finding } = await repair(connection('github'), (meant) => withOptions(meant, { cert: 'made-up' }));
    expect(finding.outcome).toBe('failed_verification');
  });

  it('an answer with a difference that no later read shows is verified', async () => {
    const changed = (meant: JsonObject) => withOptions(meant, { client_secret: 'made-up-other' });
    const { finding, requests } = await repair(connection('okta'), changed, { isLasting: false });
    expect(finding).toMatchObject({ outcome: 'remediated', change: { otherKeysChanged: [] } });
    expect(requests('PATCH')).toHaveLength(1);
  });

  it('an answer without options is judged by a second read', async () => {
    const { finding, requests } = await repair(connection('okta'), ({ options: _, ...hidden }) => hidden, {
      isLasting: false,
    });
    expect(finding.outcome).toBe('remediated');
    expect(requests('PATCH')).toHaveLength(1);
    expect(requests('GET').filter(({ path }) => path === pathOf(ID))).toHaveLength(2);
  });
});

describe('options that Auth0 changes at a write', () => {
  it('metadata that Auth0 reads again is verified, and the finding names the key', async () => {
    const stale = { oidc_metadata: { issuer: 'https://old.example.invalid' } };
    const { finding } = await repair(connection('okta', stale));
    expect(finding).toMatchObject({ outcome: 'remediated', change: { otherKeysChanged: ['options.oidc_metadata'] } });
  });

  it.each([
    { strategy: 'github', options: { scope: ['user:email', 'repo'] }, key: 'options.scope' },
    { strategy: 'waad', options: { waad_common_endpoint: true }, key: 'options.waad_common_endpoint' },
  ])('a write that changes $key of $strategy counts as damage', async ({ strategy, options, key }) => {
    const { finding } = await repair(connection(strategy, options));
    expect(finding).toMatchObject({ outcome: 'failed_verification', change: { otherKeysChanged: [key] } });
  });
});
