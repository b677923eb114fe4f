import { createBucketStore } from '../../lambda/aws/bucket-store';
import { type Condition, StoreError } from '../../lambda/history/store';
import { closeStores, openAws, pointClientsAt } from '../history/stores';

afterEach(closeStores);

const KEY = 'example.eu.auth0.com/state.json';
const PLACE = 's3://history/prod/example.eu.auth0.com/state.json';
const STORED = 'prod/example.eu.auth0.com/state.json';
const TEXT = '{"planted":"content"}';

const open = async () => {
  const aws = await openAws();
  return { aws, store: createBucketStore('history', 'prod/') };
};
const messageOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    return `no failure: ${String(await work)}`;
  } catch (error) {
    if (error instanceof StoreError) return error.message;
    throw error;
  }
};

it('the store keeps every version of a text under its prefix', async () => {
  const { aws, store } = await open();
  expect(store.placeOf(KEY)).toBe(PLACE);
  expect(await store.write(KEY, TEXT, 'absent')).toBeDefined();
  const version = await store.write(KEY, 'ä', 'any');
  expect(await store.read(KEY)).toEqual({ text: 'ä', version });
  expect([...aws.objects('history')]).toEqual([[STORED, { text: 'ä', versions: [TEXT, 'ä'] }]]);
});

it.each([{ empty: true }, { html: true }] as const)(
  'a write answered 200 with %j in place of S3 is a failure',
  async (answer) => {
    const { aws, store } = await open();
    aws.failNext('PutObject', { ...answer, times: 5 });
    expect(await messageOf(store.write(KEY, TEXT, 'absent'))).toBe(`Writing ${PLACE}: the answer contains no ETag.`);
  },
);

it('the store connects to nothing before its first use', async () => {
  pointClientsAt('not even an address');
  expect(createBucketStore('history', '').placeOf('a')).toBe('s3://history/a');
});

describe('a write whose answer was lost', () => {
  const LOST = { status: 500, code: 'InternalError', message: 'planted content', applied: true };

  it.each<[claim: string, condition: (version: string) => Condition]>([
    ['of a new object', () => 'absent'],
    ['over the version that was read', (version) => ({ version })],
  ])('a write %s whose answer was lost is recognized as our own', async (_, conditionFor) => {
    const { aws, store } = await open();
    const condition = conditionFor('"5d41402abc4b2a76b9719d911017c592"');
    if (condition !== 'absent') await store.write(KEY, 'hello', 'any');
    aws.failNext('PutObject', LOST);
    expect(await store.write(KEY, TEXT, condition)).toBe((await store.read(KEY))?.version);
    expect(aws.objects('history').get(STORED)?.text).toBe(TEXT);
  });

  it('a write whose answer was lost is not our own if another run has written', async () => {
    const { aws, store } = await open();
    await store.write(KEY, 'theirs', 'any');
    aws.failNext('PutObject', { ...LOST, applied: false });
    expect(await store.write(KEY, TEXT, 'absent')).toBeUndefined();
    expect(aws.objects('history').get(STORED)?.text).toBe('theirs');
  });
});

it.each<[claim: string, condition: Condition, isThere: boolean]>([
  ['of a new object over an existing one', 'absent', true],
  ['over another version', { version: '"00000000000000000000000000000000"' }, true],
  ['over a version that was deleted', { version: '"00000000000000000000000000000000"' }, false],
])('a write %s does nothing and reports that', async (_, condition, isThere) => {
  const { aws, store } = await open();
  if (isThere) await store.write(KEY, TEXT, 'any');
  expect(await store.write(KEY, 'other', condition)).toBeUndefined();
  expect(aws.objects('history').get(STORED)?.text).toBe(isThere ? TEXT : undefined);
});

it('a text that equals the stored text does not count as written', async () => {
  const { store } = await open();
  await store.write(KEY, TEXT, 'any');
  expect(await store.write(KEY, TEXT, 'absent')).toBeUndefined();
});

it('a write that conflicts with a simultaneous write does nothing and reports that', async () => {
  const { aws, store } = await open();
  aws.failNext('PutObject', { status: 409, code: 'ConditionalRequestConflict', message: 'planted content' });
  expect(await store.write(KEY, TEXT, 'absent')).toBeUndefined();
  expect(aws.objects('history').size).toBe(0);
});

describe('a failure of the store', () => {
  it.each(['AccessDenied', 'KMS.DisabledException', 'NoSuchBucket'])(
    'a failure with %s names the place and the cause, and no text',
    async (code) => {
      const { aws, store } = await open();
      for (const operation of ['GetObject', 'PutObject']) {
        aws.failNext(operation, { status: 403, code, message: 'planted content' });
      }
      expect(await messageOf(store.read(KEY))).toBe(`Reading ${PLACE}: ${code}.`);
      expect(await messageOf(store.write(KEY, TEXT, 'any'))).toBe(`Writing ${PLACE}: ${code}.`);
    },
  );

  it('a missing bucket is named with its place', async () => {
    await openAws();
    const store = createBucketStore('absent', '');
    expect(await messageOf(store.read('a'))).toBe('Reading s3://absent/a: NoSuchBucket.');
    expect(await messageOf(store.write('a', TEXT, 'absent'))).toBe('Writing s3://absent/a: NoSuchBucket.');
  });

  it('an error that outlasts all attempts is named with its place', async () => {
    const { aws, store } = await open();
    aws.failNext('PutObject', { status: 503, code: 'SlowDown', message: 'planted content', times: 10 });
    expect(await messageOf(store.write(KEY, TEXT, 'absent'))).toBe(`Writing ${PLACE}: SlowDown.`);
  });
});

describe('the limit of a call', () => {
  it('the limit of a call is requested before each call, with the key of the store', async () => {
    const { aws, store } = await open();
    await store.write(KEY, 'hello', 'any');
    const limits = jest.fn((_: string) => 9_000);
    const limited = createBucketStore('history', 'prod/', limits);
    await limited.read(KEY);
    aws.failNext('PutObject', { status: 500, code: 'InternalError', message: 'planted content', applied: true });
    await limited.write(KEY, TEXT, { version: '"5d41402abc4b2a76b9719d911017c592"' });
    // The last call reads whether the write whose answer was lost is our own.
    expect(limits.mock.calls).toEqual([[KEY], [KEY], [KEY]]);
  });

  it('a call without time left is not made', async () => {
    const { aws } = await open();
    const store = createBucketStore('history', 'prod/', () => 0);
    expect(await messageOf(store.read(KEY))).toBe(`Reading ${PLACE}: no time left.`);
    expect(await messageOf(store.write(KEY, TEXT, 'any'))).toBe(`Writing ${PLACE}: no time left.`);
    expect(aws.calls).toEqual([]);
  });

  it.each<[claim: string, condition: Condition]>([
    ['without a condition', 'any'],
    ['of a new object', 'absent'],
  ])('the limit ends a write %s that took effect and was not answered', async (_, condition) => {
    const { aws } = await open();
    aws.failNext('PutObject', { hang: true, applied: true });
    const store = createBucketStore('history', 'prod/', () => 300);
    expect(await messageOf(store.write(KEY, TEXT, condition))).toBe(
      `Writing ${PLACE}: no answer before the time limit.`,
    );
  });
});
