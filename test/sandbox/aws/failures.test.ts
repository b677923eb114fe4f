import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type AwsSandbox, startAws } from '../../../sandbox/aws/server';

const PLACE = { Bucket: 'history', Key: 'a' };
let aws: AwsSandbox;
let s3: S3Client;

beforeEach(async () => {
  aws = await startAws({ buckets: ['history'] });
  aws.putObject('history', 'a', 'one');
  const credentials = { accessKeyId: 'made-up', secretAccessKey: 'made-up' };
  s3 = new S3Client({ endpoint: aws.endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 });
});

afterEach(async () => {
  s3.destroy();
  await aws.stop();
});

const put = (options = {}) => s3.send(new PutObjectCommand({ ...PLACE, Body: 'two' }), options);
const get = (options = {}) => s3.send(new GetObjectCommand(PLACE), options);
const outcomeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    (error: Error) => error.name,
  );
const arrivalOfCall = async () => {
  const before = aws.calls.length;
  for (const end = performance.now() + 20_000; aws.calls.length === before; await new Promise(setImmediate)) {
    if (performance.now() > end) throw new Error('no call arrived');
  }
};
/** Writes, and gives up when a reading that began after the write had arrived was answered first. */
const outcomeOfPut = async () => {
  const ending = new AbortController();
  const outcome = outcomeOf(put({ abortSignal: ending.signal }));
  await arrivalOfCall();
  await get();
  ending.abort();
  return outcome;
};

describe('a call that hangs', () => {
  it('is never answered, and has no effect', async () => {
    aws.failNext('PutObject', { hang: true });
    expect(await outcomeOfPut()).toBe('AbortError');
    expect(aws.objects('history').get('a')?.text).toBe('one');
    expect(aws.calls[0]).toEqual({ operation: 'PutObject', status: 0 });
  });

  it('takes effect where the script says so', async () => {
    aws.failNext('PutObject', { hang: true, applied: true });
    expect(await outcomeOfPut()).toBe('AbortError');
    expect(aws.objects('history').get('a')?.text).toBe('two');
  });

  it('comes as often as the script says, and for its operation only', async () => {
    aws.failNext('PutObject', { hang: true, times: 2 });
    const outcomes = [await outcomeOfPut(), await outcomeOfPut(), await outcomeOfPut()];
    expect(outcomes).toEqual(['AbortError', 'AbortError', 'answered']);
  });
});

it('an answer that drips begins and does not end', async () => {
  aws.failNext('GetObject', { drip: true });
  const ending = new AbortController();
  const { Body, $metadata } = await get({ abortSignal: ending.signal });
  const chunks: unknown[] = [];
  const read = async () => {
    for await (const chunk of Object(Body)) if (chunks.push(chunk) === 3) ending.abort();
  };
  await expect(read()).rejects.toThrow();
  expect([$metadata.httpStatusCode, chunks.length]).toEqual([200, 3]);
  expect(aws.calls).toEqual([{ operation: 'GetObject', status: 200 }]);
});

it.each([{ hang: true }, { drip: true }] as const)('the server stops while a call meets %j', async (failure) => {
  aws.failNext('GetObject', failure);
  const call = get().then(({ Body }) => Body?.transformToString());
  const outcome = outcomeOf(call);
  await arrivalOfCall();
  await aws.stop();
  expect(await outcome).not.toBe('answered');
});
