import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Sandbox, type SandboxOptions, start } from '../../sandbox/auth0/server';
import { generate } from '../../sandbox/seeds';
import { makeSelfSigned } from '../../sandbox/self-signed';
import { startProxy } from './access/connect-proxy';

const ROOT = path.join(__dirname, '..', '..');
const undo: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as an operator types it, in a separate process. */
function run(words: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join('bin', 'audit.ts'), ...words], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, XDG_STATE_HOME: makeFolder(), ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    ended.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    ended.stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...ended }));
  });
}

async function open(options: SandboxOptions = {}): Promise<{ sandbox: Sandbox; variables: Record<string, string> }> {
  const sandbox = await start({ port: 0, seed: generate(120, { driftPercent: 5 }), ...options });
  undo.push(() => sandbox.stop());
  const { client_id: AUTH0_CLIENT_ID, client_secret: AUTH0_CLIENT_SECRET } = sandbox.credentials;
  return { sandbox, variables: { AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET } };
}

function makeFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'command-test-'));
  undo.push(() => rmSync(folder, { recursive: true }));
  return folder;
}

it('an audit of a tenant at localhost:PORT over TLS with a private authority exits 1 for findings', async () => {
  const tls = makeSelfSigned();
  const folder = makeFolder();
  const authority = path.join(folder, 'authority.pem');
  writeFileSync(authority, tls.cert);
  const policy = path.join(folder, 'policy.json');
  writeFileSync(policy, JSON.stringify({ default: { expect: 'on_each_login' } }));
  const port = await freePort();
  const domain = `localhost:${port}`;
  // Like any tenant, the sandbox accepts only tokens for its own name.
  const { variables } = await open({ tls, port, canonicalDomain: domain });
  const words = ['--domain', domain, '--policy', policy, '--format', 'json'];

  const trusted = await run(words, { ...variables, NODE_EXTRA_CA_CERTS: authority });
  expect(trusted.stderr).not.toContain('error');
  expect(JSON.parse(trusted.stdout)).toMatchObject({ tenant: domain, complete: true, summary: { noncompliant: 6 } });
  expect(trusted.code).toBe(1);

  const untrusted = await run(words, variables);
  expect(JSON.parse(untrusted.stdout)).toMatchObject({ complete: false, incomplete: { reason: 'unreachable' } });
  expect(untrusted.stdout).toContain('NODE_EXTRA_CA_CERTS');
  expect(untrusted.code).toBe(2);
});

it('an audit uses the proxy in HTTPS_PROXY and prints no credentials of the proxy', async () => {
  const tls = makeSelfSigned();
  const authority = path.join(makeFolder(), 'authority.pem');
  writeFileSync(authority, tls.cert);
  const port = await freePort();
  const domain = `localhost:${port}`;
  const { variables } = await open({ tls, port, canonicalDomain: domain });
  const words = ['--domain', domain, '--format', 'json'];
  for (const instead of [undefined, 'HTTP/1.1 407 No\r\n\r\n']) {
    const proxy = await startProxy(instead === undefined ? {} : { instead });
    undo.push(() => proxy.stop());
    const HTTPS_PROXY = proxy.address('ann:Planted-password');
    const { stdout, stderr } = await run(words, { ...variables, NODE_EXTRA_CA_CERTS: authority, HTTPS_PROXY });
    const { complete, incomplete } = JSON.parse(stdout);
    expect(complete).toBe(instead === undefined);
    expect(incomplete?.reason).toBe(instead === undefined ? undefined : 'unreachable');
    expect(proxy.asked[0]).toEqual({ host: domain, authorization: expect.stringMatching(/^Basic /) });
    for (const planted of ['Planted', String(proxy.asked[0]?.authorization?.slice('Basic '.length))]) {
      expect(stdout + stderr).not.toContain(planted);
    }
  }
});

it('an audit without a terminal on stderr shows no progress, and only the owner can read its report', async () => {
  const { sandbox, variables } = await open();
  const output = path.join(makeFolder(), 'report.json');
  const ended = await run(['--domain', sandbox.domain, '--format', 'json', '--output', output], variables);
  expect(ended.stdout).toBe('');
  expect(ended.stderr).not.toContain('judged');
  expect(JSON.parse(readFileSync(output, 'utf8'))).toMatchObject({ environment: 'dev', complete: true });
  expect(statSync(output).mode & 0o777).toBe(0o600);
});

it.each([
  { words: ['--enviroment', 'prod'], says: '--enviroment: no such option; did you mean --environment?' },
  { words: ['--environment', 'no-such-place'], says: "unknown environment 'no-such-place'; known: " },
  { words: ['--domain', 'your-tenant.invalid'], says: "domain: 'your-tenant.invalid' is a placeholder" },
])('the command with $words exits 2 and reports the error on stderr', async ({ words, says }) => {
  const { code, stdout, stderr } = await run(words);
  expect(stderr).toContain(says);
  expect(stderr).not.toContain('    at ');
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

it('a check of a placeholder domain prints a failed line for the setting and exits 2', async () => {
  const { code, stdout, stderr } = await run(['check', '--domain', 'your-tenant.invalid']);
  expect(stdout).toMatch(/^fail {2}settings {5}domain: 'your-tenant.invalid' is a placeholder/m);
  expect(stderr).toBe('');
  expect(code).toBe(2);
});

it.each([
  { words: ['--help'], shows: 'npm run audit -- COMMAND --help' },
  { words: ['undo', '--help'], shows: 'npm run audit -- undo --run RUN_ID [options]' },
])('the command with $words prints a usage on stdout and exits 0', async ({ words, shows }) => {
  const { code, stdout, stderr } = await run(words);
  expect([stdout.split('\n').filter((line) => line === `  ${shows}`), stderr, code]).toEqual([[`  ${shows}`], '', 0]);
});

/** A port that was free a moment ago. The name of a tenant must be known before the tenant starts. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
