import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Target } from '../../cli/command-options';
import { resolveTarget } from '../../cli/target';
import { TargetError } from '../../cli/target-error';
import { filesOf } from '../../lib/environment/environment-file';
import { describeFailure } from '../../lib/environment/exported';
import { makeKey } from '../auth0/made-up-key';
import { withoutAws } from '../aws/without-aws';
import { sampleEnvironment } from '../lib/environment/sample-environment';
import { shipped, shippedFiles } from '../lib/environment/shipped-environments';
import { contextOf } from './command-context';
import { recordTerminal } from './recorded-terminal';

withoutAws();

const KEY = makeKey();
const CREDENTIALS = { AUTH0_CLIENT_ID: 'an-id', AUTH0_CLIENT_SECRET: 'Planted-secret' };
const ENVIRONMENTS = filesOf([
  sampleEnvironment,
  {
    ...sampleEnvironment,
    name: 'custom',
    domain: 'login.example.com',
    canonicalDomain: 'example.eu.auth0.com',
    mode: 'remediate',
    caps: { maxChanges: 5, maxPercent: 5 },
    quarantine: { repairs: 2, days: 9 },
    cadence: { reminderDays: 4, weeklyAllClear: false },
    rateReservePercent: 50,
    docsUrl: 'https://docs.example.com/docs/',
  },
]);
const TARGET: Target = {
  environment: 'sample',
  domain: undefined,
  canonicalDomain: undefined,
  policyFile: undefined,
  secretArn: undefined,
  region: undefined,
  stackName: undefined,
  reservePercent: undefined,
};

function resolve(target: Partial<Target>, variables: object = CREDENTIALS, environments = ENVIRONMENTS) {
  const terminal = recordTerminal({ ...variables });
  return resolveTarget({ ...TARGET, ...target }, contextOf(environments, terminal), {
    history: 'none',
    credentials: 'needed',
  });
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'target-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function writePolicy(text: string): string {
  const file = path.join(folder, 'policy.json');
  writeFileSync(file, text);
  return file;
}

async function problemsOf(
  target: Partial<Target>,
  variables: object = CREDENTIALS,
  environments = ENVIRONMENTS,
): Promise<string> {
  try {
    await resolve(target, variables, environments);
  } catch (error) {
    if (error instanceof TargetError) return error.problems.map((problem) => `- ${problem}`).join('\n');
    throw error;
  }
  return '';
}

test('a target has the docs address of its environment, without a slash at the end', async () => {
  const docsUrlOf = async (environment: string) => (await resolve({ environment })).docsUrl;
  expect([await docsUrlOf('sample'), await docsUrlOf('custom')]).toEqual([undefined, 'https://docs.example.com/docs']);
});

test('a target has the caps, the quarantine and the cadence of its environment', async () => {
  expect(await resolve({ environment: 'custom' })).toMatchObject({
    caps: { maxChanges: 5, maxPercent: 5 },
    quarantine: { repairs: 2, days: 9 },
    cadence: { reminderDays: 4, weeklyAllClear: false },
  });
});

