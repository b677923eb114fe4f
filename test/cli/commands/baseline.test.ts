import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parsePolicy } from '../../../lambda/policy/parse';
import { AUDIT_SCOPES } from '../../../sandbox/auth0/access';
import type { SeedConnection } from '../../../sandbox/auth0/stored-connection';
import { generate, mixed } from '../../../sandbox/seeds';
import { makeSelfSigned } from '../../../sandbox/self-signed';
import { closeStores, makeFolder } from '../../history/stores';
import { type Ended, openCommandLine, widest } from '../open-command-line';
import { trustEverywhere } from '../trust-everywhere';

afterEach(closeStores);

const first = (connection: SeedConnection): SeedConnection => ({
  ...connection,
  options: { ...connection.options, set_user_root_attributes: 'on_first_login' },
});

const TENANTS: readonly { claim: string; seed: readonly SeedConnection[]; codes: readonly number[] }[] = [
  { claim: 'without connections', seed: [], codes: [2] },
  { claim: 'without drift', seed: [...generate(40)], codes: [0] },
  { claim: 'with some drift', seed: [...generate(40, { driftPercent: 10 })], codes: [0] },
  {
    claim: 'that mostly deviates from the default',
    seed: [...generate(40)].map((each, at) => (at % 5 === 0 ? each : first(each))),
    codes: [0],
  },
  // Hidden options stay indeterminate regardless of the policy.
  { claim: 'with every strategy, odd values and hostile names', seed: mixed(), codes: [2] },
];

describe.each(TENANTS)('the baseline of a tenant $claim', ({ claim, seed, codes }) => {
  async function draft() {
    const cli = await openCommandLine({ sandbox: { seed, scopes: AUDIT_SCOPES } });
    const ended = await cli.run('baseline');
    const file = path.join(makeFolder(), 'baseline.json');
    writeFileSync(file, ended.stdout);
    return { cli, ended, file };
  }

  it(`the baseline of a tenant ${claim} is a policy without lint errors`, async () => {
    const { cli, ended, file } = await draft();
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    expect(parsePolicy(JSON.parse(ended.stdout))).toMatchObject({ ok: true });
    const linted = await cli.run(`lint --policy ${file}`);
    expect(linted.stdout).toMatch(/^0 errors|^No problems/m);
    expect(linted.code).toBe(0);
    expect(widest(linted)).toBeLessThanOrEqual(80);
  });

  it(`the baseline of a tenant ${claim} leaves only exempt findings and no writes`, async () => {
    const { cli, file } = await draft();
    const ended = await cli.run(`--format json --policy ${file}`);
    const { findings, summary } = JSON.parse(ended.stdout);
    expect(summary.noncompliant - summary.exempt).toBe(0);
    for (const { verdict, exemption, outcome } of findings) {
      expect(outcome).not.toBe('planned');
      if (verdict === 'noncompliant') expect(exemption).not.toBeNull();
    }
    expect(codes).toContain(ended.code);
  });
});

describe('a baseline that goes to a file', () => {
  const open = () => openCommandLine({ sandbox: { seed: mixed(), scopes: AUDIT_SCOPES } });
  const said = ({ stdout }: Ended) => stdout.replaceAll('\n', ' ');

  it('a baseline in a file contains only the policy; the terminal shows a summary and the next step', async () => {
    const cli = await open();
    const ended = await cli.run('baseline --output b.json');
    const policy = JSON.parse(ended.files.get('b.json') ?? '');
    expect(parsePolicy(policy)).toMatchObject({ ok: true });
    expect(ended.files.get('b.json')).toMatch(/[^\n]\n$/);
    expect(said(ended)).toContain(`${policy.exemptions.length} exemptions describe ${mixed().length} connections`);
    expect(ended.stdout).toContain('\n  npm run audit -- lint --policy b.json\n');
    expect(ended.code).toBe(0);
    expect(widest(ended)).toBeLessThanOrEqual(80);
  });

  it('a baseline in a file can be used by the printed command init with the given domain', async () => {
    const tls = makeSelfSigned();
    trustEverywhere(tls.cert);
    const cli = await openCommandLine({ sandbox: { seed: mixed(), scopes: AUDIT_SCOPES, tls } });
    const domain = `127.0.0.1:${cli.sandbox.port}`;
    const named = await cli.run(`baseline --output b.json --domain ${domain} --environment sample`);
    expect(named.stdout.replaceAll(/ \\\n\s+/g, ' ')).toContain(
      `\n  npm run audit -- init --policy b.json --domain ${domain}\n`,
    );
  });

  it('a baseline must be set manually if init would refuse the domain, such as one of plain http', async () => {
    const cli = await open();
    const named = await cli.run(`baseline --output b.json --domain ${cli.sandbox.domain} --environment sample`);
    expect([named.code, named.stdout]).toEqual([
      0,
      expect.stringMatching(/\nThen set it as the policy in the file of an environment\.\n$/),
    ]);
    expect(named.stdout).not.toContain(' init ');
  });

  it('a baseline whose file cannot be written is printed instead, exit code 2', async () => {
    const cli = await open();
    const ended = await cli.run('baseline --output none/b.json', { cannotWriteFiles: true });
    expect(parsePolicy(JSON.parse(ended.stdout))).toMatchObject({ ok: true });
    expect(ended.stderr.replaceAll('\n  ', ' ')).toContain('the draft is printed instead');
    expect(ended.code).toBe(2);
  });
});

it('a baseline on a terminal shows progress and clears it, also if the tenant refuses the request', async () => {
  const cli = await openCommandLine({ sandbox: { scopes: AUDIT_SCOPES } });
  const ended = await cli.run('baseline', { isTerminal: true });
  expect(ended.told).toEqual(expect.arrayContaining(['1 connection read', '2 connections read']));
  expect(ended.told.at(-1)).toBe('');
  cli.sandbox.faults.add({ name: 'status', status: 404 }, { path: '/api/v2/connections' });
  const refused = await cli.run('baseline', { isTerminal: true });
  expect(refused.told.at(-1)).toBe('');
  expect([refused.stdout, refused.code]).toEqual(['', 2]);
  expect(refused.stderr).toMatch(/^- .*GET \/api\/v2\/connections/);
});

it('a baseline with hidden options contains nothing about these connections', async () => {
  const scopes = ['read:connections'];
  const cli = await openCommandLine({
    sandbox: { seed: generate(5), scopes, omitScopeInTokenAnswer: true, jwtScopes: 'absent' },
  });
  const ended = await cli.run('baseline');
  expect(ended.stdout === '' || JSON.parse(ended.stdout).exemptions.length === 0).toBe(true);
});
