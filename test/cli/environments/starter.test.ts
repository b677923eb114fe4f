import { runCommandLine } from '../../../cli/command-line';
import { STARTER } from '../../../cli/environments/starter';
import { lintFiles } from '../../../lib/environment/lint';
import { start } from '../../../sandbox/auth0/server';
import { generate } from '../../../sandbox/seeds';
import { closeStores, makeFolder, whenDone } from '../../history/stores';
import { shipped } from '../../lib/environment/shipped-environments';
import { contextOf } from '../command-context';
import { recordTerminal } from '../recorded-terminal';

afterEach(closeStores);

const NOTE = /^There is no environment in environments\/ here\. The built-in policy is used/;

/** The command line of the package in an empty folder, with a tenant of 20 connections of which 4 drifted. */
async function openEmpty() {
  const sandbox = await start({ port: 0, rateLimit: 'off', seed: generate(20, { driftPercent: 20 }) });
  whenDone(() => sandbox.stop());
  const { client_id: AUTH0_CLIENT_ID, client_secret: AUTH0_CLIENT_SECRET } = sandbox.credentials;
  const own = { AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET, XDG_STATE_HOME: makeFolder() };
  const run = async (words: readonly string[], variables: Readonly<Record<string, string>> = {}) => {
    const terminal = recordTerminal({ ...own, ...variables });
    const code = await runCommandLine(words, contextOf([], terminal, 'package', STARTER));
    return { code, stdout: terminal.printed(), stderr: terminal.noted() };
  };
  return { domain: sandbox.domain, run };
}

test('the built-in environment has policy, mode, caps and reserve of the shipped environment dev', () => {
  const { name, domain, ...rest } = shipped.find((one) => one.name === 'dev') ?? {};
  const { environment } = STARTER;
  expect(environment).toEqual({ ...rest, name: 'local', domain: 'your-tenant-local.invalid' });
  expect(lintFiles([{ ...STARTER, file: 'environments/local.js' }]).map(({ code }) => code)).toEqual([
    'NO_TENANT',
    'NO_RECIPIENTS',
  ]);
});

describe('without a file in environments/', () => {
  test('a named tenant is audited with the built-in policy, and a note reports it', async () => {
    const { domain, run } = await openEmpty();
    const { code, stdout, stderr } = await run(['--domain', domain]);
    expect(stderr).toMatch(NOTE);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain('write your own environment: npx auth0-connection-auditor init');
    expect(stderr).toContain('\n  npx auth0-connection-auditor report --environment local ');
    expect([code, stdout]).toEqual([1, expect.stringContaining('20 listed, 20 judged')]);
  });

  test('a tenant in AUTH0_DOMAIN is audited with the built-in policy', async () => {
    const { domain, run } = await openEmpty();
    expect(await run([], { AUTH0_DOMAIN: domain })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`Tenant from AUTH0_DOMAIN: `),
    });
  });

  test('the built-in environment is found by its name, as in the printed commands', async () => {
    const { domain, run } = await openEmpty();
    const { code, stdout } = await run(['check', '--environment', 'local', '--domain', domain]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^ok {4}credentials/m)]);
  });

  test.each([
    { words: ['check'], says: 'no tenant is named; give --domain your-tenant.eu.auth0.com, or set' },
    { words: ['check', '--domain', 'x.invalid'], says: "domain: 'x.invalid' is a placeholder; give --domain your" },
    { words: ['--environment', 'prod'], says: "unknown environment 'prod': there is no file in environments/" },
    { words: ['--all'], says: '--all: there is no file in environments/' },
    { words: ['lint'], says: 'lint: there is no file in environments/' },
  ])('a command with $words ends with one clear error', async ({ words, says }) => {
    const { run } = await openEmpty();
    const { code, stdout, stderr } = await run(words);
    expect([code, `${stdout}${stderr}`.replaceAll(/\s+/g, ' ')]).toEqual([2, expect.stringContaining(says)]);
    expect(stderr).not.toMatch(NOTE);
  });
});
