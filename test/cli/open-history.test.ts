import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { killSwitchParameter, SERVICE } from '../../lambda/contract';
import { fingerprint } from '../../lambda/fingerprint';
import { AUDIT_SCOPES } from '../../sandbox/auth0/access';
import type { AwsSandbox } from '../../sandbox/aws/server';
import { version1 } from '../history/state-files';
import { closeStores, makeFolder, openAws } from '../history/stores';
import { sampleEnvironment } from '../lib/environment/sample-environment';
import { type CommandLine, openCommandLine, recordsIn, widest } from './open-command-line';

afterEach(closeStores);

const REMEDIATE = '--mode remediate --yes --first-run';
const PARAMETER = killSwitchParameter('sample');
const tenantOf = (cli: CommandLine) => encodeURIComponent(`127.0.0.1:${cli.sandbox.port}`);
const modeOf = (place: string) => (statSync(place).mode & 0o777).toString(8);

describe('a history in a folder', () => {
  it('a history without --history is in $XDG_STATE_HOME, for its owner only', async () => {
    const cli = await openCommandLine();
    await cli.run(REMEDIATE);
    const home = path.join(cli.folder, SERVICE, tenantOf(cli));
    expect(readdirSync(home).toSorted()).toEqual(['lease.json', 'policies', 'runs', 'state.json']);
    const [record = ''] = recordsIn(path.join(home, 'runs'));
    expect(JSON.parse(readFileSync(path.join(home, 'runs', record), 'utf8'))).toMatchObject({
      phase: 'ended',
      report: { mode: 'remediate', environment: 'sample' },
    });
    expect([modeOf(home), modeOf(path.join(home, 'state.json')), modeOf(path.join(home, 'runs', record))]).toEqual([
      '700',
      '600',
      '600',
    ]);
  });

  it('a history with --history DIR is in this folder and not in the default folder', async () => {
    const cli = await openCommandLine();
    const folder = path.join(makeFolder(), 'not', 'there', 'yet');
    const { code } = await cli.run(`${REMEDIATE} --history ${folder}`);
    expect(code).toBe(0);
    expect(recordsIn(path.join(folder, tenantOf(cli), 'runs'))).toHaveLength(1);
    expect(existsSync(path.join(cli.folder, SERVICE))).toBe(false);
  });

  it('a report names the author of a change, unless namePeople of the environment is false', async () => {
    const person = { kind: 'dashboard', email: 'robin@example.invalid', name: 'Robin' } as const;
    for (const namePeople of [true, false]) {
      const cli = await openCommandLine({
        sandbox: { scopes: [...AUDIT_SCOPES, 'read:logs'] },
        environment: { namePeople },
      });
      for (const { id, options } of cli.stored().values())
        cli.sandbox.editAs(person, String(id), { options: options ?? {} });
      const { stdout } = await cli.run('--format json');
      expect(stdout.includes('robin@example.invalid')).toBe(namePeople);
    }
  });

  it('a finding in the history is open in the next run', async () => {
    const cli = await openCommandLine();
    const [one, two] = [await cli.run('--format json'), await cli.run('--format json')];
    expect(JSON.parse(one.stdout).findings[0]).toMatchObject({ lifecycle: 'new' });
    expect(JSON.parse(two.stdout).findings[0]).toMatchObject({ lifecycle: 'open' });
  });

  it('a history that cannot be written prevents the writes of a run, and the message names the place', async () => {
    const cli = await openCommandLine();
    const ended = await cli.run(`${REMEDIATE} --history /dev/null/history`);
    expect(cli.writes()).toBe(0);
    expect(ended.stdout.replaceAll(/\s+/g, ' ')).toContain('/dev/null/history');
    expect(ended.code).not.toBe(0);
    expect(widest(ended)).toBeLessThanOrEqual(80);
  });

  it.each([
    's3://',
    's3:/bucket/prefix',
    's3:bucket',
    'S3://bucket/prefix',
    'https://bucket.example.com',
    'arn:aws:s3:::bucket',
  ])('the value %s of --history is refused, because it is not a folder or a bucket', async (place) => {
    const cli = await openCommandLine();
    for (const line of [REMEDIATE, 'undo --run r --yes']) {
      const ended = await cli.run(`${line} --history ${place}`);
      expect(ended.stderr.replaceAll('\n  ', ' ')).toBe(
        `- --history: expected a folder or s3://BUCKET/PREFIX, got '${place}'\n`,
      );
      expect([ended.stdout, ended.code, cli.sandbox.requests]).toEqual(['', 2, []]);
    }
  });
});