describe('a target', () => {
  it('a target has the tenant and the policy of its environment', async () => {
    expect(await resolve({})).toMatchObject({
      environment: 'sample',
      address: { origin: 'https://sample.eu.auth0.com', host: 'sample.eu.auth0.com' },
      audience: 'https://sample.eu.auth0.com/api/v2/',
      policy: sampleEnvironment.policy,
      reservePercent: 20,
      quarantine: { repairs: 3, days: 7 },
      cadence: { reminderDays: 7, weeklyAllClear: true },
      withoutPeople: false,
    });
  });

  it('a target reads the credentials from the variables', async () => {
    const { readCredentials } = await resolve({});
    expect(await readCredentials()).toEqual({ clientId: 'an-id', clientSecret: 'Planted-secret' });
  });

  it.each([
    { AUTH0_CLIENT_ID: 'an-id', AUTH0_PRIVATE_KEY: KEY.pkcs8, AUTH0_PRIVATE_KEY_ID: 'a-kid' },
    { AUTH0_CLIENT_ID: 'an-id', AUTH0_PRIVATE_KEY: KEY.pkcs8.replaceAll('\n', '\\n'), AUTH0_PRIVATE_KEY_ID: 'a-kid' },
  ])('a target reads the private key from the variables, with line ends as they are or as \\n', async (variables) => {
    const { readCredentials } = await resolve({}, variables);
    expect(await readCredentials()).toEqual({ clientId: 'an-id', privateKey: KEY.pkcs8, keyId: 'a-kid' });
  });

  it('a target has the rate reserve of its environment, or of the option', async () => {
    const custom = { environment: 'custom' };
    expect((await resolve(custom)).reservePercent).toBe(50);
    expect((await resolve({ ...custom, reservePercent: 0 })).reservePercent).toBe(0);
  });

  const CANONICAL: readonly { claim: string; given: Partial<Target>; host: string; canonicalHost: string }[] = [
    { claim: 'its own domain', given: {}, host: 'sample.eu.auth0.com', canonicalHost: 'sample.eu.auth0.com' },
    {
      claim: "the environment's canonical domain",
      given: { environment: 'custom' },
      host: 'login.example.com',
      canonicalHost: 'example.eu.auth0.com',
    },
    {
      claim: "the given domain, without the environment's canonical domain",
      given: { environment: 'custom', domain: 'localhost:8443' },
      host: 'localhost:8443',
      canonicalHost: 'localhost:8443',
    },
    {
      claim: "the given canonical domain, in place of the environment's",
      given: { environment: 'custom', canonicalDomain: 'https://Other.us.auth0.com/' },
      host: 'login.example.com',
      canonicalHost: 'other.us.auth0.com',
    },
    {
      claim: 'the given canonical domain, with a given domain',
      given: { domain: 'https://login.acme.example/', canonicalDomain: 'acme.eu.auth0.com' },
      host: 'login.acme.example',
      canonicalHost: 'acme.eu.auth0.com',
    },
  ];
  it.each(CANONICAL)('a target has the audience of $claim', async ({ given, host, canonicalHost }) => {
    const resolved = await resolve(given);
    expect(resolved).toMatchObject({ canonicalHost, audience: `https://${canonicalHost}/api/v2/` });
    expect(resolved.address.host).toBe(host);
  });

  it.each([
    { environment: 'sample', domain: undefined, hosts: ['sample.eu.auth0.com', undefined] },
    { environment: 'sample', domain: 'other.eu.auth0.com', hosts: ['other.eu.auth0.com', undefined] },
    { environment: 'custom', domain: undefined, hosts: ['example.eu.auth0.com', 'login.example.com'] },
    { environment: 'custom', domain: 'Login.example.com', hosts: ['example.eu.auth0.com', 'login.example.com'] },
    { environment: 'custom', domain: 'example.eu.auth0.com', hosts: ['example.eu.auth0.com', 'login.example.com'] },
    { environment: 'custom', domain: 'other.eu.auth0.com', hosts: ['other.eu.auth0.com', undefined] },
  ])('a target of $environment at $domain has its history under $hosts', async ({ hosts, ...change }) => {
    const { canonicalHost, formerHost } = await resolve(change);
    expect([canonicalHost, formerHost]).toEqual(hosts);
  });

  it('a target has the policy of --policy', async () => {
    const policyFile = writePolicy('{"default":{"expect":"on_first_login"}}');
    const { policy } = await resolve({ policyFile });
    expect(policy.default.expect).toBe('on_first_login');
  });
});

