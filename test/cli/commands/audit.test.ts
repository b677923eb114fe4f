import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommandLine } from '../../../cli/command-line';
import type { Policy } from '../../../lambda/policy/policy';
import { filesOf } from '../../../lib/environment/environment-file';
import { type Sandbox, type SandboxOptions, start } from '../../../sandbox/auth0/server';
import { generate, mixed } from '../../../sandbox/seeds';
import { sampleEnvironment } from '../../lib/environment/sample-environment';
import { contextOf } from '../command-context';
import { type RecordedTerminal, recordTerminal } from '../recorded-terminal';

const started: Sandbox[] = [];
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((sandbox) => sandbox.stop()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function makeFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'audit-test-'));
  folders.push(folder);
  return folder;
}

interface Case {
  readonly sandbox?: SandboxOptions;
  readonly format?: 'table' | 'json' | 'junit';
  readonly output?: string;
  readonly policy?: Policy;
  readonly isTerminal?: boolean;
  readonly breakListing?: boolean;
}

async function audit(options: Case): Promise<{ code: number; terminal: RecordedTerminal; sandbox: Sandbox }> {
  const sandbox = await start({ port: 0, rateLimit: 'off', ...options.sandbox });
  started.push(sandbox);
  if (options.breakListing)
    sandbox.faults.add({ name: 'status', status: 404 }, { path: '/api/v2/connections', nth: 2 });
  const { client_id: AUTH0_CLIENT_ID, client_secret: AUTH0_CLIENT_SECRET } = sandbox.credentials;
  const variables = { AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET };
  const terminal = recordTerminal(variables, { isTerminal: options.isTerminal ?? false });
  const environment = { ...sampleEnvironment, policy: options.policy ?? sampleEnvironment.policy };
  const words = ['--environment', 'sample', '--domain', sandbox.domain, '--history', makeFolder()];
  if (options.format !== undefined) words.push('--format', options.format);
  if (options.output !== undefined) words.push('--output', options.output);
  return { code: await runCommandLine(words, contextOf(filesOf([environment]), terminal)), terminal, sandbox };
}

const PERMISSION = { reason: 'r', owner: 'o', ticket: 't-1', expires: '2999-12-31' };
const EXEMPT: Policy = {
  default: { expect: 'on_each_login' },
  exemptions: [
    { name: 'samlp-*', ...PERMISSION },
    { name: 'o*', ...PERMISSION },
    { name: 'w*', ...PERMISSION },
    { name: 'g*', ...PERMISSION },
    { name: 'a*', ...PERMISSION },
  ],
};

describe('the exit code', () => {
  const CASES: readonly { claim: string; case: Case; code: number }[] = [
    { claim: '0 without open findings', case: { sandbox: { seed: generate(120) } }, code: 0 },
    { claim: '2 if a first run lists no connections', case: {}, code: 2 },
    {
      claim: '0 if every finding has an exemption',
      case: { sandbox: { seed: generate(50, { driftPercent: 10 }) }, policy: EXEMPT },
      code: 0,
    },
    { claim: '1 with an open finding', case: { sandbox: { seed: generate(50, { driftPercent: 10 }) } }, code: 1 },
    { claim: '2 if the options of a connection are hidden', case: { sandbox: { seed: mixed() } }, code: 2 },
    { claim: '2 if the run is incomplete', case: { sandbox: { seed: generate(150) }, breakListing: true }, code: 2 },
    { claim: '2 if a scope is missing', case: { sandbox: { scopes: ['read:connections'] } }, code: 2 },
    {
      claim: '2 if all options are hidden',
      case: {
        sandbox: { seed: generate(5), scopes: ['read:connections'], omitScopeInTokenAnswer: true, jwtScopes: 'absent' },
      },
      code: 2,
    },
  ];
  it.each(CASES)('the exit code of an audit is $claim', async (row) => {
    expect((await audit(row.case)).code).toBe(row.code);
  });
});

describe('the output of an audit', () => {
  it('the table of an audit has at most 80 columns and one line end at its end', async () => {
    const { terminal } = await audit({ sandbox: { seed: mixed() } });
    const lines = terminal.printed().split('\n');
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(80);
    expect(terminal.printed()).toMatch(/[^\n]\n$/);
    expect(terminal.printed().replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('the JSON of an audit is one document that contains everything', async () => {
    const { terminal } = await audit({ sandbox: { seed: mixed() }, format: 'json' });
    const report: unknown = JSON.parse(terminal.printed());
    const text = expect.any(String);
    expect(report).toMatchObject({
      runId: text,
      tenant: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      mode: 'report',
      complete: true,
      coverage: { listed: mixed().length, judged: mixed().length - 1 },
      summary: {
        compliant: expect.any(Number),
        noncompliant: expect.any(Number),
        not_applicable: expect.any(Number),
        indeterminate: 1,
        exempt: 0,
      },
      findings: expect.arrayContaining([
        expect.objectContaining({
          connection: expect.objectContaining({ id: text, name: 'initech-azure', strategy: 'waad' }),
          verdict: 'noncompliant',
          code: 'WRONG_VALUE',
          actual: 'never_on_login',
          effective: 'never_on_login',
          expected: ['on_each_login'],
          source: 'explicit',
          repair: expect.anything(),
          outcome: expect.any(String),
        }),
      ]),
    });
    expect(terminal.printed()).toMatch(/[^\n]\n$/);
  });

  it('the JUnit report has a case for each listed connection, the JSON report only findings', async () => {
    const seed = mixed();
    const junit = (await audit({ sandbox: { seed }, format: 'junit' })).terminal.printed();
    for (const { id = '' } of seed) expect(junit.split(`(${id})`)).toHaveLength(2);
    expect(junit).toContain(`tests="${seed.length + 2}"`);
    expect(junit).toMatch(/<skipped message="Not applicable: passwordless/);
    const json = (await audit({ sandbox: { seed }, format: 'json' })).terminal.printed();
    const compliant = /classname="[^"]+" name="([^"]+) \(con_\w+\)" time="0"\/>/.exec(junit)?.[1] ?? '(none)';
    expect(json).not.toContain(`"${compliant}"`);
  });

  it('a report to a file ends with one line end and is not printed to the terminal', async () => {
    const { terminal, code } = await audit({ sandbox: { seed: generate(20) }, format: 'json', output: 'r.json' });
    expect(code).toBe(0);
    expect(terminal.printed()).toBe('');
    expect(JSON.parse(terminal.files.get('r.json') ?? '')).toMatchObject({ complete: true });
    expect(terminal.files.get('r.json')).toMatch(/[^\n]\n$/);
  });

  it('an audit on a terminal shows progress and clears it at the end', async () => {
    const { terminal } = await audit({ sandbox: { seed: generate(120) }, isTerminal: true });
    expect(terminal.told.length).toBeGreaterThan(1);
    expect(terminal.told).toContain('120 connections judged');
    expect(terminal.told.at(-2)).toBe('writing the record');
    expect(terminal.told.at(-1)).toBe('');
    expect(terminal.printed()).not.toContain('connections judged');
  });

  it('an audit in report mode writes nothing to the tenant', async () => {
    const { sandbox } = await audit({ sandbox: { seed: mixed() } });
    expect(new Set(sandbox.requests.map(({ method, path }) => `${method} ${path}`))).toEqual(
      new Set(['POST /oauth/token', 'GET /api/v2/connections']),
    );
  });
});
