import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { createBucketStore } from '../../lambda/aws/bucket-store';
import { createKillSwitch } from '../../lambda/aws/kill-switch';
import { readSecret } from '../../lambda/aws/secret';
import { importFindings } from '../../lambda/aws/security-hub';
import { AWS_CALL_MS, adviceAfter, causeOf, inTime, TimeLimitError } from '../../lambda/aws/time-limit';
import { publishAlert, publishMessages } from '../../lambda/aws/topics';
import { type AwsSandbox, startAws } from '../../sandbox/aws/server';
import { closeStores, pointClientsAt, whenDone } from '../history/stores';
import { ALERTS_ARN, FINDINGS_ARN, SECRET_ARN } from './aws-clients';

afterEach(async () => {
  jest.useRealTimers();
  await closeStores();
});

const PARAMETER = '/auditor/prod/writes';
const FINDING = { Types: [], Severity: { Label: 'LOW' }, Resources: [] };
const FINDINGS = [Object({ ...FINDING, FindingProviderFields: { Severity: { Label: 'LOW' }, Types: [] } })];
const ALERT = { subject: 'a', message: '{"default":"b"}' };
const MESSAGES = [{ body: 'a', attributes: {} }];

/** Every kind of AWS call, made by a client without own settings, as the function makes it. */
interface Edge {
  readonly call: string;
  readonly operation: string;
  readonly make: (limitMs?: number) => Promise<unknown>;
  readonly says: string;
}

const EDGES: readonly Edge[] = [
  {
    call: 'reading a secret',
    operation: 'GetSecretValue',
    make: (limitMs) => readSecret(new SecretsManagerClient(), SECRET_ARN, ['example.eu.auth0.com'], limitMs),
    says: `Reading secret ${SECRET_ARN}: no answer before the time limit. Check that the secret exists and that the role is allowed to read it.`,
  },
  {
    call: 'publishing an alert',
    operation: 'Publish',
    make: (limitMs) => publishAlert(new SNSClient(), ALERTS_ARN, ALERT, asked(limitMs)),
    says: `Publishing to ${ALERTS_ARN}: no answer before the time limit, after 0 of 1 messages. Check the topic, its key and the role's permissions.`,
  },
  {
    call: 'publishing messages',
    operation: 'Publish',
    make: (limitMs) => publishMessages(new SNSClient(), FINDINGS_ARN, MESSAGES, asked(limitMs)),
    says: `Publishing to ${FINDINGS_ARN}: no answer before the time limit, after 0 of 1 messages. Check the topic, its key and the role's permissions.`,
  },
  {
    call: 'importing findings',
    operation: 'BatchImportFindings',
    make: (limitMs) => importFindings(FINDINGS, asked(limitMs)),
    says: 'Importing into Security Hub: no answer before the time limit, after 0 of 1 findings. Check that Security Hub is enabled and that the role is allowed to import findings.',
  },
  {
    call: 'reading the kill switch',
    operation: 'GetParameter',
    make: (limitMs) => createKillSwitch(PARAMETER)(limitMs),
    says: 'unreadable',
  },
  {
    call: 'reading an object',
    operation: 'GetObject',
    make: (limitMs) => createBucketStore('history', '', asked(limitMs)).read('a'),
    says: 'Reading s3://history/a: no answer before the time limit.',
  },
  {
    call: 'writing an object',
    operation: 'PutObject',
    make: (limitMs) => createBucketStore('history', '', asked(limitMs)).write('a', 'text', 'absent'),
    says: 'Writing s3://history/a: no answer before the time limit.',
  },
];

/** S3 answers PutObject with headers only, so no body can be late. */
function silencesOf(operation: string) {
  return operation === 'PutObject' ? [{ hang: true } as const] : [{ hang: true } as const, { drip: true } as const];
}

function asked(limitMs: number | undefined) {
  return limitMs === undefined ? undefined : () => limitMs;
}

/** What the sandbox and the clients need to communicate while timeouts are faked. */
const ALL_BUT_TIMEOUTS: FakeableAPI[] = [
  'Date',
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
];
const turn = () => new Promise(setImmediate);
const arrivalOf = async (calls: number, aws: AwsSandbox) => {
  for (const end = performance.now() + 20_000; aws.calls.length < calls; await turn()) {
    if (performance.now() > end) throw new Error(`${aws.calls.length} of ${calls} calls arrived`);
  }
};
const never = () => new Promise<never>(() => undefined);

async function open(): Promise<AwsSandbox> {
  const aws = await startAws({
    secrets: { [SECRET_ARN]: '{"client_id":"made-up","client_secret":"made-up"}' },
    topics: { [ALERTS_ARN]: [], [FINDINGS_ARN]: [] },
    buckets: ['history'],
    parameters: { [PARAMETER]: 'allow' },
  });
  whenDone(() => aws.stop());
  aws.putObject('history', 'a', 'text');
  pointClientsAt(aws.endpoint);
  return aws;
}

const outcomeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(String, (error: unknown) => (error instanceof Error ? error.message : 'no error'));

