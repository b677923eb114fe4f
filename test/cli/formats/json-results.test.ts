import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CHECK_SUBJECTS } from '../../../cli/actions/check/check-line';
import { AUDIT_SCOPES } from '../../../sandbox/auth0/access';
import { mixed } from '../../../sandbox/seeds';
import { closeStores, makeFolder } from '../../history/stores';
import { homeOf, openCommandLine } from '../open-command-line';

afterEach(closeStores);

const openMixed = () => openCommandLine({ sandbox: { seed: mixed(), scopes: AUDIT_SCOPES } });

test('check: each line with its subject, status, text and command, and the exit code', async () => {
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

test('check: a target that cannot be found is a line, and no tenant', async () => {
  const cli = await openMixed();
  const ended = await cli.run('check --environment smaple --format json');
  expect(JSON.parse(ended.stdout)).toMatchObject({
    tenant: null,
    exitCode: 2,
    checks: [{ subject: 'settings', status: 'fail', text: expect.stringContaining('did you mean sample?') }],
  });
  expect(ended.code).toBe(2);
});

test('explain: connection, rule, what is expected and there, verdict, finding with its repair, exemptions', async () => {
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

test('explain: a finding is new, or open since the run that first saw it', async () => {
  const cli = await openMixed();
  const findingOf = async () => JSON.parse((await cli.run('explain acme-okta --format json')).stdout).finding;
  expect(await findingOf()).toMatchObject({ lifecycle: 'new', firstSeen: expect.any(String) });
  const { findings } = JSON.parse((await cli.run('--format json --only acme-okta')).stdout);
  expect(await findingOf()).toMatchObject({ lifecycle: 'open', firstSeen: findings[0].firstSeen });
  expect((await cli.run('explain acme-okta')).stdout).toContain('Open: a run first saw it on ');
  writeFileSync(path.join(homeOf(cli), 'state.json'), 'torn');
  expect(await findingOf()).toMatchObject({ lifecycle: null, firstSeen: null });
});

test('explain: of no connection of the tenant an option but the setting is in the answer', async () => {
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

test('explain: what goes wrong is on stderr, and stdout is empty', async () => {
  const cli = await openMixed();
  const ended = await cli.run('explain acme-oktaa --format json');
  expect([ended.stdout, ended.code]).toEqual(['', 2]);
  expect(ended.stderr.replaceAll(/\s+/g, ' ')).toContain("did you mean 'acme-okta'?");
});

test('lint: each problem with its code, and the counts', async () => {
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