const VARIABLE: readonly { claim: string; asked: Partial<Target>; variable: string; host: string }[] = [
  {
    claim: 'AUTH0_DOMAIN names the tenant if no option does',
    asked: {},
    variable: 'mine.eu.auth0.com',
    host: 'mine.eu.auth0.com',
  },
  { claim: 'an empty AUTH0_DOMAIN counts as absent', asked: {}, variable: '', host: 'sample.eu.auth0.com' },
  {
    claim: 'AUTH0_DOMAIN is ignored if --domain names a tenant',
    asked: { domain: 'typed.eu.auth0.com' },
    variable: 'mine.eu.auth0.com',
    host: 'typed.eu.auth0.com',
  },
  {
    claim: 'AUTH0_DOMAIN is ignored if --environment names an environment',
    asked: { environment: 'dev' },
    variable: 'mine.eu.auth0.com',
    host: 'sample.eu.auth0.com',
  },
  {
    claim: 'AUTH0_DOMAIN is ignored if both options are given',
    asked: { environment: 'dev', domain: 'typed.eu.auth0.com' },
    variable: 'mine.eu.auth0.com',
    host: 'typed.eu.auth0.com',
  },
  {
    claim: 'an invalid AUTH0_DOMAIN is ignored if an environment is named',
    asked: { environment: 'dev' },
    variable: 'http://x/y',
    host: 'sample.eu.auth0.com',
  },
];
describe('AUTH0_DOMAIN', () => {
  const environments = filesOf([{ ...sampleEnvironment, name: 'dev' }]);

  it.each(VARIABLE)('AUTH0_DOMAIN $claim', async ({ asked, variable, host }) => {
    const terminal = recordTerminal({ ...CREDENTIALS, AUTH0_DOMAIN: variable });
    const context = contextOf(environments, terminal);
    const target = await resolveTarget({ ...TARGET, environment: undefined, ...asked }, context, {
      history: 'none',
      credentials: 'needed',
    });
    const isUsed = host === variable;
    expect(target.address.host).toBe(host);
    expect(terminal.noted()).toBe(isUsed ? `Tenant from AUTH0_DOMAIN: ${host}.\n` : '');
    // Printed commands name the environment, and also the tenant that was selected.
    expect(target.commands.typed?.join()).toBe(isUsed || asked.domain ? `--domain ${host}` : '');
  });

  it('an invalid AUTH0_DOMAIN that is used is refused without its value', async () => {
    const variables = { ...CREDENTIALS, AUTH0_DOMAIN: 'user:Planted@x' };
    const said = await problemsOf({ environment: undefined }, variables, environments);
    expect(said).toMatch(/^- AUTH0_DOMAIN: expected a domain such as/);
    expect(said).not.toContain('Planted');
  });
});

describe('a target without a named environment', () => {
  const named = (...names: string[]) => filesOf(names.map((name) => ({ ...sampleEnvironment, name })));

  it.each([
    { claim: 'the default environment is used if no environment is named', known: ['a-b', 'dev'], meant: 'dev' },
    { claim: 'the only environment is used if no environment is named', known: ['a-b'], meant: 'a-b' },
  ])('$claim', async ({ known, meant }) => {
    expect((await resolve({ environment: undefined }, CREDENTIALS, named(...known))).environment).toBe(meant);
  });

  it.each([
    {
      claim: 'an ambiguous target is refused with the list of environments and the option that selects one',
      environments: named('a-b', 'c-d'),
      says: '- no environment is named; give --environment NAME (known: a-b, c-d)',
    },
    {
      claim: 'a target is refused if there is no environment file',
      environments: [],
      says: '- no environment is named, and there is no file in environments/',
    },
    {
      claim: 'a target is refused with the reason why the only file cannot be loaded',
      environments: [{ file: 'environments/a-b.js', ...describeFailure(new Error('Boom'), '/') }],
      says: '- environments/a-b.js cannot be loaded: found "Boom"',
    },
  ])('$claim', async ({ environments, says }) => {
    expect(await problemsOf({ environment: undefined }, CREDENTIALS, environments)).toBe(says);
  });
});