describe.each(EDGES)('$call', ({ call, operation, make, says }) => {
  it.each(silencesOf(operation))(
    `${call} ends within its limit, without a retry, after the fault %j`,
    async (silence) => {
      const aws = await open();
      aws.failNext(operation, { ...silence, times: 10 });
      const begun = performance.now();
      expect(await outcomeOf(make(200))).toBe(says);
      expect(performance.now() - begun).toBeLessThan(AWS_CALL_MS / 2);
      expect(aws.calls.length).toBeLessThanOrEqual(1);
    },
  );

  it(`${call} ends after ten seconds by default`, async () => {
    const aws = await open();
    aws.failNext(operation, { hang: true, times: 10 });
    jest.useFakeTimers({ doNotFake: ALL_BUT_TIMEOUTS });
    const settled = jest.fn();
    const outcome = outcomeOf(make()).finally(settled);
    await arrivalOf(1, aws);
    jest.advanceTimersByTime(AWS_CALL_MS - 1);
    await turn();
    expect(settled).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(await outcome).toBe(says);
    expect(AWS_CALL_MS).toBe(10_000);
  });
});

describe('a call with a limit', () => {
  it('a call returns its answer or its error, and leaves no timer', async () => {
    jest.useFakeTimers();
    expect(await inTime(100, () => Promise.resolve('answer'))).toBe('answer');
    await expect(inTime(100, () => Promise.reject(new Error('made-up')))).rejects.toThrow('made-up');
    expect(jest.getTimerCount()).toBe(0);
  });

  it.each([0, -1, Number.NaN])('a call with the limit %d is not started', async (limitMs) => {
    const call = jest.fn(never);
    expect(await outcomeOf(inTime(limitMs, call))).toBe('no time left');
    expect(call).not.toHaveBeenCalled();
  });

  it.each([20_000, Number.POSITIVE_INFINITY])('a call with the limit %d ends after ten seconds', async (limitMs) => {
    jest.useFakeTimers();
    const outcome = outcomeOf(inTime(limitMs, never));
    jest.advanceTimersByTime(AWS_CALL_MS);
    expect(await outcome).toBe('no answer before the time limit');
  });

  it('a call ends even if it ignores the abort signal', async () => {
    let given: AbortSignal | undefined;
    const call = (abortSignal: AbortSignal) => {
      given = abortSignal;
      return never();
    };
    expect(await outcomeOf(inTime(1, call))).toBe('no answer before the time limit');
    expect(given?.aborted).toBe(true);
  });

  it('the limit of a call also ends the retries of the SDK', async () => {
    const aws = await open();
    aws.failNext('GetSecretValue', { status: 500, code: 'InternalServiceError', message: 'no', times: 1_000_000 });
    const token = { getRetryCount: () => 1, getRetryDelay: () => 0 };
    const endless = {
      acquireInitialRetryToken: async () => token,
      refreshRetryTokenForRetry: async (
        _: unknown,
        { error, errorType }: { readonly error?: unknown; readonly errorType: string },
      ) => {
        if (errorType === 'CLIENT_ERROR') throw error;
        return token;
      },
      recordSuccess: () => undefined,
    };
    const client = new SecretsManagerClient({ retryStrategy: endless });
    jest.useFakeTimers({ doNotFake: ALL_BUT_TIMEOUTS });
    const outcome = outcomeOf(readSecret(client, SECRET_ARN, ['example.eu.auth0.com']));
    await arrivalOf(3, aws);
    jest.advanceTimersByTime(AWS_CALL_MS);
    expect(await outcome).toContain('no answer before the time limit');
    // A request that was already sent arrives before this read is answered. Each further read leaves time for a retry.
    const readings = async () => {
      await createBucketStore('history', '').read('a');
      return aws.calls.filter(({ operation }) => operation === 'GetSecretValue').length;
    };
    const before = await readings();
    for (let reading = 0; reading < 20; reading += 1) await readings();
    expect(await readings()).toBe(before);
  });
});

it.each([
  [new TimeLimitError({ isBegun: true }), 'no answer before the time limit', ' Check it.'],
  [new TimeLimitError({ isBegun: false }), 'no time left', ''],
  [Object.assign(new Error('Planted text'), { name: 'AccessDeniedException' }), 'AccessDeniedException', ' Check it.'],
  ['Planted text', 'unknown error', ' Check it.'],
  [Object.assign(new Error('Planted text'), { code: 'ENOTFOUND' }), 'ENOTFOUND', ' Check it.'],
  [Object.assign(new Error('Planted text'), { code: 'Planted code' }), 'Error', ' Check it.'],
  [
    new Error('Region is missing'),
    'no AWS region is known: set region in the environment, give --region, or export AWS_REGION',
    '',
  ],
])('the cause of %p is %j, with the advice %j', (error, cause, advice) => {
  expect(causeOf(error)).toBe(cause);
  expect(adviceAfter(error, 'Check it.')).toBe(advice);
});

it('every call of lambda/aws is made with the signal of its limit', () => {
  const folder = path.join(__dirname, '..', '..', 'lambda', 'aws');
  const calls = readdirSync(folder).flatMap(
    (file) => readFileSync(path.join(folder, file), 'utf8').match(/\.send\(.*/g) ?? [],
  );
  expect(calls.length).toBeGreaterThan(4);
  expect(calls.filter((call) => !call.includes('.send(command, { abortSignal })'))).toEqual([]);
});
