import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import { type AwsSandbox, startAws } from '../../../../sandbox/aws/server';

const MADE_UP = { region: 'eu-west-1', credentials: { accessKeyId: 'made-up', secretAccessKey: 'made-up' } };
const TEXT = 'Größe <&>\r\n0\r\n';
/** `md5sum` of `one`. */
const ETAG = '"f97c5d29941bfb1b2fdab0874906ab82"';

let aws: AwsSandbox;
let s3: S3Client;

beforeEach(async () => {
  aws = await startAws({ buckets: ['history', 'other'] });
  s3 = new S3Client({ ...MADE_UP, endpoint: aws.endpoint, maxAttempts: 1 });
});

afterEach(async () => {
  s3.destroy();
  await aws.stop();
});

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'no error');
const put = (change: Partial<PutObjectCommandInput> = {}) =>
  s3.send(new PutObjectCommand({ Bucket: 'history', Key: 'a/b.json', Body: 'one', ...change }));
const get = async (key = 'a/b.json', bucket = 'history') => {
  const { Body, ...rest } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return { ...rest, text: await Body?.transformToString() };
};

test('an object is written, read, and kept in every version', async () => {
  expect(await put()).toMatchObject({ ETag: ETAG, VersionId: 'made-up-version-1' });
  await put({ Body: TEXT });
  expect(await get()).toMatchObject({ text: TEXT, VersionId: 'made-up-version-2' });
  expect([...aws.objects('history')]).toEqual([['a/b.json', { text: TEXT, versions: ['one', TEXT] }]]);
  expect(aws.objects('other').size).toBe(0);
});

test.each([
  ['of a string', () => TEXT],
  ['of bytes', () => Buffer.from(TEXT)],
  ['of a stream in chunks', () => Readable.from([Buffer.from(TEXT)])],
  ['without content', () => ''],
])('an object %s arrives unchanged', async (_, body) => {
  const Body = body();
  await put({ Body, ContentLength: Buffer.byteLength(typeof Body === 'string' ? Body : TEXT) });
  expect((await get()).text).toBe(Body === '' ? '' : TEXT);
});

test('an object with the content of an SNS form arrives unchanged', async () => {
  const form = 'Action=Publish&Version=2010-03-31';
  await put({ Body: form });
  expect((await get()).text).toBe(form);
});

test('a large stream arrives unchanged', async () => {
  const large = 'ä\r\n'.repeat(200_000);
  await put({ Body: Readable.from([Buffer.from(large)]), ContentLength: Buffer.byteLength(large) });
  expect(aws.objects('history').get('a/b.json')?.text === large).toBe(true);
});

test.each<[claim: string, change: Partial<PutObjectCommandInput>, outcome: string]>([
  ['only to a new key, to a new key', { Key: 'new', IfNoneMatch: '*' }, 'written'],
  ['only to a new key, over an existing object', { IfNoneMatch: '*' }, 'PreconditionFailed'],
  ['with If-None-Match on a version', { IfNoneMatch: ETAG }, 'NotImplemented'],
  ['over the current version', { IfMatch: ETAG }, 'written'],
  ['over another version', { IfMatch: '"00000000000000000000000000000000"' }, 'PreconditionFailed'],
  ['over a version of a missing object', { Key: 'new', IfMatch: ETAG }, 'NoSuchKey'],
  ['into a missing bucket', { Bucket: 'absent' }, 'NoSuchBucket'],
  ['with a wrong checksum', { ChecksumCRC32: 'AAAAAA==' }, 'BadDigest'],
])('the result is correct for a write %s: %s', async (_, change, outcome) => {
  await put();
  expect(await put({ Body: 'two', ...change }).then(() => 'written', nameOf)).toBe(outcome);
  const texts = [...aws.objects('history').values()].map(({ text }) => text);
  expect(texts.includes('two')).toBe(outcome === 'written');
});

test('one of two writes to a new key is refused', async () => {
  const outcomes = await Promise.all([1, 2].map(() => put({ IfNoneMatch: '*' }).then(() => 'written', nameOf)));
  expect(outcomes.sort()).toEqual(['PreconditionFailed', 'written']);
});

test('a missing object and a missing bucket have separate errors', async () => {
  expect(await get('no-such').catch(nameOf)).toBe('NoSuchKey');
  expect(await get('no-such', 'absent').catch(nameOf)).toBe('NoSuchBucket');
});

test('a key keeps its characters', async () => {
  const key = 'host%3A1/ä +&?.json';
  await put({ Key: key });
  expect([...aws.objects('history').keys()]).toEqual([key]);
  expect((await get(key)).text).toBe('one');
});

