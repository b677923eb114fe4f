import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SERVICE } from '../../../lambda/contract';
import { start } from '../../../sandbox/auth0/server';
import { SECRET_ARN } from '../../aws/aws-clients';
import { withoutAws } from '../../aws/without-aws';
import { closeStores, makeFolder, whenDone } from '../../history/stores';
import { CAPS, type Ended } from '../open-command-line';
import { BUCKET, CREDENTIALS, OUTPUTS, openDeployed, REGION, STACK, SWITCH } from './open-deployed';

const { set } = withoutAws();
afterEach(closeStores);

const REMEDIATE = '--mode remediate --yes --first-run';
const flat = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
/** What was said before the places of record and page. */
const beforeRecord = ({ stderr }: Ended) => flat(stderr.split(/^Record: /m)[0] ?? '');
const reportOf = ({ stdout }: Ended) => JSON.parse(stdout);
const runIdOf = (ended: Ended): string => reportOf(ended).runId;

describe('a deployed environment, with AWS credentials alone', () => {
  it('is audited with its secret, and its history is read', async () => {
    const { run, aws, cli } = await openDeployed(set);
    const ended = await run('--format json');
    expect([ended.code, reportOf(ended).complete, beforeRecord(ended)]).toEqual([1, true, '']);
    expect(aws.calls.map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['DescribeStacks', 'GetSecretValue', 'GetObject', 'PutObject']),
    );
    expect(existsSync(path.join(cli.folder, SERVICE))).toBe(false);
  });

  it('is repaired and undone with its lease, its holds and its kill switch', async () => {
    const { run, aws, cli } = await openDeployed(set);
    const before = cli.stored();
    const repaired = await run(`${REMEDIATE} --format json`);
    expect(reportOf(repaired).outcomes.remediated).toBe(4);
    expect((await run(`undo --run ${runIdOf(repaired)} --yes`)).code).toBe(0);
    expect(cli.stored()).toEqual(before);
    expect(reportOf(await run(`${REMEDIATE} --format json`)).outcomes.held).toBe(4);
    expect((await run('changes')).stdout).toContain(runIdOf(repaired));
    expect((await run('unlock')).stdout).toContain(`s3://${BUCKET}/`);
    aws.setParameter(SWITCH, 'stop');
    const refused = await run(`undo --run ${runIdOf(repaired)} --yes`);
    expect([refused.code, flat(refused.stderr)]).toEqual([2, expect.stringContaining('is not set to allow')]);
  });

  it('records the AWS identity of who repairs', async () => {
    const { run } = await openDeployed(set);
    await run(`${REMEDIATE} --format json`);
    expect(flat((await run('changes')).stdout)).toContain('assumed-role/Admin/ann');
  });

  it.each(['changes', 'unlock', 'accept-empty-listing --yes'])(
    'is asked by %s without the Auth0 secret',
    async (line) => {
      const { run, aws, cli } = await openDeployed(set);
      await run(line);
      expect(aws.calls.map(({ operation }) => operation)).not.toContain('GetSecretValue');
      expect(cli.sandbox.requests).toEqual([]);
    },
  );
});

describe('where the stack is looked for', () => {
  it("is the environment's region, whatever region is set", async () => {
    const { run } = await openDeployed(set);
    set({ AWS_REGION: 'us-east-1' });
    expect((await run('changes')).code).toBe(0);
  });

  it('is the region and the stack that are given', async () => {
    const aws = { stacks: { other: { region: 'eu-west-1', outputs: OUTPUTS } } };
    const { run } = await openDeployed(set, { aws });
    expect((await run('changes --region eu-west-1 --stack other')).code).toBe(0);
    expect(flat((await run('changes --stack other')).stderr)).toContain('not deployed in eu-central-1');
  });

  it.each([
    { claim: 'the profile of the environment', variables: {}, code: 0 },
    { claim: 'the profile that a variable names, in place of it', variables: { AWS_PROFILE: 'nobody' }, code: 2 },
  ])('is asked with $claim', async ({ variables, code }) => {
    const { run } = await openDeployed(set, { environment: { region: REGION, awsProfile: 'auditor' } });
    const file = path.join(makeFolder(), 'credentials');
    writeFileSync(file, '[auditor]\naws_access_key_id = made-up\naws_secret_access_key = made-up\n');
    for (const name of Object.keys(CREDENTIALS)) delete process.env[name];
    set({ AWS_SHARED_CREDENTIALS_FILE: file, ...variables });
    expect((await run('changes', { variables })).code).toBe(code);
  });

  it('has to be known for a history that is given, too', async () => {
    const { run } = await openDeployed(set, { environment: { region: undefined } });
    const { code, stderr } = await run(`changes --history s3://${BUCKET}`);
    expect([code, flat(stderr)]).toEqual([
      2,
      expect.stringContaining('state.json: no AWS region is known: set region'),
    ]);
  });

  it('is not the account of other credentials', async () => {
    const { run } = await openDeployed(set, { environment: { account: '123456789012', region: REGION } });
    const ended = await run('changes');
    expect([ended.code, flat(ended.stderr)]).toEqual([
      2,
      '- the AWS credentials belong to account 000000000000, but environment sample is in account 123456789012. History, lease, holds and kill switch of the environment are therefore unknown; to continue without them, give --history local',
    ]);
  });
});

