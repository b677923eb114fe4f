import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Target } from '../../cli/command-options';
import { resolveTarget, TargetError } from '../../cli/target';
import { environments as shipped } from '../../environments';
import type { Environment } from '../../lib/environment/environment';
import { sampleEnvironment } from '../lib/environment/sample-environment';

const CREDENTIALS = { AUTH0_CLIENT_ID: 'an-id', AUTH0_CLIENT_SECRET: 'Planted-secret' };
const ENVIRONMENTS: readonly Environment[] = [
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
];
const TARGET: Target = {
  environment: 'sample',
  domain: undefined,
  policyFile: undefined,
  secretArn: undefined,
  reservePercent: undefined,
};

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

function problemsOf(target: Partial<Target>, variables: object = CREDENTIALS, environments = ENVIRONMENTS): string {
  try {
    resolveTarget({ ...TARGET, ...target }, environments, { ...variables });
  } catch (error) {
    if (error instanceof TargetError) return error.problems.map((problem) => `- ${problem}`).join('\n');
    throw error;
  }
  return '';
}

test("a target has the address of the environment's docs, without a slash at its end", () => {
  const docsUrlOf = (environment: string) =>
    resolveTarget({ ...TARGET, environment }, ENVIRONMENTS, CREDENTIALS).docsUrl;
  expect([docsUrlOf('sample'), docsUrlOf('custom')]).toEqual([undefined, 'https://docs.example.com/docs']);
});

test('a target has the caps, the quarantine and the cadence of its environment', () => {
  expect(resolveTarget({ ...TARGET, environment: 'custom' }, ENVIRONMENTS, CREDENTIALS)).toMatchObject({
    caps: { maxChanges: 5, maxPercent: 5 },
    quarantine: { repairs: 2, days: 9 },
    cadence: { reminderDays: 4, weeklyAllClear: false },
  });
});

describe('a target', () => {
  it("is the environment's tenant and policy", () => {
    expect(resolveTarget(TARGET, ENVIRONMENTS, CREDENTIALS)).toMatchObject({
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

  it('reads the credentials from the variables', async () => {
    const { readCredentials } = resolveTarget(TARGET, ENVIRONMENTS, CREDENTIALS);
    expect(await readCredentials()).toEqual({ clientId: 'an-id', clientSecret: 'Planted-secret' });
  });

  it('leaves others as much of the rate limit as the environment says, or as asked for', () => {
    const custom = { ...TARGET, environment: 'custom' };
    expect(resolveTarget(custom, ENVIRONMENTS, CREDENTIALS).reservePercent).toBe(50);
    expect(resolveTarget({ ...custom, reservePercent: 0 }, ENVIRONMENTS, CREDENTIALS).reservePercent).toBe(0);
  });

  it('has the audience of the canonical domain, unless another domain is given', () => {
    const custom = { ...TARGET, environment: 'custom' };
    expect(resolveTarget(custom, ENVIRONMENTS, CREDENTIALS).audience).toBe('https://example.eu.auth0.com/api/v2/');
    expect(resolveTarget({ ...custom, domain: 'localhost:8443' }, ENVIRONMENTS, CREDENTIALS).audience).toBe(
      'https://localhost:8443/api/v2/',
    );
  });

  it.each([
    { environment: 'sample', domain: undefined, hosts: ['sample.eu.auth0.com', undefined] },
    { environment: 'sample', domain: 'other.eu.auth0.com', hosts: ['other.eu.auth0.com', undefined] },
    { environment: 'custom', domain: undefined, hosts: ['example.eu.auth0.com', 'login.example.com'] },
    { environment: 'custom', domain: 'Login.example.com', hosts: ['example.eu.auth0.com', 'login.example.com'] },
    { environment: 'custom', domain: 'example.eu.auth0.com', hosts: ['example.eu.auth0.com', 'login.example.com'] },
    { environment: 'custom', domain: 'other.eu.auth0.com', hosts: ['other.eu.auth0.com', undefined] },
  ])('of $environment at $domain has its history under $hosts', ({ hosts, ...change }) => {
    const { canonicalHost, formerHost } = resolveTarget({ ...TARGET, ...change }, ENVIRONMENTS, CREDENTIALS);
    expect([canonicalHost, formerHost]).toEqual(hosts);
  });

  it('may have a policy of its own', () => {
    const policyFile = writePolicy('{"default":{"expect":"on_first_login"}}');
    const { policy } = resolveTarget({ ...TARGET, policyFile }, ENVIRONMENTS, CREDENTIALS);
    expect(policy.default.expect).toBe('on_first_login');
  });
});

describe('a target that is wrong', () => {
  it('names the environments there are', () => {
    expect(problemsOf({ environment: 'staging' })).toContain(
      "unknown environment 'staging'; known are: sample, custom",
    );
  });

  it('says which credentials are missing, and what to do', () => {
    expect(problemsOf({}, {})).toBe(
      '- AUTH0_CLIENT_ID: not set; export the credentials of the machine-to-machine application, or give --secret ARN\n' +
        '- AUTH0_CLIENT_SECRET: not set; export the credentials of the machine-to-machine application, or give --secret ARN',
    );
    expect(problemsOf({}, { ...CREDENTIALS, AUTH0_CLIENT_ID: '' })).toMatch(/^- AUTH0_CLIENT_ID: [^\n]*$/);
  });

  it.each(shipped.map(({ name }) => name))('says that the shipped environment %s has no tenant yet', (environment) => {
    const said = problemsOf({ environment }, CREDENTIALS, [...shipped]);
    expect(said).toContain(`set domain in environments/${environment}.ts, or give --domain`);
  });

  it.each(['https://example.com', 'http://example.com', 'example.com/x', 'user:Planted@example.com'])(
    'refuses the domain %s',
    (domain) => {
      expect(problemsOf({ domain })).toContain('--domain: expected a domain such as');
      expect(problemsOf({ domain })).not.toContain('Planted');
    },
  );

  it('names every bad setting of the environment', () => {
    const environments = [{ ...sampleEnvironment, domain: 'https://x', rateReservePercent: 91 }];
    const said = problemsOf({}, CREDENTIALS, environments).split('\n');
    expect(said).toEqual([
      expect.stringMatching(/^- environments\/sample\.ts: domain: bad value/),
      expect.stringMatching(/^- environments\/sample\.ts: rateReservePercent: .* from 0 to 90$/),
    ]);
  });

  it('names a policy that is not there, not JSON, or none', () => {
    expect(problemsOf({ policyFile: path.join(folder, 'none.json') })).toContain('ENOENT');
    expect(problemsOf({ policyFile: writePolicy('{"default"') })).toContain('policy.json');
    expect(problemsOf({ policyFile: writePolicy('{"default":{"expect":"always"}}') })).toContain('default.expect');
    expect(problemsOf({ policyFile: writePolicy('[]') })).toContain('policy.json: ');
  });

  it('is told all at once', () => {
    const said = problemsOf({ environment: 'staging', domain: '/', policyFile: '/nowhere.json' }, {});
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
