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
/** The text on stderr before the places of record and page. */
const beforeRecord = ({ stderr }: Ended) => flat(stderr.split(/^Record: /m)[0] ?? '');
const reportOf = ({ stdout }: Ended) => JSON.parse(stdout);
const runIdOf = (ended: Ended): string => reportOf(ended).runId;

describe('a deployed environment, with AWS credentials alone', () => {
  it('a deployed environment is audited with its secret and its history', async () => {
    const { run, aws, cli } = await openDeployed(set);
    const ended = await run('--format json');
    expect([ended.code, reportOf(ended).complete, beforeRecord(ended)]).toEqual([1, true, '']);
    expect(aws.calls.map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['DescribeStacks', 'GetSecretValue', 'GetObject', 'PutObject']),
    );
    expect(existsSync(path.join(cli.folder, SERVICE))).toBe(false);
  });

  it('a deployed environment is repaired and undone with its lease, its holds and its kill switch', async () => {
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

  it('a repair of a deployed environment records the AWS identity', async () => {
    const { run } = await openDeployed(set);
    await run(`${REMEDIATE} --format json`);
    expect(flat((await run('changes')).stdout)).toContain('assumed-role/Admin/ann');
  });

  it.each(['changes', 'unlock', 'accept-empty-listing --yes'])(
    'the command %s of a deployed environment does not read the Auth0 secret',
    async (line) => {
      const { run, aws, cli } = await openDeployed(set);
      await run(line);
      expect(aws.calls.map(({ operation }) => operation)).not.toContain('GetSecretValue');
      expect(cli.sandbox.requests).toEqual([]);
    },
  );
});

describe('the lookup of the stack', () => {
  it("the stack is looked up in the environment's region, regardless of AWS_REGION", async () => {
    const { run } = await openDeployed(set);
    set({ AWS_REGION: 'us-east-1' });
    expect((await run('changes')).code).toBe(0);
  });

  it('the stack is looked up under --stack in --region', async () => {
    const aws = { stacks: { other: { region: 'eu-west-1', outputs: OUTPUTS } } };
    const { run } = await openDeployed(set, { aws });
    expect((await run('changes --region eu-west-1 --stack other')).code).toBe(0);
    expect(flat((await run('changes --stack other')).stderr)).toContain('not deployed in eu-central-1');
  });

  it.each([
    { claim: 'the profile of the environment', variables: {}, code: 0 },
    {
      claim: 'the profile in AWS_PROFILE instead of the one of the environment',
      variables: { AWS_PROFILE: 'nobody' },
      code: 2,
    },
  ])('the stack is looked up with $claim', async ({ variables, code }) => {
    const { run } = await openDeployed(set, { environment: { region: REGION, awsProfile: 'auditor' } });
    const file = path.join(makeFolder(), 'credentials');
    writeFileSync(file, '[auditor]\naws_access_key_id = made-up\naws_secret_access_key = made-up\n');
    for (const name of Object.keys(CREDENTIALS)) delete process.env[name];
    set({ AWS_SHARED_CREDENTIALS_FILE: file, ...variables });
    expect((await run('changes', { variables })).code).toBe(code);
  });

  it('a given history also needs a known stack', async () => {
    const { run } = await openDeployed(set, { environment: { region: undefined } });
    const { code, stderr } = await run(`changes --history s3://${BUCKET}`);
    expect([code, flat(stderr)]).toEqual([
      2,
      expect.stringContaining('state.json: no AWS region is known: set region'),
    ]);
  });

  it('credentials of another account than the environment are refused', async () => {
    const { run } = await openDeployed(set, { environment: { account: '123456789012', region: REGION } });
    const ended = await run('changes');
    expect([ended.code, flat(ended.stderr)]).toEqual([
      2,
      '- the AWS credentials belong to account 000000000000, but environment sample is in account 123456789012. History, lease, holds and kill switch of the environment are therefore unknown; to continue without them, give --history local',
    ]);
  });
});

describe('the given options and variables', () => {
  it('credentials in variables take precedence over the deployed secret', async () => {
    const { run, aws, cli } = await openDeployed(set);
    const { client_id: AUTH0_CLIENT_ID, client_secret: AUTH0_CLIENT_SECRET } = cli.sandbox.credentials;
    const ended = await run('--format json', { variables: { AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET } });
    expect(reportOf(ended).complete).toBe(true);
    expect(aws.calls.map(({ operation }) => operation)).not.toContain('GetSecretValue');
  });

  it.each(['--secret', 'existingSecretArn'] as const)(
    'a secret in %s takes precedence over the secret of the stack',
    async (way) => {
      const other = SECRET_ARN.replace('Auth0Client', 'Other');
      const environment =
        way === 'existingSecretArn' ? { environment: { region: REGION, existingSecretArn: other } } : {};
      const { run, aws, cli } = await openDeployed(set, { ...environment, isUnfilled: true });
      aws.setSecret(other, JSON.stringify(cli.sandbox.credentials));
      const ended = await run(`--format json ${way === '--secret' ? `--secret ${other}` : ''}`);
      expect(reportOf(ended).complete).toBe(true);
    },
  );

  it('an audit with --history local warns that findings, repairs and holds of earlier runs are unknown', async () => {
    const { run } = await openDeployed(set);
    const ended = await run('--format json --history local');
    expect(beforeRecord(ended)).toBe(
      'With --history local, the findings, repairs and holds of earlier runs of sample are unknown.',
    );
  });

  it('a repair with --history local keeps the history here and warns before a write', async () => {
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

  it('an audit of an environment without a stack prints one note and uses a local history', async () => {
    const { run, cli } = await openDeployed(set, { aws: { stacks: {} } });
    const { client_id: AUTH0_CLIENT_ID, client_secret: AUTH0_CLIENT_SECRET } = cli.sandbox.credentials;
    const ended = await run('--format json', { variables: { AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET } });
    expect([reportOf(ended).complete, beforeRecord(ended)]).toEqual([true, NOT_DEPLOYED]);
  });

  it('an audit without a stack and without credentials names the credentials and sends no request', async () => {
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

  it('an audit without a readable stack prints a note that the history is not used', async () => {
    const { run } = await open();
    const ended = await run('--format json');
    expect(reportOf(ended).complete).toBe(true);
    expect(beforeRecord(ended)).toBe(
      `Stack ${STACK} could not be read (AccessDenied). The environment's history is not used: the findings, repairs and holds of earlier runs are unknown.`,
    );
  });

  it.each([REMEDIATE, 'undo --run r --yes', 'changes', 'unlock', 'accept-empty-listing --yes'])(
    'an environment without a readable stack is not touched by: %s',
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
    'the kill switch is not bypassed by $claim',
    async ({ line, hasRegion = true, set: variables = {}, aws: options = {}, says = '' }) => {
      const environment = { region: hasRegion ? REGION : undefined, caps: CAPS, existingSecretArn: SECRET_ARN };
      const { run, aws, cli } = await openDeployed(set, { environment, aws: options });
      // A history on this machine, so that no run here is a first run.
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

  it('a missing stack in --stack or --region also ends an audit', async () => {
    const { run, cli } = await openDeployed(set, { environment: { region: REGION, existingSecretArn: SECRET_ARN } });
    for (const line of ['--region eu-west-1', '--stack Other']) expect((await run(line)).code).toBe(2);
    expect(cli.sandbox.requests).toEqual([]);
  });

  it('a write with another bucket prints a warning, and with the bucket of the environment prints none', async () => {
    const { run, aws } = await openDeployed(set, { aws: { buckets: [BUCKET, 'other-bucket'] } });
    const told = 'The history s3://other-bucket is not known as the history of environment sample';
    expect(flat((await run(`${REMEDIATE} --history s3://other-bucket`)).stderr)).toContain(told);
    expect(flat((await run(`${REMEDIATE} --history s3://${BUCKET}/`)).stderr)).not.toContain('is not known as');
    expect(aws.objects('other-bucket').size).toBeGreaterThan(0);
  });
});

it('a command that is printed after a run with a local history uses this history', async () => {
  const { run, cli } = await openDeployed(set, { aws: { stacks: {} } });
  const { client_id: AUTH0_CLIENT_ID, client_secret: AUTH0_CLIENT_SECRET } = cli.sandbox.credentials;
  const variables = { AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET };
  const { stdout, stderr } = await run(`${REMEDIATE} --history local`, { variables });
  expect(stdout.replaceAll(/ \\\n\s+/g, ' ')).toContain('--history local --run ');
  expect(flat(stderr)).toContain('do not apply here. To use them, omit --history.');
});

describe('a tenant that is not the environment’s', () => {
  const open = async () => {
    const deployed = await openDeployed(set);
    const other = await start({ port: 0 });
    whenDone(() => other.stop());
    return { ...deployed, other };
  };

  it.each(['', '--canonical-domain 127.0.0.1:OWN'])(
    'another tenant never receives the secret of the environment, with the options "%s"',
    async (more) => {
      const { run, aws, cli, other } = await open();
      const options = more.replace('OWN', String(cli.sandbox.port));
      const ended = await run(`--domain ${other.domain} ${options}`.trim());
      expect([ended.code, other.requests, aws.calls]).toEqual([2, [], []]);
      expect(ended.stderr).toContain('AUTH0_CLIENT_ID: not set');
    },
  );

  it('a tenant with another canonical domain counts as another tenant, even under the same host', async () => {
    const { run, aws } = await openDeployed(set);
    const ended = await run('changes --canonical-domain other.eu.auth0.com');
    expect([ended.stdout, aws.calls]).toEqual(['This history contains no changes.\n', []]);
  });

  it('another tenant has a local history and no stack', async () => {
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

it('a command that only needs the history requires no Auth0 credentials and names missing AWS credentials', async () => {
  const { run } = await openDeployed(set);
  for (const name of Object.keys(CREDENTIALS)) delete process.env[name];
  expect(flat((await run('changes')).stderr)).toContain('there are no AWS credentials, or the profile');
});
