import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Policy } from '../../../lambda/policy/policy';
import { AUDIT_SCOPES } from '../../../sandbox/auth0/access';
import type { SeedConnection } from '../../../sandbox/auth0/stored-connection';
import { mixed } from '../../../sandbox/seeds';
import { closeStores, makeFolder } from '../../history/stores';
import { type CommandLine, openCommandLine, widest } from '../open-command-line';

afterEach(closeStores);

const POLICY: Policy = {
  rules: [
    {
      id: 'customers-keep-their-edits',
      match: { strategy: 'auth0' },
      expect: 'on_first_login',
      reason: 'Customers edit their profile in our app.',
    },
  ],
  default: { expect: 'on_each_login', reason: 'The directory is right.' },
  exemptions: [{ name: 'acme-*', reason: 'Migration.', owner: 'Ada', ticket: 'ID-1', expires: '2999-12-31' }],
};

const openMixed = (seed: readonly SeedConnection[] = mixed()): Promise<CommandLine> =>
  openCommandLine({ sandbox: { seed, scopes: AUDIT_SCOPES }, environment: { policy: POLICY } });
const idOf = (cli: CommandLine, name: string): string =>
  [...cli.stored().values()].map((each) => Object(each)).find((each) => each.name === name).id;
const flat = (text: string) => text.replaceAll(/\n +/g, ' ');

describe('explain', () => {
  it('explain by id and by exact name shows the same rule, expectation, value, verdict, repair and exemption', async () => {
    const cli = await openMixed();
    const byName = await cli.run('explain --connection acme-okta');
    const byId = await cli.run(`explain --connection ${idOf(cli, 'acme-okta')}`);
    expect(byId).toEqual(byName);
    expect(await cli.run('explain acme-okta')).toEqual(byName);
    const said = flat(byName.stdout);
    expect(said).toContain(`Connection  acme-okta (${idOf(cli, 'acme-okta')}, strategy okta`);
    expect(said).toContain(
      'The default, because no rule matches. Rule customers-keep-their-edits does not match: strategy.',
    );
    expect(said).toContain('Expected    on_each_login. Why: The directory is right.');
    expect(said).toContain('Actual      on_first_login.');
    expect(said).toContain('Noncompliant (WRONG_VALUE)');
    expect(said).toContain('Outcome of a run: skipped_exempt. The connection is exempt, so it is not repaired.');
    expect(said).toContain('Exempt by name acme-* until the end of 2999-12-31');
    expect([byName.stderr, byName.code]).toEqual(['', 0]);
    expect(widest(byName)).toBeLessThanOrEqual(80);
  });

  const CASES = [
    { claim: 'a planned repair', name: 'stark-oidc', says: 'Outcome of a run: planned.' },
    {
      claim: 'the reason of a refused repair',
      name: 'empty-options',
      says: 'hidden options would be lost',
    },
    { claim: 'the rule that applies', name: 'customers-legacy', says: 'Rule customers-keep-their-edits' },
    { claim: 'that the setting cannot apply', name: 'main-email', says: 'Not applicable: passwordless' },
    {
      claim: 'that a value is not documented',
      name: 'undocumented-value',
      says: 'a value that Auth0 does not document',
    },
  ];
  it.each(CASES)('explain shows $claim', async ({ name, says }) => {
    const cli = await openMixed();
    const ended = await cli.run(`explain --connection ${name}`);
    expect(flat(ended.stdout)).toContain(says);
    expect(ended.code).toBe(0);
    expect(widest(ended)).toBeLessThanOrEqual(80);
  });

  it('explain of every connection fits a terminal and prints no control characters', async () => {
    const cli = await openMixed();
    for (const id of cli.stored().keys()) {
      const ended = await cli.run(`explain --connection ${id}`);
      expect(ended.code).toBe(0);
      expect(widest(ended)).toBeLessThanOrEqual(80);
      expect(ended.stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  });

  it.each(['acme', 'ACME-OKTA', 'con_none', '\u001b[31mred\u202E', '__proto__', 'x'.repeat(500)])(
    'explain of %j, which is not an id or exact name, reports it and exits 2',
    async (wanted) => {
      const cli = await openMixed();
      const ended = await cli.run(`explain --connection ${wanted}`);
      expect(flat(ended.stderr)).toContain(`none of ${mixed().length} connections has the id or name '`);
      expect(ended.stderr.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect([ended.stdout, ended.code]).toEqual(['', 2]);
      expect(widest(ended)).toBeLessThanOrEqual(80);
    },
  );

  it.each([
    ['acme-okte', 'acme-okta'],
    ['ACME-OKTA', 'acme-okta'],
    ['stark-oi', 'stark-oidc'],
  ])('explain of the misspelled name %s suggests the correct name', async (wanted, meant) => {
    const cli = await openMixed();
    const { stderr, code } = await cli.run(`explain ${wanted}`);
    expect(flat(stderr)).toContain(`connections has the id or name '${wanted}'; did you mean '${meant}'?`);
    expect(code).toBe(2);
  });

  it('explain prefers an id to a name that is equal to the id', async () => {
    const [first, second] = mixed();
    if (first === undefined || second === undefined) throw new Error('no connections');
    const cli = await openMixed([{ ...first, name: second.id }, second]);
    const ended = await cli.run(`explain --connection ${second.id}`);
    expect(ended.stdout).toContain(`Connection  ${second.name} (`);
  });

  it('explain with refused credentials reports them without a stack trace, exit code 2', async () => {
    const cli = await openMixed();
    const ended = await cli.run('explain --connection acme-okta', { variables: { AUTH0_CLIENT_SECRET: 'Planted' } });
    expect(flat(ended.stderr)).toContain('POST /oauth/token: 401 access_denied');
    expect(ended.stderr).not.toMatch(/Planted|Error:/);
    expect([ended.stdout, ended.code]).toEqual(['', 2]);
    expect(widest(ended)).toBeLessThanOrEqual(80);
  });

  it('explain uses the policy of --policy and writes nothing', async () => {
    const cli = await openMixed();
    const policy = path.join(makeFolder(), 'policy.json');
    writeFileSync(policy, JSON.stringify({ default: { expect: 'on_first_login' } }));
    const ended = await cli.run(`explain --connection acme-okta --policy ${policy}`);
    expect(ended.stdout).toContain('Compliant.');
    expect(new Set(cli.sandbox.requests.map(({ method }) => method))).toEqual(new Set(['POST', 'GET']));
  });
});