describe('a wrong target', () => {
  it('an unknown environment is refused with the list of known environments', async () => {
    expect(await problemsOf({ environment: 'staging' })).toContain(
      "unknown environment 'staging'; known: sample, custom",
    );
  });

  it('missing credentials are named together with the fix', async () => {
    expect(await problemsOf({ domain: 'other.eu.auth0.com' }, {})).toBe(
      '- AUTH0_CLIENT_ID: not set; export the credentials of the machine-to-machine application, or give --secret ARN\n' +
        '- AUTH0_CLIENT_SECRET or AUTH0_PRIVATE_KEY: not set; export the credentials of the machine-to-machine application, or give --secret ARN',
    );
    expect(await problemsOf({}, { ...CREDENTIALS, AUTH0_CLIENT_ID: '' })).toMatch(/^- AUTH0_CLIENT_ID: [^\n]*$/);
  });

  const ID = { AUTH0_CLIENT_ID: 'an-id' };
  it.each([
    {
      claim: 'a secret together with a key',
      variables: { ...CREDENTIALS, AUTH0_PRIVATE_KEY: KEY.pkcs8 },
      says: ['AUTH0_CLIENT_SECRET and AUTH0_PRIVATE_KEY: both are set'],
    },
    {
      claim: 'an invalid key without a client id',
      variables: { AUTH0_PRIVATE_KEY: 'Planted' },
      says: ['AUTH0_CLIENT_ID: not set', 'AUTH0_PRIVATE_KEY: is not a private key; expected an RSA private key'],
    },
    {
      claim: 'a key with a passphrase',
      variables: { ...ID, AUTH0_PRIVATE_KEY: KEY.encrypted },
      says: ['AUTH0_PRIVATE_KEY: is encrypted with a passphrase'],
    },
    {
      claim: 'a key id without a key',
      variables: { AUTH0_PRIVATE_KEY_ID: 'Planted' },
      says: [
        'AUTH0_CLIENT_ID: not',
        'AUTH0_PRIVATE_KEY_ID: set without AUTH0_PRIVATE_KEY',
        'AUTH0_CLIENT_SECRET or AUTH0_PRIVATE_KEY: not',
      ],
    },
    {
      claim: 'an invalid proxy',
      variables: { ...CREDENTIALS, HTTPS_PROXY: 'socks5://ann:Planted@p' },
      says: ['HTTPS_PROXY: expected http://HOST:PORT or https://HOST:PORT'],
    },
  ])('the error about $claim names each variable and no value', async ({ variables, says }) => {
    const said = await problemsOf({}, variables);
    for (const words of says) expect(said).toContain(`- ${words}`);
    expect(said.split('\n')).toHaveLength(says.length);
    expect(said).not.toMatch(/Planted|MII/);
  });

  it.each(shipped.map(({ name }) => name))(
    'the shipped environment %s is refused, because it has no tenant yet',
    async (environment) => {
      const said = await problemsOf({ environment }, CREDENTIALS, shippedFiles);
      expect(said).toContain(`set domain in environments/${environment}.ts, or give --domain`);
    },
  );

  it.each(['http://example.com', 'example.com/x', 'user:Planted@example.com'])(
    'the domain %s is refused',
    async (domain) => {
      expect(await problemsOf({ domain })).toContain('--domain: expected a domain such as');
      expect(await problemsOf({ canonicalDomain: domain })).toContain('--canonical-domain: expected a domain such as');
      expect(await problemsOf({ domain, canonicalDomain: domain })).not.toContain('Planted');
    },
  );

  it('a placeholder is refused as canonical domain', async () => {
    expect(await problemsOf({ canonicalDomain: 'x.invalid' })).toContain('or give --canonical-domain your-tenant');
  });

  it('every invalid setting of an environment is named', async () => {
    const environments = filesOf([{ ...sampleEnvironment, domain: 'https://x/y', rateReservePercent: 91 }]);
    const said = (await problemsOf({}, CREDENTIALS, environments)).split('\n');
    expect(said).toEqual([
      expect.stringMatching(/^- environments\/sample\.ts: domain: bad value/),
      expect.stringMatching(/^- environments\/sample\.ts: rateReservePercent: .* from 0 to 90$/),
    ]);
  });

  it('a policy that is missing, not JSON or invalid is named', async () => {
    expect(await problemsOf({ policyFile: path.join(folder, 'none.json') })).toContain('ENOENT');
    expect(await problemsOf({ policyFile: writePolicy('{"default"') })).toContain('policy.json');
    expect(await problemsOf({ policyFile: writePolicy('{"default":{"expect":"always"}}') })).toContain(
      'default.expect',
    );
    expect(await problemsOf({ policyFile: writePolicy('[]') })).toContain('policy.json: ');
  });

  it('the problems of a target are all reported together', async () => {
    const said = await problemsOf({ environment: 'staging', domain: '/', policyFile: '/nowhere.json' }, {});
    for (const what of [
      '--environment',
      '--domain',
      '--policy /nowhere.json',
      'AUTH0_CLIENT_ID',
      'AUTH0_CLIENT_SECRET',
    ])
      expect(said).toContain(`- ${what}`);
  });
});
