import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CHECK_SUBJECTS } from '../../../cli/actions/check/check-line';
import { AUDIT_SCOPES } from '../../../sandbox/auth0/access';
import { mixed } from '../../../sandbox/seeds';
import { closeStores, makeFolder } from '../../history/stores';
import { homeOf, openCommandLine } from '../open-command-line';

afterEach(closeStores);

const openMixed = () => openCommandLine({ sandbox: { seed: mixed(), scopes: AUDIT_SCOPES } });

test('the JSON of check contains the exit code, and subject, status, text and command of each line', async () => {
  const cli = await openMixed();
  const text = await cli.run('check');
  const ended = await cli.run('check --format json');
  const { checks, ...rest } = JSON.parse(ended.stdout);
  expect(rest).toEqual({
    kind: 'check',
    schemaVersion: '1',
    environment: 'sample',
    tenant: `127.0.0.1:${cli.sandbox.port}`,
    exitCode: 0,
  });
  expect(checks.slice(0, 2)).toEqual([
    { subject: 'domain', status: 'ok', text: expect.stringContaining('answers on this machine'), command: null },
    { subject: 'credentials', status: 'ok', text: 'accepted', command: null },
  ]);
  for (const { subject } of checks) expect(Object.keys(CHECK_SUBJECTS)).toContain(subject);
  expect(checks).toHaveLength(text.stdout.match(/^(ok|warn|fail|skip) /gm)?.length ?? 0);
  expect([ended.code, ended.stderr]).toEqual([0, '']);
});

test('the JSON of check contains a failed line and no tenant if the target is not found', async () => {
  const cli = await openMixed();
  const ended = await cli.run('check --environment smaple --format json');
  expect(JSON.parse(ended.stdout)).toMatchObject({
    tenant: null,
    exitCode: 2,
    checks: [{ subject: 'settings', status: 'fail', text: expect.stringContaining('did you mean sample?') }],
  });
  expect(ended.code).toBe(2);
});

test('the JSON of explain contains connection, rule, expectation, setting, verdict, finding and exemptions', async () => {
  const cli = await openMixed();
  const ended = await cli.run('explain acme-okta --format json');
  expect(JSON.parse(ended.stdout)).toEqual({
    kind: 'explanation',
    schemaVersion: '1',
    environment: 'sample',
    tenant: `127.0.0.1:${cli.sandbox.port}`,
    connection: {
      id: expect.stringMatching(/^con_/),
      name: 'acme-okta',
      displayName: expect.anything(),
      strategy: 'okta',
    },
    rule: 'default',
    rulesBefore: expect.any(Array),
    expected: { values: ['on_each_login'], mustBeExplicit: false, reason: null },
    setting: { visibility: 'visible', value: 'on_first_login' },
    verdict: 'noncompliant',
    notApplicable: null,
    finding: expect.objectContaining({
      code: 'WRONG_VALUE',
      severity: 'medium',
      outcome: 'planned',
      effect: expect.stringContaining('first login'),
      remedy: expect.stringContaining('Set options.set_user_root_attributes'),
    }),
    exemptions: [],
  });
  expect([ended.code, ended.stderr]).toEqual([0, '']);
});

test('explain reports a finding as new, or as open since the run that first found it', async () => {
  const cli = await openMixed();
  const findingOf = async () => JSON.parse((await cli.run('explain acme-okta --format json')).stdout).finding;
  expect(await findingOf()).toMatchObject({ lifecycle: 'new', firstSeen: expect.any(String) });
  const { findings } = JSON.parse((await cli.run('--format json --only acme-okta')).stdout);
  expect(await findingOf()).toMatchObject({ lifecycle: 'open', firstSeen: findings[0].firstSeen });
  expect((await cli.run('explain acme-okta')).stdout).toContain('Open: a run first found this on ');
  writeFileSync(path.join(homeOf(cli), 'state.json'), 'torn');
  expect(await findingOf()).toMatchObject({ lifecycle: null, firstSeen: null });
});

test('the JSON of explain contains no option of any connection except the setting', async () => {
  const cli = await openMixed();
  const secrets = [...cli.stored().values()].flatMap(({ options }) => Object(options).client_secret ?? []);
  expect(secrets.length).toBeGreaterThan(0);
  for (const id of cli.stored().keys()) {
    const ended = await cli.run(`explain ${id} --format json`);
    const { setting, verdict, finding } = JSON.parse(ended.stdout);
    expect(Object.keys(setting)).toEqual(['visibility', 'value']);
    expect(finding === null).toBe(verdict === 'compliant' || verdict === 'not_applicable');
    for (const secret of secrets) expect(ended.stdout).not.toContain(secret);
  }
});

test('explain prints an error on stderr and nothing on stdout', async () => {
  const cli = await openMixed();
  const ended = await cli.run('explain acme-oktaa --format json');
  expect([ended.stdout, ended.code]).toEqual(['', 2]);
  expect(ended.stderr.replaceAll(/\s+/g, ' ')).toContain("did you mean 'acme-okta'?");
});

test('the JSON of lint contains each problem with its code, and the counts', async () => {
  const cli = await openMixed();
  const policy = path.join(makeFolder(), 'policy.json');
  writeFileSync(policy, JSON.stringify({ default: { expect: 'sometimes' } }));
  const ended = await cli.run(`lint --policy ${policy} --format json`);
  expect(JSON.parse(ended.stdout)).toEqual({
    kind: 'lint',
    schemaVersion: '1',
    exitCode: 2,
    errors: 1,
    warnings: 0,
    problems: [
      {
        file: policy,
        severity: 'error',
        code: 'BAD_VALUE',
        path: 'default.expect',
        message: expect.any(String),
        found: '"sometimes"',
        allowed: expect.any(String),
      },
    ],
  });
  expect(ended.code).toBe(2);
});

test('the documentation names every subject of a check', () => {
  const page = readFileSync(path.join(__dirname, '../../../docs/command-line.md'), 'utf8');
  for (const subject of Object.keys(CHECK_SUBJECTS)) expect(page).toContain(`\`${subject}\``);
});
