import { createBucketStore } from '../../lambda/aws/bucket-store';
import { StoreError } from '../../lambda/history/store';
import { closeStores, openAws } from '../history/stores';

afterEach(closeStores);

const KEY = 'example.eu.auth0.com/runs/r.json';
const PLACE = `s3://history/${KEY}`;
/** Two full parts and a third part. */
const LARGE = Array.from({ length: 14 }, (_, index) => `${index}${'x'.repeat(1024 * 1024)}`);
const THREE_PARTS = ['CreateMultipartUpload', 'UploadPart', 'UploadPart', 'UploadPart', 'CompleteMultipartUpload'];

const open = async () => {
  const aws = await openAws();
  const operations = () => aws.calls.map(({ operation }) => operation);
  return { aws, operations, store: createBucketStore('history', '') };
};
const messageOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    (result) => `no failure: ${String(result)}`,
    (error: unknown) => (error instanceof StoreError ? error.message : Promise.reject(error)),
  );

describe('a text of several parts', () => {
  it('a text of several parts is uploaded part by part into one object', async () => {
    const { aws, store, operations } = await open();
    const version = await store.write(KEY, LARGE, 'absent');
    expect(operations()).toEqual(THREE_PARTS);
    expect(version).toMatch(/^"[0-9a-f]{32}-3"$/);
    expect(aws.objects('history').get(KEY)?.text === LARGE.join('')).toBe(true);
    expect(aws.openUploads).toBe(0);
  });

  it('a text of several pieces that fit in one part is sent in one call', async () => {
    const { store, operations } = await open();
    await store.write(KEY, LARGE.slice(0, 5), 'absent');
    expect(operations()).toEqual(['PutObject']);
  });

  it('a text of several parts has a time limit for each call', async () => {
    await open();
    const limits = jest.fn((_: string) => 9_000);
    await createBucketStore('history', '', limits).write(KEY, LARGE, 'absent');
    expect(limits.mock.calls).toEqual(THREE_PARTS.map(() => [KEY]));
  });

  it.each(['UploadPart', 'CompleteMultipartUpload'])(
    'an upload whose %s fails is aborted, and the failure is reported',
    async (operation) => {
      const { aws, store } = await open();
      aws.failNext(operation, { status: 403, code: 'AccessDenied', message: 'planted content' });
      expect(await messageOf(store.write(KEY, LARGE, 'absent'))).toBe(`Writing ${PLACE}: AccessDenied.`);
      expect(aws.openUploads).toBe(0);
      expect(aws.objects('history').size).toBe(0);
    },
  );

  it('an upload that was aborted from outside is a failure, not a lost condition', async () => {
    const { aws, store } = await open();
    aws.failNext('UploadPart', { status: 404, code: 'NoSuchUpload', message: 'planted content' });
    expect(await messageOf(store.write(KEY, LARGE, 'absent'))).toBe(`Writing ${PLACE}: NoSuchUpload.`);
  });

  it('an upload that cannot be aborted reports the first failure', async () => {
    const { aws, store } = await open();
    aws.failNext('UploadPart', { status: 400, code: 'BadDigest', message: 'planted content' });
    aws.failNext('AbortMultipartUpload', { status: 403, code: 'AccessDenied', message: 'planted content' });
    expect(await messageOf(store.write(KEY, LARGE, 'absent'))).toBe(`Writing ${PLACE}: BadDigest.`);
    expect(aws.openUploads).toBe(1);
  });

  it('an upload is aborted if another writer was faster', async () => {
    const { aws, store } = await open();
    await store.write(KEY, 'theirs', 'any');
    expect(await store.write(KEY, LARGE, 'absent')).toBeUndefined();
    expect(aws.openUploads).toBe(0);
    expect(aws.objects('history').get(KEY)?.text).toBe('theirs');
  });

  it('an upload whose completion took effect without an answer is recognized as our own', async () => {
    const { aws, store } = await open();
    aws.failNext('CompleteMultipartUpload', { status: 500, code: 'InternalError', message: 'planted', applied: true });
    expect(await store.write(KEY, LARGE, 'absent')).toBe((await store.read(KEY))?.version);
    expect(aws.objects('history').get(KEY)?.versions).toHaveLength(1);
  });

  it('an upload answered with 200 and an empty body in place of S3 is a failure', async () => {
    const { aws, store } = await open();
    aws.failNext('CompleteMultipartUpload', { empty: true, times: 5 });
    expect(await messageOf(store.write(KEY, LARGE, 'absent'))).toMatch(/^Writing s3:.*: /);
  });

  it('an upload without time left is not started', async () => {
    const { aws } = await open();
    const store = createBucketStore('history', '', () => 0);
    expect(await messageOf(store.write(KEY, LARGE, 'absent'))).toBe(`Writing ${PLACE}: no time left.`);
    expect(aws.calls).toEqual([]);
  });

  it.each(['CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload'])(
    'an upload whose %s is not answered ends after the time of one call',
    async (operation) => {
      const { aws } = await open();
      aws.failNext(operation, { hang: true });
      const store = createBucketStore('history', '', () => 400);
      expect(await messageOf(store.write(KEY, LARGE, 'absent'))).toBe(
        `Writing ${PLACE}: no answer before the time limit.`,
      );
    },
  );

  it('an upload ends in the middle at the time limit', async () => {
    const { operations } = await open();
    const limits = [9_000, 9_000, 0, 9_000];
    const store = createBucketStore('history', '', () => limits.shift() ?? 0);
    expect(await messageOf(store.write(KEY, LARGE, 'absent'))).toBe(`Writing ${PLACE}: no time left.`);
    expect(operations()).toEqual(['CreateMultipartUpload', 'UploadPart', 'AbortMultipartUpload']);
  });
});
