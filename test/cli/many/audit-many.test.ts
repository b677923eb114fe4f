import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { runCommandLine } from '../../../cli/command-line';
import { SERVICE } from '../../../lambda/contract';
import { REMEDIATION_SCOPES } from '../../../sandbox/auth0/access';
import { generate } from '../../../sandbox/seeds';
import { withoutAws } from '../../aws/without-aws';
import { closeStores, makeFolder } from '../../history/stores';
import { contextOf } from '../command-context';
import { recordsIn } from '../open-command-line';
import { recordTerminal } from '../recorded-terminal';
import { openTenants, secretOf, type TenantsEnded } from './open-tenants';

const { set } = withoutAws();
afterEach(closeStores);

const drifted = () => ({ sandbox: { seed: generate(20, { driftPercent: 20 }) } });
const PLACEHOLDER = { environment: { domain: 'your-tenant-dev.invalid' } };
const LISTING = '/api/v2/connections';

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
const jsonOf = ({ stdout }: TenantsEnded) => JSON.parse(stdout);
const statusesOf = (ended: TenantsEnded): Record<string, string> =>
  Object.fromEntries(
    jsonOf(ended).tenants.map(({ environment, status }: Record<string, string>) => [environment, status]),
  );

/** Two environments that answer, one that cannot be reached, one that refuses, and one that is not set up. */
async function openFive() {
  const tenants = await openTenants(set, [
    { name: 'alpha' },
    { name: 'beta', ...drifted() },
    { name: 'gone' },
    { name: 'refused', clientSecret: 'Planted-wrong-secret' },
    { name: 'fresh', ...PLACEHOLDER },
  ]);
  await tenants.sandboxOf('gone').stop();
  return tenants;
}

