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

/** Repairs a connection whose write is answered with something else than what was meant. */
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

describe('an answer that shows', () => {
  it.each([
    {
      claim: 'a key changed',
      answer: (meant: JsonObject) => withOptions(meant, { client_secret: 'made-up-other' }),
      keys: ['options.client_secret'],
    },
    { claim: 'a key more', answer: (meant: JsonObject) => withOptions(meant, { own: [1] }), keys: ['options.own'] },
    {
      claim: 'a nested key changed',
      answer: (meant: JsonObject) => withOptions(meant, { connection_settings: { pkce: 'disabled' } }),
      keys: ['options.connection_settings'],
    },
    {
      claim: 'the display name reset',
      answer: (meant: JsonObject) => ({ ...meant, display_name: 'acme' }),
      keys: ['display_name'],
    },
    {
      claim: 'realms and a flag reset',
      answer: (meant: JsonObject) => ({ ...meant, realms: ['acme'], is_domain_connection: true }),
      keys: ['is_domain_connection', 'realms'],
    },
    {
      claim: 'the setting as it was',
      answer: (meant: JsonObject) => withOptions(meant, { set_user_root_attributes: 'on_first_login' }),
      keys: [],
    },
  ])('$claim is no verification, and names the keys', async ({ answer, keys }) => {
    const { finding, requests } = await repair(connection('okta'), answer);
    expect(finding.outcome).toBe('failed_verification');
    expect(finding.change?.otherKeysChanged).toEqual(keys);
    for (const key of keys) expect(finding.detail).toContain(key);
    expect(JSON.stringify(finding)).not.toContain('made-up-other');
    expect(requests('PATCH')).toHaveLength(1);
  });

  it('what Auth0 itself may rewrite is verified, and named', async () => {
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
    { claim: 'a certificate that no metadata can have brought', options: {}, changed: { cert: 'made-up' } },
    {
      claim: 'an endpoint that moved, metadata or not',
      options: { metadataUrl: 'https://idp.example.invalid/metadata' },
      changed: { signInEndpoint: 'https://elsewhere.example.invalid' },
    },
  ])('$claim is no verification', async ({ options, changed }) => {
    const { finding } = await repair(connection('samlp', options), (meant) => withOptions(meant, changed));
    expect(finding.outcome).toBe('failed_verification');
  });

  it('the same keys of another strategy is no verification', async () => {
    const { finding } = await repair(connection('github'), (meant) => withOptions(meant, { cert: 'made-up' }));
    expect(finding.outcome).toBe('failed_verification');
  });

  it('a difference that no later read shows is verified', async () => {
    const changed = (meant: JsonObject) => withOptions(meant, { client_secret: 'made-up-other' });
    const { finding, requests } = await repair(connection('okta'), changed, { isLasting: false });
    expect(finding).toMatchObject({ outcome: 'remediated', change: { otherKeysChanged: [] } });
    expect(requests('PATCH')).toHaveLength(1);
  });

  it('no options is judged by reading again', async () => {
    const { finding, requests } = await repair(connection('okta'), ({ options: _, ...hidden }) => hidden, {
      isLasting: false,
    });
    expect(finding.outcome).toBe('remediated');
    expect(requests('PATCH')).toHaveLength(1);
    expect(requests('GET').filter(({ path }) => path === pathOf(ID))).toHaveLength(2);
  });
});

describe('what the tenant makes of an echo', () => {
  it('of metadata that is read anew is verified, and named', async () => {
    const stale = { oidc_metadata: { issuer: 'https://old.example.invalid' } };
    const { finding } = await repair(connection('okta', stale));
    expect(finding).toMatchObject({ outcome: 'remediated', change: { otherKeysChanged: ['options.oidc_metadata'] } });
  });

  it.each([
    { strategy: 'github', options: { scope: ['user:email', 'repo'] }, key: 'options.scope' },
    { strategy: 'waad', options: { waad_common_endpoint: true }, key: 'options.waad_common_endpoint' },
  ])('that rewrites $key of $strategy is told as damage', async ({ strategy, options, key }) => {
    const { finding } = await repair(connection(strategy, options));
    expect(finding).toMatchObject({ outcome: 'failed_verification', change: { otherKeysChanged: [key] } });
  });
});
