import os from 'node:os';
import { describeActor } from '../../../cli/access/who';
import { AWS_CALL_MS } from '../../../lambda/aws/time-limit';
import { type AwsOptions, type AwsSandbox, startAws } from '../../../sandbox/aws/server';
import { closeStores, pointClientsAt, whenDone } from '../../history/stores';

const ARN = 'arn:aws:sts::111122223333:assumed-role/admin/ann';
const USER = 'ann on laptop';

beforeEach(() => {
  userIs('ann');
  jest.spyOn(os, 'hostname').mockReturnValue('laptop');
});

afterEach(async () => {
  jest.restoreAllMocks();
  await closeStores();
});

function userIs(username: string): void {
  jest.spyOn(os, 'userInfo').mockReturnValue({ username, uid: 1, gid: 1, shell: null, homedir: '/' });
}

async function open(options: AwsOptions): Promise<AwsSandbox> {
  const aws = await startAws(options);
  whenDone(() => aws.stop());
  pointClientsAt(aws.endpoint);
  return aws;
}

describe('the actor with AWS', () => {
  it('the actor with AWS is the ARN of the caller', async () => {
    const aws = await open({ identity: ARN });
    expect(await describeActor({})).toBe(ARN);
    expect(aws.calls).toEqual([{ operation: 'GetCallerIdentity', status: 200 }]);
  });

  it.each<[claim: string, identity: string, actor: string]>([
    ['longer than 200 characters is cut', `${ARN}${'x'.repeat(2000)}`, `${ARN}${'x'.repeat(200 - ARN.length)}`],
    ['with control characters is shown without them', `${ARN}\t\u0085\u202E\n!`, `${ARN}!`],
    ['with only control characters counts as no ARN', '\t\u0085', USER],
  ])('an ARN %s', async (_, identity, actor) => {
    await open({ identity });
    expect(await describeActor({})).toBe(actor);
  });

  it('the actor is the user and the host if AWS refuses the call', async () => {
    const aws = await open({});
    expect(await describeActor({})).toBe(USER);
    expect(aws.calls).toEqual([{ operation: 'GetCallerIdentity', status: 403 }]);
  });

  it.each([{ hang: true }, { drip: true }] as const)(
    'the actor is the user and the host if the call to AWS meets %j',
    async (silence) => {
      const aws = await open({ identity: ARN });
      aws.failNext('GetCallerIdentity', { ...silence, times: 10 });
      const begun = performance.now();
      expect(await describeActor({}, 200)).toBe(USER);
      expect(performance.now() - begun).toBeLessThan(AWS_CALL_MS / 2);
    },
  );

  it('the actor is the user and the host if there is no endpoint or no region', async () => {
    pointClientsAt('http://127.0.0.1:1');
    expect(await describeActor({}, 300)).toBe(USER);
    delete process.env.AWS_REGION;
    expect(await describeActor({}, 300)).toBe(USER);
  });
});

describe('the actor without AWS', () => {
  it('the actor without AWS is the user and the host, without a call to AWS', async () => {
    const aws = await open({ identity: ARN });
    expect(await describeActor(undefined)).toBe(USER);
    expect(aws.calls).toEqual([]);
  });

  it.each<[claim: string, username: string, actor: string]>([
    ['with an empty name is unknown', '', 'unknown user on laptop'],
    ['with only control characters is unknown', '\u0000\u200B', 'unknown user on laptop'],
    ['with control characters is shown without them', 'a\u001B[2Jnn\n', 'a[2Jnn on laptop'],
    ['with letters of other scripts is shown unchanged', '\u5B89\u00E9', '\u5B89\u00E9 on laptop'],
    ['with a long name is cut', 'x'.repeat(300), 'x'.repeat(200)],
    ['with a long name is not cut inside a character', `${'x'.repeat(199)}\u{1F600}`, 'x'.repeat(199)],
  ])('a user %s', async (_, username, actor) => {
    userIs(username);
    expect(await describeActor(undefined)).toBe(actor);
  });

  it('the user is unknown if the operating system knows no user', async () => {
    jest.spyOn(os, 'userInfo').mockImplementation(() => {
      throw new Error('uv_os_get_passwd returned ENOENT');
    });
    expect(await describeActor(undefined)).toBe('unknown user on laptop');
  });

  it('the host is unknown if the operating system knows no name of the host', async () => {
    jest.spyOn(os, 'hostname').mockReturnValue('');
    expect(await describeActor(undefined)).toBe('ann on unknown host');
  });
});