describe('what a person gives', () => {
  it('comes before what is deployed: credentials in variables', async () => {
    const { run, aws, cli } = await openDeployed(set);
    const { client_id: AUTH0_CLIENT_ID, client_secret: AUTH0_CLIENT_SECRET } = cli.sandbox.credentials;
    const ended = await run('--format json', { variables: { AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET } });
    expect(reportOf(ended).complete).toBe(true);
    expect(aws.calls.map(({ operation }) => operation)).not.toContain('GetSecretValue');
  });

  it.each(['--secret', 'existingSecretArn'] as const)('comes before the secret of the stack: %s', async (way) => {
    const other = SECRET_ARN.replace('Auth0Client', 'Other');
    const environment =
      way === 'existingSecretArn' ? { environment: { region: REGION, existingSecretArn: other } } : {};
    const { run, aws, cli } = await openDeployed(set, { ...environment, isUnfilled: true });
    aws.setSecret(other, JSON.stringify(cli.sandbox.credentials));
    const ended = await run(`--format json ${way === '--secret' ? `--secret ${other}` : ''}`);
    expect(reportOf(ended).complete).toBe(true);
  });

  it('--history local says that what earlier runs saw, repaired and held is not known', async () => {
    const { run } = await openDeployed(set);
    const ended = await run('--format json --history local');
    expect(beforeRecord(ended)).toBe(
      'With --history local, the findings, repairs and holds of earlier runs of sample are unknown.',
    );
  });

  it('--history local keeps the history here, and says before a write what does not bind', async () => {
    const { run, aws, cli } = await openDeployed(set);
    aws.setParameter(SWITCH, 'stop');
    const ended = await run(`${REMEDIATE} --history local`);
    expect([ended.code, cli.writes()]).toEqual([0, 4]);
    expect(flat(ended.stderr)).toContain(
      'The kill switch, the holds and the lease of environment sample do not apply here. To use them, omit --history.',
    );
    expect(existsSync(path.join(cli.folder, SERVICE))).toBe(true);
    expect(aws.objects(BUCKET).size).toBe(0);
  });
});

describe('an environment that is not deployed', () => {
  const NOT_DEPLOYED = `Environment sample is not deployed in ${REGION} of account 000000000000: there is no stack ${STACK}. The history is a folder on this machine.`;

  it('says so in one line, and goes on with credentials in variables and a history here', async () => {
    const { run, cli } = await openDeployed(set, { aws: { stacks: {} } });
    const { client_id: AUTH0_CLIENT_ID, client_secret: AUTH0_CLIENT_SECRET } = cli.sandbox.credentials;
    const ended = await run('--format json', { variables: { AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET } });
    expect([reportOf(ended).complete, beforeRecord(ended)]).toEqual([true, NOT_DEPLOYED]);
  });

  it('says what credentials it needs, and asks nobody', async () => {
    const { run, cli } = await openDeployed(set, { aws: { stacks: {} } });
    const ended = await run('');
    expect([ended.code, ended.stdout, flat(ended.stderr)]).toEqual([
      2,
      '',
      `- environment sample is not deployed in ${REGION} of account 000000000000: there is no stack ${STACK}. Export AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET or AUTH0_PRIVATE_KEY, or give --secret ARN`,
    ]);
    expect(cli.sandbox.requests).toEqual([]);
  });
});

describe('an environment whose stack cannot be read', () => {
  const open = async () => {
    const { run, cli, aws } = await openDeployed(set);
    aws.failNext('DescribeStacks', { status: 403, code: 'AccessDenied', message: 'no', times: 10 });
    const { client_id: AUTH0_CLIENT_ID, client_secret: AUTH0_CLIENT_SECRET } = cli.sandbox.credentials;
    return { run: (line: string) => run(line, { variables: { AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET } }), cli };
  };

  it('is audited with a note that its history is not used', async () => {
    const { run } = await open();
    const ended = await run('--format json');
    expect(reportOf(ended).complete).toBe(true);
    expect(beforeRecord(ended)).toBe(
      `Stack ${STACK} could not be read (AccessDenied). The environment's history is not used: the findings, repairs and holds of earlier runs are unknown.`,
    );
  });

  it.each([REMEDIATE, 'undo --run r --yes', 'changes', 'unlock', 'accept-empty-listing --yes'])(
    'is not touched by: %s',
    async (line) => {
      const { run, cli } = await open();
      const ended = await run(line);
      expect([ended.code, ended.stdout, cli.sandbox.requests]).toEqual([2, '', []]);
      expect(flat(ended.stderr)).toContain('to continue without them, give --history local');
    },
  );
});

