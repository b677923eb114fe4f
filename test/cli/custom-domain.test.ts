import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SERVICE } from '../../lambda/contract';
import { closeStores } from '../history/stores';
import { type CommandLine, homeOf, openCommandLine, recordsIn } from './open-command-line';

afterEach(closeStores);

const CANONICAL = 't.eu.auth0.com';
const REMEDIATE = '--mode remediate --yes';
const ownHome = ({ folder }: CommandLine) => path.join(folder, SERVICE, CANONICAL);

/** The history of four repairs under the custom domain, from an earlier version that named the folder after this domain. */
async function openFormer(commands: (run: string) => readonly string[] = () => []) {
  const cli = await openCommandLine({ canonicalDomain: CANONICAL });
  const before = cli.stored();
  expect((await cli.run(`${REMEDIATE} --first-run`)).code).toBe(0);
  const [record = ''] = recordsIn(path.join(ownHome(cli), 'runs'));
  const run = record.replace('.json', '');
  for (const command of commands(run)) expect((await cli.run(command)).code).toBe(0);
  const former = homeOf(cli);
  renameSync(ownHome(cli), former);
  const host = decodeURIComponent(path.basename(former));
  for (const name of recordsIn(path.join(former, 'runs'))) {
    const file = path.join(former, 'runs', name);
    const { tenant: _, ...kept } = JSON.parse(readFileSync(file, 'utf8'));
    const asKept = kept.report === undefined ? { ...kept, tenant: host } : kept;
    const text = JSON.stringify(asKept).replace(`"canonicalHost":"${CANONICAL}",`, '');
    expect(text).not.toContain('canonicalHost');
    writeFileSync(file, text.replaceAll(CANONICAL, path.basename(former)));
  }
  const texts = () =>
    readdirSync(path.join(former, 'runs')).map((name) => readFileSync(path.join(former, 'runs', name)));
  return { cli, run, before, former, texts };
}

const lineOf = (text: string) => text.replaceAll(/\s+/g, ' ');

describe('a history under the custom domain', () => {
  it('an undo in a history under the custom domain stays in effect over three runs', async () => {
    const { cli, before, former } = await openFormer((run) => [`undo --run ${run} --yes`]);
    const writes = cli.writes();
    const state = readFileSync(path.join(former, 'state.json'), 'utf8');
    for (let night = 1; night <= 3; night += 1) {
      const { stdout } = await cli.run(`${REMEDIATE} --format json`);
      expect(JSON.parse(stdout)).toMatchObject({ complete: true, outcomes: { held: 4, remediated: 0 } });
    }
    expect([cli.writes(), cli.stored()]).toEqual([writes, before]);
    expect(readFileSync(path.join(former, 'state.json'), 'utf8')).toBe(state);
    expect(JSON.parse(readFileSync(path.join(ownHome(cli), 'state.json'), 'utf8'))).toHaveProperty('controls');
  });

  it('the runs of a history under the custom domain are listed, and nothing is copied', async () => {
    const { cli, run } = await openFormer();
    expect((await cli.run('changes')).stdout).toContain(run);
    expect(existsSync(ownHome(cli))).toBe(false);
  });

  it('an undo of a run under the custom domain writes its holds to the folder of the canonical domain', async () => {
    const { cli, run, before, texts } = await openFormer();
    const records = texts();
    expect(await cli.run(`undo --run ${run} --yes`)).toMatchObject({ code: 0 });
    expect(cli.stored()).toEqual(before);
    const { stdout } = await cli.run(`${REMEDIATE} --format json`);
    expect(JSON.parse(stdout)).toMatchObject({ outcomes: { held: 4, remediated: 0 } });
    expect((await cli.run('changes')).stdout).toContain(run);
    expect(texts()).toEqual(records);
    const runs = path.join(ownHome(cli), 'runs');
    const tenants = recordsIn(runs).map((name) => JSON.parse(readFileSync(path.join(runs, name), 'utf8')).tenant);
    expect(tenants).toEqual([CANONICAL, CANONICAL]);
  });

  it.each([
    { claim: 'in progress', until: 3_600_000, says: 'old-run has the lease until', code: 2 },
    { claim: 'that has expired', until: -1, says: 'The lease is free', code: 0 },
  ])('the lease under the custom domain of a run $claim is shown', async ({ until, says, code }) => {
    const { cli, former } = await openFormer();
    writeFileSync(path.join(former, 'lease.json'), JSON.stringify({ owner: 'old-run', until: Date.now() + until }));
    const ended = await cli.run('unlock --yes');
    expect([lineOf(ended.stdout + ended.stderr), ended.code]).toEqual([expect.stringContaining('old-run'), code]);
    expect(lineOf(ended.stdout + ended.stderr)).toContain(says);
  });

  it('no connection is written while a run holds the lease under the custom domain', async () => {
    const { cli, former } = await openFormer((run) => [`undo --run ${run} --yes`, `undo --release ${run} --yes`]);
    const lease = JSON.stringify({ owner: 'old-run', until: Date.now() + 3_600_000 });
    writeFileSync(path.join(former, 'lease.json'), lease);
    const writes = cli.writes();
    const { stdout } = await cli.run(`${REMEDIATE} --format json`);
    expect(JSON.parse(stdout)).toMatchObject({ outcomes: { skipped_stopped: 4, remediated: 0 } });
    expect(cli.writes()).toBe(writes);
    expect(readFileSync(path.join(former, 'lease.json'), 'utf8')).toBe(lease);
  });
});

it('a token request under the custom domain is refused, and the message names canonicalDomain', async () => {
  const cli = await openCommandLine({ canonicalDomain: CANONICAL, environment: { canonicalDomain: undefined } });
  const { code, stdout } = await cli.run('audit');
  expect(code).toBe(2);
  const said = stdout.replace(/\s+/g, ' ');
  expect(said).toContain('Service not enabled within domain');
  expect(said).toContain('canonicalDomain');
  expect(said).not.toContain('client_secret');
});