describe('several environments', () => {
  it('several environments are one JSON with a status and a report for each, and one exit code', async () => {
    const { run } = await openFive();
    const ended = await run('--all --format json');
    expect(statusesOf(ended)).toEqual({
      alpha: 'ok',
      beta: 'drifted',
      gone: 'not_reached',
      refused: 'not_reached',
      fresh: 'not_set_up',
    });
    const { kind, schemaVersion, exitCode, totals, tenants } = jsonOf(ended);
    expect([ended.code, kind, schemaVersion, exitCode]).toEqual([2, 'tenants', '1', 2]);
    expect(totals).toMatchObject({ environments: 5, connections: { judged: 40, drifted: 4 } });
    expect(tenants[1].report).toMatchObject({ environment: 'beta', complete: true, summary: { noncompliant: 4 } });
    expect(tenants[3].reason).toContain('401 access_denied');
    expect([tenants[4].report, tenants[4].reason]).toEqual([
      null,
      'The domain is a placeholder. Set domain in environments/fresh.ts.',
    ]);
  });

  it('several environments are a table with a row for each, the reasons and a command', async () => {
    const { run } = await openFive();
    const { stdout } = await run('--all', { columns: 100 });
    expect(stdout).toMatch(/^DRIFTED +beta +127\.0\.0\.1:\d+ +20 +4 +0 +4 +0$/m);
    expect(stdout).toMatch(/^NOT REACHED +gone +127\.0\.0\.1:\d+ +- +- +- +- +-$/m);
    expect(flat(stdout)).toContain(
      '- fresh (not set up): The domain is a placeholder. Set domain in environments/fresh.ts.',
    );
    expect(stdout).toContain('\n  npm run audit -- --environment beta');
    expect(stdout).toContain('\n  npm run audit -- check --environment gone --region eu-central-1\n');
    expect(stdout).toMatch(/\n5 environments: 2 not reached, 1 not set up, 1 drifted, 1 ok\n+$/);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('the report of several environments contains no credentials in any format', async () => {
    const { run, sandboxOf } = await openFive();
    for (const format of ['table', 'json', 'html']) {
      const { stdout, stderr } = await run(`--all --format ${format}`);
      expect(stdout + stderr).not.toContain('Planted');
      expect(stdout + stderr).not.toContain(sandboxOf('alpha').credentials.client_secret);
    }
  });

  it.each([
    { line: '--environment alpha --environment clean', code: 0 },
    { line: '--environment alpha --environment beta', code: 1 },
    { line: '--environment beta --environment fresh --environment alpha', code: 2 },
  ])('an audit with $line exits with the highest code, $code', async ({ line, code }) => {
    const { run } = await openTenants(set, [
      { name: 'alpha' },
      { name: 'beta', ...drifted() },
      { name: 'clean' },
      { name: 'fresh', ...PLACEHOLDER },
    ]);
    expect((await run(line)).code).toBe(code);
  });

  it('only the named environments are read, in their order', async () => {
    const { run, sandboxOf } = await openFive();
    const ended = await run('--environment beta --environment alpha --format json');
    expect(Object.keys(statusesOf(ended))).toEqual(['beta', 'alpha']);
    expect(sandboxOf('refused').requests).toEqual([]);
  });

  it('the report of several environments is written to a file', async () => {
    const { run } = await openTenants(set, [{ name: 'alpha' }]);
    const { stdout, terminal } = await run('--all --format html --output report.html');
    expect([stdout, terminal.files.get('report.html')?.slice(0, 15)]).toEqual(['', '<!DOCTYPE html>']);
  });

  it('each of several environments keeps its history in its bucket, or in a folder with --history local', async () => {
    const { run, aws, folder } = await openTenants(set, [{ name: 'alpha' }, { name: 'beta' }]);
    await run('--all');
    expect([aws.objects('alpha-history').size > 0, aws.objects('beta-history').size > 0]).toEqual([true, true]);
    expect(existsSync(path.join(folder, SERVICE))).toBe(false);
    await run('--all --history local');
    expect(readdirSync(path.join(folder, SERVICE))).toHaveLength(2);
  });

  it('an environment whose stack is not deployed is not reached, and the others are audited', async () => {
    const { run, files } = await openTenants(set, [{ name: 'alpha' }]);
    const [alpha] = files;
    const ended = await run('--all --format json', {
      files: [...files, { file: 'environments/new.ts', environment: { ...Object(alpha?.environment), name: 'new' } }],
    });
    expect(statusesOf(ended)).toEqual({ alpha: 'ok', new: 'not_reached' });
    expect(jsonOf(ended).tenants[1].reason).toContain('environment new is not deployed');
  });

  it('an environment with a broken file is not reached, and the others are audited', async () => {
    const { run, files } = await openTenants(set, [
      { name: 'alpha' },
      { name: 'beta', environment: { mode: undefined } },
    ]);
    const broken = { file: 'environments/broken.ts', environment: undefined };
    const ended = await run('--all --format json', { files: [...files, broken] });
    expect(statusesOf(ended)).toEqual({ alpha: 'ok', beta: 'not_reached', broken: 'not_reached' });
    expect(jsonOf(ended).tenants[1].reason).toContain('environments/beta.ts: mode');
  });
});

describe('audits at the same time', () => {
  it('a slow tenant does not delay the audits of other tenants', async () => {
    const { run, sandboxOf } = await openTenants(set, [{ name: 'slow' }, { name: 'quick' }]);
    const quickIsRead = new Promise<void>((resolve) => {
      sandboxOf('quick').faults.add({ name: 'before', run: resolve }, { path: LISTING });
    });
    // Without a second audit at the same time, the slow tenant would wait for ever.
    sandboxOf('slow').faults.add(
      { name: 'before', run: () => quickIsRead },
      { path: LISTING, times: Number.POSITIVE_INFINITY },
    );
    expect(statusesOf(await run('--all --format json'))).toEqual({ slow: 'ok', quick: 'ok' });
  });

  it('environments with the same tenant are audited one after the other', async () => {
    const { run, sandboxOf } = await openTenants(set, [
      { name: 'one' },
      { name: 'two', sharesTenantOf: 'one' },
      { name: 'three', sharesTenantOf: 'one' },
    ]);
    const { faults, requests } = sandboxOf('one');
    const tokensAtListing: number[] = [];
    const tokens = (): number => requests.filter(({ path: asked }) => asked === '/oauth/token').length;
    faults.add(
      { name: 'before', run: () => void tokensAtListing.push(tokens()) },
      { path: LISTING, times: Number.POSITIVE_INFINITY },
    );
    const ended = await run('--all --history local --format json');
    expect(statusesOf(ended)).toEqual({ one: 'ok', two: 'ok', three: 'ok' });
    // Each audit requests its token after the audit before it has read its last page.
    expect(tokensAtListing).toEqual([...tokensAtListing].sort());
    expect([...new Set(tokensAtListing)]).toEqual([1, 2, 3]);
    expect(jsonOf(ended).tenants[2].report.trend).toHaveLength(2);
  });

  it('an unreported change by a person is listed in the reasons of its environment', async () => {
    const beta = { name: 'beta', sandbox: { ...drifted().sandbox, scopes: REMEDIATION_SCOPES } };
    const tenants = await openTenants(set, [{ name: 'alpha' }, beta]);
    const repair =
      '--environment beta --mode remediate --yes --first-run --history local --max-changes 9 --max-percent 90';
    expect((await tenants.run(repair)).code).toBe(0);
    const home = path.join(tenants.folder, SERVICE, encodeURIComponent(`127.0.0.1:${tenants.sandboxOf('beta').port}`));
    const [record = ''] = recordsIn(path.join(home, 'runs'));
    const run = record.replace('.json', '');
    await tenants.run(`undo --environment beta --run ${run} --yes --history local`);
    const { stdout } = await tenants.run('--all --history local');
    expect(flat(stdout)).toMatch(/beta .*Not reported until now: Undo of run .* 4 connections\./);
    expect(flat((await tenants.run('--all --history local')).stdout)).not.toContain('Not reported until now');
  });

  it('a tenant with an exhausted rate limit does not use the retries of another tenant', async () => {
    const { run, sandboxOf } = await openTenants(set, [{ name: 'limited' }, { name: 'alpha' }]);
    const times = Number.POSITIVE_INFINITY;
    sandboxOf('limited').faults.add({ name: 'status', status: 429 }, { path: LISTING, times });
    sandboxOf('alpha').faults.add({ name: 'status', status: 503 }, { path: LISTING, times: 2 });
    expect(statusesOf(await run('--all --format json'))).toEqual({ limited: 'not_reached', alpha: 'ok' });
  });
});

describe('a history that cannot be read', () => {
  it('a failing history bucket has a separate status, with exit code 2', async () => {
    const { run, aws } = await openTenants(set, [{ name: 'alpha' }, { name: 'beta' }]);
    aws.failNext('GetObject', { status: 403, code: 'AccessDenied', message: 'no', times: 99 });
    const ended = await run('--all --format json');
    expect([ended.code, statusesOf(ended)]).toEqual([2, { alpha: 'history_failed', beta: 'history_failed' }]);
    expect(jsonOf(ended).tenants[0].reason).toContain('AccessDenied');
  });

  it('a stack that cannot be read is named in the reason of its environment', async () => {
    const { run, aws } = await openTenants(set, [
      { name: 'alpha', environment: { existingSecretArn: secretOf('alpha') } },
      { name: 'beta' },
    ]);
    aws.failNext('DescribeStacks', { status: 403, code: 'AccessDenied', message: 'no', times: 20 });
    expect(jsonOf(await run('--all --format json')).tenants[0]).toMatchObject({
      status: 'ok',
      reason: expect.stringContaining("The environment's history is not used"),
    });
  });
});

it('a secret that the files of two tenants name is sent to neither', async () => {
  const one = { existingSecretArn: secretOf('alpha') };
  const { run, sandboxOf } = await openTenants(set, [
    { name: 'alpha', environment: one },
    { name: 'beta', environment: one },
  ]);
  const ended = await run('--all');
  expect([ended.code, sandboxOf('alpha').requests, sandboxOf('beta').requests]).toEqual([2, [], []]);
  expect(flat(ended.stderr)).toContain('existingSecretArn: is also the secret of environments/alpha.ts');
});

it('an internal error of the auditor is a row that names the error and quotes nothing', async () => {
  const { files } = await openTenants(set, [{ name: 'alpha' }, { name: 'beta' }]);
  const recorded = recordTerminal({ XDG_STATE_HOME: makeFolder() });
  const whoAmI = () => Promise.reject(new RangeError('Planted-secret'));
  const words = ['--all', '--format', 'json'];
  const code = await runCommandLine(words, contextOf(files, { ...recorded, whoAmI }));
  expect([code, recorded.printed().includes('Planted')]).toEqual([2, false]);
  expect(recorded.printed()).toContain('An internal error of the auditor (RangeError)');
});

describe('on stderr', () => {
  it('progress and notes name their environment', async () => {
    const own = (name: string) => ({ name, environment: { existingSecretArn: secretOf(name) } });
    const { run, aws } = await openTenants(set, [own('alpha'), own('beta')]);
    aws.failNext('DescribeStacks', { status: 403, code: 'AccessDenied', message: 'no', times: 20 });
    const { terminal, stderr } = await run('--environment alpha --environment beta', { isTerminal: true });
    const says = (name: string) =>
      `${name}: Stack ConnectionAuditor-${name} could not be read (AccessDenied). The environment's history is not used`;
    expect([flat(stderr).includes(says('alpha')), flat(stderr).includes(says('beta'))]).toEqual([true, true]);
    expect(terminal.told).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^[01] of 2 environments finished; alpha: \d+ connections judged$/),
        '2 of 2 environments finished',
      ]),
    );
    expect(terminal.told.at(-1)).toBe('');
  });
});