describe('a history in a bucket', () => {
  const open = async (parameters: Record<string, string>): Promise<{ cli: CommandLine; aws: AwsSandbox }> => ({
    cli: await openCommandLine(),
    aws: await openAws(parameters),
  });
  const keysOf = (aws: AwsSandbox) => [...aws.objects('history').keys()].toSorted();

  it.each([
    { place: 's3://history', prefix: '' },
    { place: 's3://history/', prefix: '' },
    { place: 's3://history/some/prefix', prefix: 'some/prefix/' },
    { place: 's3://history/some/prefix/', prefix: 'some/prefix/' },
  ])(
    'a history at $place contains all files of a run, and a run in remediate mode writes',
    async ({ place, prefix }) => {
      const { cli, aws } = await open({ [PARAMETER]: 'allow' });
      const ended = await cli.run(`${REMEDIATE} --history ${place}`);
      expect([ended.code, cli.writes()]).toEqual([0, 4]);
      const home = `${prefix}${tenantOf(cli)}`;
      expect(keysOf(aws)).toEqual([
        `${home}/lease.json`,
        `${home}/policies/${fingerprint(sampleEnvironment.policy)}.json`,
        expect.stringMatching(new RegExp(`^${home}/runs/[^/]+\\.html$`)),
        expect.stringMatching(new RegExp(`^${home}/runs/[^/]+\\.json$`)),
        `${home}/state.json`,
      ]);
      expect(existsSync(path.join(cli.folder, SERVICE))).toBe(false);
    },
  );

  it('a run from a terminal on the history in a bucket leaves the alert to the next run of the function', async () => {
    const { cli, aws } = await open({ [PARAMETER]: 'allow' });
    await cli.run('--history s3://history');
    const state = JSON.parse(aws.objects('history').get(`${tenantOf(cli)}/state.json`)?.text ?? '');
    expect(state).toMatchObject({
      lastTold: null,
      trend: [],
      controls: { set_user_root_attributes: { findings: {} } },
    });
  });

  it('a run from a terminal keeps the former ids that the function must still close in Security Hub', async () => {
    const { cli, aws } = await open({ [PARAMETER]: 'allow' });
    const key = `${tenantOf(cli)}/state.json`;
    const known = { code: 'WRONG_VALUE', firstSeen: '2026-01-05T04:30:00.000Z', name: 'x', strategy: 'oidc' };
    const findings = { con_gone: { ...known, outcome: 'planned' } };
    aws.putObject('history', key, JSON.stringify(version1({ findings })));
    await cli.run('--history s3://history');
    const [former] = [...aws.objects('history')].flatMap(([name, { text }]) =>
      name === key ? [JSON.parse(text)] : [],
    );
    expect(former.controls.set_user_root_attributes).toMatchObject({ formerIds: ['con_gone'], findings });
  });

  it('an undo with a history in a bucket reads the run there and keeps the holds there', async () => {
    const { cli, aws } = await open({ [PARAMETER]: 'allow' });
    const before = cli.stored();
    const place = '--history s3://history/some/prefix';
    await cli.run(`${REMEDIATE} ${place}`);
    const run = keysOf(aws)
      .find((key) => /\/runs\/.*\.json$/.test(key))
      ?.replace(/^.*\/(.*)\.json$/, '$1');
    const undone = await cli.run(`undo --run ${run} --yes ${place}`);
    expect(undone.code).toBe(0);
    expect(cli.stored()).toEqual(before);
    const next = await cli.run(`${REMEDIATE} --format json ${place}`);
    expect(JSON.parse(next.stdout)).toMatchObject({ outcomes: { held: 4, remediated: 0 } });
  });

  const STOPPED: readonly { claim: string; parameters: Record<string, string>; says: string }[] = [
    { claim: 'set to stop', parameters: { [PARAMETER]: 'stop' }, says: 'kill switch' },
    { claim: 'missing', parameters: {}, says: 'switch unread' },
    { claim: 'set to Allow', parameters: { [PARAMETER]: 'Allow' }, says: 'kill switch' },
    {
      claim: 'set to allow for another environment only',
      parameters: { [killSwitchParameter('prod')]: 'allow' },
      says: 'switch unread',
    },
  ];
  it.each(STOPPED)(
    'writes stop if the kill switch is $claim, and the table states the reason',
    async ({ parameters, says }) => {
      const { cli } = await open(parameters);
      const ended = await cli.run(`${REMEDIATE} --history s3://history`);
      expect([ended.code, cli.writes()]).toEqual([1, 0]);
      expect(ended.stdout).toContain(`WRITES STOPPED (${says})`);
      expect(widest(ended)).toBeLessThanOrEqual(80);
    },
  );

  it('an undo is refused before any question if the kill switch is set to stop', async () => {
    const { cli, aws } = await open({ [PARAMETER]: 'allow' });
    await cli.run(`${REMEDIATE} --history s3://history`);
    aws.setParameter(PARAMETER, 'stop');
    const run = keysOf(aws)
      .find((key) => /\/runs\/.*\.json$/.test(key))
      ?.replace(/^.*\/(.*)\.json$/, '$1');
    const ended = await cli.run(`undo --run ${run} --history s3://history`, { answer: true });
    expect(ended.stderr).toContain(`the kill switch ${PARAMETER} is not set to allow`);
    expect([ended.code, ended.asked, cli.writes()]).toEqual([2, [], 4]);
  });

  it('a bucket that does not exist prevents the writes of a run, and the message names the bucket', async () => {
    const { cli } = await open({ [PARAMETER]: 'allow' });
    const ended = await cli.run(`${REMEDIATE} --history s3://other`);
    expect(cli.writes()).toBe(0);
    expect(ended.stdout).toMatch(/other\/127[\s\S]*NoSuchBucket/);
    expect(ended.code).not.toBe(0);
  });
});