test('a listing returns the keys under a prefix, page by page', async () => {
  for (const key of ['a/2', 'a/1', 'a/<&>', 'b']) aws.putObject('history', key, 'x');
  const list = async (ContinuationToken?: string) =>
    s3.send(new ListObjectsV2Command({ Bucket: 'history', Prefix: 'a/', MaxKeys: 2, ContinuationToken }));
  const first = await list();
  const second = await list(first.NextContinuationToken);
  expect([first, second].map(({ Contents = [] }) => Contents.map(({ Key }) => Key))).toEqual([
    ['a/1', 'a/2'],
    ['a/<&>'],
  ]);
  expect([first.IsTruncated, second.IsTruncated]).toEqual([true, false]);
});

test('a listing with a delimiter returns deeper keys as prefixes, each counted one time', async () => {
  for (const key of ['a/1', 'a/x/1', 'a/x/2', 'a/y/1', 'b/1']) aws.putObject('history', key, 'x');
  const list = async (change: Partial<ListObjectsV2CommandInput>) => {
    const answer = await s3.send(new ListObjectsV2Command({ Bucket: 'history', Delimiter: '/', ...change }));
    const keys = (answer.Contents ?? []).map(({ Key }) => Key);
    const prefixes = (answer.CommonPrefixes ?? []).map(({ Prefix }) => Prefix);
    return { keys, prefixes, next: answer.NextContinuationToken };
  };
  expect(await list({})).toMatchObject({ keys: [], prefixes: ['a/', 'b/'] });
  const first = await list({ Prefix: 'a/', MaxKeys: 2 });
  expect(first).toMatchObject({ keys: ['a/1'], prefixes: ['a/x/'] });
  const second = await list({ Prefix: 'a/', MaxKeys: 2, ContinuationToken: first.next });
  expect(second).toEqual({ keys: [], prefixes: ['a/y/'], next: undefined });
});

test('a head request returns length and version, and a missing object is an error', async () => {
  await put({ Body: 'three' });
  const head = (Key: string) => s3.send(new HeadObjectCommand({ Bucket: 'history', Key }));
  expect(await head('a/b.json')).toMatchObject({ ContentLength: 5, VersionId: 'made-up-version-1' });
  expect(await head('no-such').catch(nameOf)).toBe('NotFound');
});

test('a deleted object is missing and can be written again, and deleting a missing object succeeds', async () => {
  const remove = (Key: string) => s3.send(new DeleteObjectCommand({ Bucket: 'history', Key }));
  await put();
  expect(await remove('a/b.json')).toMatchObject({ DeleteMarker: true, VersionId: 'made-up-version-2' });
  expect([await get().catch(nameOf), aws.objects('history').size]).toEqual(['NoSuchKey', 0]);
  expect((await s3.send(new ListObjectsV2Command({ Bucket: 'history' }))).KeyCount).toBe(0);
  await put({ Body: 'two', IfNoneMatch: '*' });
  expect(aws.objects('history').get('a/b.json')).toEqual({ text: 'two', versions: ['one', 'two'] });
  expect((await remove('no-such')).DeleteMarker).toBe(true);
});

test.each([
  ['in the same bucket', 'history/a/b.json', 'copied'],
  ['from another bucket', '/other/%C3%A4%20%2B', 'copied'],
  ['of a missing object', 'history/no-such', 'NoSuchKey'],
  ['from a missing bucket', 'absent/a', 'NoSuchBucket'],
  ['of a version', 'history/a/b.json?versionId=1', 'NotImplemented'],
])('the result of a copy %s (%s) is %s', async (_, CopySource, outcome) => {
  await put();
  aws.putObject('other', 'ä +', 'one');
  const sent = s3.send(new CopyObjectCommand({ Bucket: 'history', Key: 'copy', CopySource }));
  expect(await sent.then(({ CopyObjectResult }) => CopyObjectResult?.ETag, nameOf)).toBe(
    outcome === 'copied' ? ETAG : outcome,
  );
  expect(aws.objects('history').get('copy')?.text).toBe(outcome === 'copied' ? 'one' : undefined);
});

test('a scripted failure occurs before the write, or replaces its answer', async () => {
  aws.failNext('PutObject', { status: 409, code: 'ConditionalRequestConflict', message: 'busy' });
  expect(await put().catch(nameOf)).toBe('ConditionalRequestConflict');
  expect(aws.objects('history').size).toBe(0);
  aws.failNext('PutObject', { status: 500, code: 'InternalError', message: 'lost', applied: true });
  expect(await put().catch(nameOf)).toBe('InternalError');
  expect(aws.objects('history').size).toBe(1);
});

test.each([
  ['without its last chunk', '3\r\none\r\n'],
  ['with a chunk that is cut', 'ff\r\none'],
  ['of another length than announced', '3\r\none\r\n0\r\n\r\n'],
])('a body in chunks %s is refused', async (_, body) => {
  const response = await fetch(`${aws.endpoint}/history/a`, {
    method: 'PUT',
    body,
    headers: {
      authorization: 'AWS4-HMAC-SHA256 made-up',
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '4',
    },
  });
  expect([response.status, await response.text()]).toEqual([
    400,
    expect.stringContaining('<Code>IncompleteBody</Code>'),
  ]);
  expect(aws.objects('history').size).toBe(0);
});
