import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Environment } from '../../lib/environment/environment';
import { type Sandbox, start } from '../../sandbox/auth0/server';
import { generate } from '../../sandbox/seeds';
import { makeSelfSigned } from '../../sandbox/self-signed';
import { type Ran, runCommand } from '../aws-cli/run-command';
import { closeStores, makeFolder, whenDone } from '../history/stores';
import { sampleEnvironment } from '../lib/environment/sample-environment';
import { makeCheckout } from '../printed-commands/checkout';
import { commandsOf, scriptsOf, workflow } from './workflows';

afterAll(closeStores);

interface Job {
  readonly cwd: string;
  /** Runs the script of a step as GitHub does if the step names no shell. */
  run(script: string, variables?: Readonly<Record<string, string>>): Promise<Ran & { readonly summary: string }>;
}

const tls = makeSelfSigned();

async function openJob(driftPercent: number): Promise<Job & { readonly sandbox: Sandbox }> {
  const sandbox = await start({ port: 0, tls, rateLimit: 'off', seed: generate(20, { driftPercent }) });
  whenDone(() => sandbox.stop());
  const domain = `127.0.0.1:${sandbox.port}`;
  const environment: Environment = { ...sampleEnvironment, name: 'prod', domain, canonicalDomain: domain };
  const cwd = makeCheckout(environment);
  const authority = path.join(makeFolder(), 'authority.pem');
  writeFileSync(authority, tls.cert);
  const { client_id: AUTH0_CLIENT_ID, client_secret: AUTH0_CLIENT_SECRET } = sandbox.credentials;
  return {
    cwd,
    sandbox,
    run: async (script, variables = {}) => {
      const summaryFile = path.join(makeFolder(), 'summary.md');
      const env = {
        PATH: process.env.PATH ?? '',
        HOME: makeFolder(),
        NODE_EXTRA_CA_CERTS: authority,
        GITHUB_STEP_SUMMARY: summaryFile,
        NAME: 'prod',
        AUTH0_CLIENT_ID,
        AUTH0_CLIENT_SECRET,
        ...variables,
      };
      const file = path.join(makeFolder(), 'step.sh');
      writeFileSync(file, script);
      const ran = await runCommand(`bash -e ${file}`, { env, cwd });
      return { ...ran, summary: existsSync(summaryFile) ? readFileSync(summaryFile, 'utf8') : '' };
    },
  };
}

const [lint = '', audit = ''] = scriptsOf(workflow('plan')).filter((script) => script.includes('npm run audit -- '));

test('the lint of docs/ci.md passes without a problem, and fails the job with a problem', async () => {
  const { run, cwd } = await openJob(0);
  expect((await run(lint)).code).toBe(0);
  writeFileSync(path.join(cwd, 'environments/bad.ts'), 'export const bad = { name: "other" };');
  expect((await run(lint)).code).toBe(2);
});

describe('the audit of docs/ci.md', () => {
  test('the audit of docs/ci.md passes with open findings, and shows them in the summary and as JUnit', async () => {
    const { run, cwd } = await openJob(20);
    const { code, summary } = await run(audit);
    expect(summary).toMatch(/^## .*: 4 of 20 connections drifted\n\nEnvironment `prod`/);
    expect(readFileSync(path.join(cwd, 'plan.xml'), 'utf8')).toMatch(/<testsuites name="[^"]*prod" .*failures="4"/);
    expect(code).toBe(0);
  });

  test('the audit of docs/ci.md passes without findings', async () => {
    const { run } = await openJob(0);
    expect(await run(audit)).toMatchObject({ code: 0, summary: expect.stringContaining('20') });
  });

  test('the audit of docs/ci.md fails if the tenant refuses the credentials, and writes nothing to the tenant', async () => {
    const { run, sandbox } = await openJob(20);
    const { code, summary } = await run(audit, { AUTH0_CLIENT_SECRET: 'wrong' });
    expect([code, summary]).toEqual([2, expect.stringContaining('access_denied')]);
    expect(sandbox.requests.filter(({ method }) => method === 'PATCH')).toEqual([]);
  });
});

test('the CDK knows each option in docs/ci.md', () => {
  const commands = ['plan', 'deploy'].flatMap((name) => commandsOf(workflow(name), 'npx cdk '));
  expect(commands).toHaveLength(2);
  for (const command of commands) {
    const [, , verb = '', ...words] = command.split(' ');
    const help = execFileSync(process.execPath, [require.resolve('aws-cdk/bin/cdk'), verb, '--help'], {
      encoding: 'utf8',
    });
    for (const [option, value] of words.join(' ').matchAll(/--[a-z-]+[= ]?([a-z]*)/g)) {
      expect(help).toContain(option.replace(/[= ].*/, ''));
      if (value !== '') expect(help.replaceAll(/\s+/g, ' ')).toContain(`"${value}"`);
    }
  }
});