describe('an interrupt', () => {
  it('an interrupt ends the runs in progress, and runs that have not started are rows', async () => {
    const { run, sandboxOf } = await openTenants(set, [{ name: 'first' }, { name: 'second', sharesTenantOf: 'first' }]);
    let isInterrupted = false;
    const interrupt = () => {
      isInterrupted = true;
    };
    sandboxOf('first').faults.add({ name: 'before', run: () => interrupt() }, { path: LISTING });
    const ended = await run('--all --format json', { isInterrupted: () => isInterrupted });
    const [first, second] = jsonOf(ended).tenants;
    expect([ended.code, first.report.incomplete.reason]).toEqual([2, 'interrupted']);
    expect(second).toMatchObject({
      status: 'not_reached',
      reason: 'Interrupted before the run started.',
      report: null,
    });
    expect(ended.terminal.left()).toBe('The runs in progress wrote nothing.');
  });
});

describe('before the first request', () => {
  it('credentials in variables are refused for several tenants, because they belong to one tenant', async () => {
    const { run, sandboxOf, aws } = await openTenants(set, [{ name: 'alpha' }, { name: 'beta' }]);
    const variables = { AUTH0_CLIENT_ID: 'id', AUTH0_CLIENT_SECRET: 'Planted-secret' };
    const ended = await run('--all', { variables });
    expect([ended.code, flat(ended.stderr)]).toEqual([
      2,
      '- AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET: these variables contain the credentials of one application, but 2 tenants are to be audited. Unset these variables. The auditor then uses the secret of each environment.',
    ]);
    expect([...sandboxOf('alpha').requests, ...sandboxOf('beta').requests, ...aws.calls]).toEqual([]);
  });

  it('credentials in variables are used for environments with the same tenant', async () => {
    const { run, sandboxOf, aws } = await openTenants(set, [{ name: 'one' }, { name: 'two', sharesTenantOf: 'one' }]);
    const { client_id: AUTH0_CLIENT_ID, client_secret: AUTH0_CLIENT_SECRET } = sandboxOf('one').credentials;
    const ended = await run('--all --history local', { variables: { AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET } });
    expect([ended.code, aws.calls.map(({ operation }) => operation)]).toEqual([0, []]);
  });

  it('every unknown name of an environment is refused', async () => {
    const { run, sandboxOf } = await openTenants(set, [{ name: 'alpha' }]);
    const ended = await run('--environment alpha --environment bata --environment gama');
    expect([ended.code, flat(ended.stderr)]).toEqual([
      2,
      "- --environment: unknown environment 'bata'; known: alpha - --environment: unknown environment 'gama'; known: alpha",
    ]);
    expect(sandboxOf('alpha').requests).toEqual([]);
  });

  it('a folder without environments is refused', async () => {
    const { run } = await openTenants(set, []);
    expect(flat((await run('--all')).stderr)).toBe('- --all: there is no file in environments/');
  });
});