describe('a write past the kill switch', () => {
  const SLIPS: readonly {
    claim: string;
    line: string;
    hasRegion?: boolean;
    set?: Record<string, string>;
    aws?: object;
    says?: string;
  }[] = [
    { claim: 'another region', line: '--region eu-west-1' },
    { claim: 'a stack that is not there', line: '--stack ConnectionAuditor-sampel' },
    { claim: 'the region of the shell', line: '', hasRegion: false, set: { AWS_REGION: 'us-east-1' } },
    {
      claim: 'a stack without outputs',
      line: '',
      aws: { stacks: { [STACK]: { outputs: {} } } },
      says: 'has no outputs',
    },
    { claim: 'an environment that is not deployed', line: '', aws: { stacks: {} } },
  ];
  it.each(SLIPS)(
    'is not opened by $claim',
    async ({ line, hasRegion = true, set: variables = {}, aws: options = {}, says = '' }) => {
      const environment = { region: hasRegion ? REGION : undefined, caps: CAPS, existingSecretArn: SECRET_ARN };
      const { run, aws, cli } = await openDeployed(set, { environment, aws: options });
      // A history of this machine, so that no run here is the first.
      expect((await run('--history local')).code).toBe(1);
      aws.setParameter(SWITCH, 'stop');
      set(variables);
      for (const command of ['--mode remediate --yes', 'unlock --yes', 'changes']) {
        const ended = await run(`${command} ${line}`);
        expect([ended.code, ended.stdout]).toEqual([2, '']);
        expect(flat(ended.stderr)).toContain('to continue without them, give --history local');
        expect(flat(ended.stderr)).toContain(says);
      }
      expect(cli.writes()).toBe(0);
    },
  );

  it('a stack or a region that was named and is not there ends an audit as well', async () => {
    const { run, cli } = await openDeployed(set, { environment: { region: REGION, existingSecretArn: SECRET_ARN } });
    for (const line of ['--region eu-west-1', '--stack Other']) expect((await run(line)).code).toBe(2);
    expect(cli.sandbox.requests).toEqual([]);
  });

  it('to another bucket is told, and to that of the environment is not', async () => {
    const { run, aws } = await openDeployed(set, { aws: { buckets: [BUCKET, 'other-bucket'] } });
    const told = 'The history s3://other-bucket is not known as the history of environment sample';
    expect(flat((await run(`${REMEDIATE} --history s3://other-bucket`)).stderr)).toContain(told);
    expect(flat((await run(`${REMEDIATE} --history s3://${BUCKET}/`)).stderr)).not.toContain('is not known as');
    expect(aws.objects('other-bucket').size).toBeGreaterThan(0);
  });
});

it('a command that is printed after a run with a history of this machine goes to that history', async () => {
  const { run, cli } = await openDeployed(set, { aws: { stacks: {} } });
  const { client_id: AUTH0_CLIENT_ID, client_secret: AUTH0_CLIENT_SECRET } = cli.sandbox.credentials;
  const variables = { AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET };
  const { stdout, stderr } = await run(`${REMEDIATE} --history local`, { variables });
  expect(stdout.replaceAll(/ \\\n\s+/g, ' ')).toContain('--history local --run ');
  expect(flat(stderr)).toContain('do not apply here. To use them, omit --history.');
});

describe('another tenant than the environment’s', () => {
  const open = async () => {
    const deployed = await openDeployed(set);
    const other = await start({ port: 0 });
    whenDone(() => other.stop());
    return { ...deployed, other };
  };

  it.each(['', '--canonical-domain 127.0.0.1:OWN'])('is never sent the secret of the environment %s', async (more) => {
    const { run, aws, cli, other } = await open();
    const options = more.replace('OWN', String(cli.sandbox.port));
    const ended = await run(`--domain ${other.domain} ${options}`.trim());
    expect([ended.code, other.requests, aws.calls]).toEqual([2, [], []]);
    expect(ended.stderr).toContain('AUTH0_CLIENT_ID: not set');
  });

  it('is one with another domain of its own, although it is reached by the same name', async () => {
    const { run, aws } = await openDeployed(set);
    const ended = await run('changes --canonical-domain other.eu.auth0.com');
    expect([ended.stdout, aws.calls]).toEqual(['This history contains no changes.\n', []]);
  });

  it('has its history here, and no stack', async () => {
    const { run, aws, cli, other } = await open();
    const { client_id: AUTH0_CLIENT_ID, client_secret: AUTH0_CLIENT_SECRET } = other.credentials;
    const variables = { AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET };
    const ended = await run(`--domain ${other.domain} --format json`, { variables });
    expect([reportOf(ended).complete, aws.calls]).toEqual([true, []]);
    expect(existsSync(path.join(cli.folder, SERVICE))).toBe(true);
    const refused = await run(`--domain ${other.domain} --stack ${STACK}`, { variables });
    expect(flat(refused.stderr)).toContain('--stack: 127.0.0.1:');
  });
});

it('a command that ends in a history needs no Auth0 credentials, and AWS credentials it names when they are missing', async () => {
  const { run } = await openDeployed(set);
  for (const name of Object.keys(CREDENTIALS)) delete process.env[name];
  expect(flat((await run('changes')).stderr)).toContain('there are no AWS credentials, or the profile');
});
