import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { type AwsSandbox, startAws } from '../../../sandbox/aws/server';

const CREDENTIALS = { accessKeyId: 'made-up', secretAccessKey: 'made-up' };
const PLACE = { Bucket: 'history', Key: 'a' };
let aws: AwsSandbox;
let s3: S3Client;

beforeEach(async () => {
  aws = await startAws({ buckets: ['history'] });
  aws.putObject('history', 'a', 'one');
  s3 = new S3Client({ endpoint: aws.endpoint, region: 'eu-west-1', credentials: CREDENTIALS, maxAttempts: 1 });
});

afterEach(async () => {
  s3.destroy();
  await aws.stop();
});

const put = (options = {}) => s3.send(new PutObjectCommand({ ...PLACE, Body: 'two' }), options);
const get = (options = {}, Key = 'a') => s3.send(new GetObjectCommand({ ...PLACE, Key }), options);
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
/** Writes, and stops waiting when a read that began after the write arrived is answered first. */
const outcomeOfPut = async () => {
  const ending = new AbortController();
  const outcome = outcomeOf(put({ abortSignal: ending.signal }));
  await arrivalOfCall();
  await get();
  ending.abort();
  return outcome;
};

describe('a call that hangs', () => {
  it('a call that hangs is never answered and has no effect', async () => {
    aws.failNext('PutObject', { hang: true });
    expect(await outcomeOfPut()).toBe('AbortError');
    expect(aws.objects('history').get('a')?.text).toBe('one');
    expect(aws.calls[0]).toEqual({ operation: 'PutObject', status: 0 });
  });

  it('a call that hangs has an effect if the script sets it', async () => {
    aws.failNext('PutObject', { hang: true, applied: true });
    expect(await outcomeOfPut()).toBe('AbortError');
    expect(aws.objects('history').get('a')?.text).toBe('two');
  });

  it('a call hangs for the number of times and the operation of the script', async () => {
    aws.failNext('PutObject', { hang: true, times: 2 });
    const outcomes = [await outcomeOfPut(), await outcomeOfPut(), await outcomeOfPut()];
    expect(outcomes).toEqual(['AbortError', 'AbortError', 'answered']);
  });
});

it('an answer that drips begins but does not end', async () => {
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

describe('a script for some calls of one operation', () => {
  const REFUSED = { status: 403, code: 'AccessDenied', message: 'made-up' };

  it('a script selects calls by the key of the object', async () => {
    aws.putObject('history', 'b', 'other');
    aws.failNext('GetObject', { ...REFUSED, about: /^b$/ });
    expect(await outcomeOf(get())).toBe('answered');
    expect(await outcomeOf(get({}, 'b'))).toBe('AccessDenied');
  });

  it('a script selects calls by the ARN of the topic', async () => {
    const topics = { 'arn:aws:sns:eu-west-1:000000000000:A': [], 'arn:aws:sns:eu-west-1:000000000000:B': [] };
    const other = await startAws({ topics });
    const settings = { endpoint: other.endpoint, region: 'eu-west-1', credentials: CREDENTIALS, maxAttempts: 1 };
    const sns = new SNSClient(settings);
    other.failNext('Publish', { ...REFUSED, about: /:B$/ });
    const outcomes = [];
    for (const TopicArn of Object.keys(topics)) {
      outcomes.push(await outcomeOf(sns.send(new PublishCommand({ TopicArn, Message: 'a' }))));
    }
    expect(outcomes).toEqual(['answered', 'AccessDenied']);
    sns.destroy();
    await other.stop();
  });

  it('a script selects calls by their number since the start of the script', async () => {
    await get();
    aws.failNext('GetObject', { ...REFUSED, nth: 2, times: 2 });
    const outcomes = [];
    for (let call = 1; call <= 4; call += 1) outcomes.push(await outcomeOf(get()));
    expect(outcomes).toEqual(['answered', 'AccessDenied', 'AccessDenied', 'answered']);
  });

  it('a script does not count calls about other objects', async () => {
    aws.putObject('history', 'b', 'other');
    aws.failNext('GetObject', { ...REFUSED, nth: 2, about: /^b$/ });
    const outcomes = [];
    for (const key of ['b', 'a', 'b']) outcomes.push(await outcomeOf(get({}, key)));
    expect(outcomes).toEqual(['answered', 'answered', 'AccessDenied']);
  });
});

describe('failures that replace an answer', () => {
  const stored = () => aws.objects('history').get('a')?.text;
  const read = () => get().then(({ Body }) => Body?.transformToString());

  it.each([
    ['reset', { reset: true }, 'one'],
    ['reset, applied', { reset: true, applied: true }, 'two'],
    ['cut', { cut: true }, 'two'],
    ['html', { html: true }, 'one'],
    ['html, applied', { html: true, applied: true }, 'two'],
    ['empty', { empty: true }, 'one'],
    ['half', { half: true }, 'two'],
    ['text', { text: 'x' }, 'two'],
    ['answered', { answered: true }, 'two'],
  ] as const)('the failure %s of a write leaves the right object', async (_, failure, text) => {
    aws.failNext('PutObject', failure);
    await outcomeOf(put());
    expect(stored()).toBe(text);
  });

  it('the failure reset ends the connection before any answer', async () => {
    aws.failNext('GetObject', { reset: true });
    await expect(get()).rejects.toThrow('socket hang up');
    expect(aws.calls).toEqual([{ operation: 'GetObject', status: 0 }]);
  });

  it('the failure cut sends the head and a part of the body', async () => {
    aws.failNext('GetObject', { cut: true });
    const { $metadata, Body } = await get();
    expect($metadata.httpStatusCode).toBe(200);
    await expect(Body?.transformToString()).rejects.toThrow('aborted');
  });

  it('the failure half sends half of the body as if it were complete', async () => {
    aws.putObject('history', 'a', 'onetwo');
    aws.failNext('GetObject', { half: true });
    const answer = await fetchSigned();
    expect([answer.status, await answer.text()]).toEqual([200, 'one']);
  });

  it.each([
    ['html', { html: true }, '<html><body>Please sign in</body></html>'],
    ['empty', { empty: true }, ''],
    ['text', { text: '[1]' }, '[1]'],
    ['answered', { answered: true }, 'one'],
  ] as const)('the failure %s of a read is a 200 with its body', async (_, failure, body) => {
    aws.failNext('GetObject', failure);
    expect(await read()).toBe(body);
  });
});

describe('a script', () => {
  it('a script runs its hook for an affected call, after the effect of the call', async () => {
    const seen: (string | undefined)[] = [];
    const run = () => void seen.push(aws.objects('history').get('a')?.text);
    aws.failNext('PutObject', { answered: true, nth: 2, run });
    await put();
    expect(seen).toEqual([]);
    await put();
    expect(seen).toEqual(['two']);
  });

  it('the function clearFailures ends a script', async () => {
    aws.failNext('GetObject', { reset: true, times: 9 });
    aws.clearFailures();
    expect(await outcomeOf(get())).toBe('answered');
  });
});

it('a server that is down refuses connections until it is up, and keeps its data', async () => {
  await get();
  aws.down();
  await expect(get()).rejects.toThrow('ECONNREFUSED');
  await aws.up();
  expect(await get().then(({ Body }) => Body?.transformToString())).toBe('one');
});

/** Without the SDK, which compares the body with its checksum. */
function fetchSigned(): Promise<Response> {
  return fetch(`${aws.endpoint}/history/a`, { headers: { authorization: 'AWS4-HMAC-SHA256 made-up' } });
}
