import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { type AwsSandbox, startAws } from '../../../../sandbox/aws/server';

const MADE_UP = { region: 'eu-west-1', credentials: { accessKeyId: 'made-up', secretAccessKey: 'made-up' } };
const PLACE = { Bucket: 'history', Key: 'a/b.json' };
const FIVE_MIB = 'x'.repeat(5 * 1024 * 1024);

let aws: AwsSandbox;
let s3: S3Client;

beforeEach(async () => {
  aws = await startAws({ buckets: ['history'] });
  s3 = new S3Client({ ...MADE_UP, endpoint: aws.endpoint, maxAttempts: 1 });
});

afterEach(async () => {
  s3.destroy();
  await aws.stop();
});

const nameOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
  );
const begin = async () => (await s3.send(new CreateMultipartUploadCommand(PLACE))).UploadId;
const upload = async (UploadId: string | undefined, PartNumber: number, Body: string): Promise<CompletedPart> => {
  const { ETag } = await s3.send(new UploadPartCommand({ ...PLACE, UploadId, PartNumber, Body }));
  return { PartNumber, ETag };
};
const complete = (UploadId: string | undefined, Parts: CompletedPart[], condition = {}) =>
  s3.send(new CompleteMultipartUploadCommand({ ...PLACE, UploadId, MultipartUpload: { Parts }, ...condition }));

test('the parts of an upload are one object after its completion, and no object before', async () => {
  const id = await begin();
  const parts = [await upload(id, 1, FIVE_MIB), await upload(id, 2, 'end')];
  expect(aws.objects('history').size).toBe(0);
  const { ETag } = await complete(id, parts);
  const { Body, ETag: read } = await s3.send(new GetObjectCommand(PLACE));
  expect((await Body?.transformToString()) === `${FIVE_MIB}end`).toBe(true);
  expect(read).toBe(ETag);
  expect(ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
});

test.each<[claim: string, error: string, parts: (id: string | undefined) => Promise<CompletedPart[]>]>([
  [
    'a part below 5 MiB that is not the last part',
    'EntityTooSmall',
    async (id) => [await upload(id, 1, 'a'), await upload(id, 2, 'b')],
  ],
  ['parts out of order', 'InvalidPartOrder', async (id) => [await upload(id, 2, FIVE_MIB), await upload(id, 1, 'b')]],
  ['a part with another ETag', 'InvalidPart', async (id) => [{ ...(await upload(id, 1, 'a')), ETag: '"no"' }]],
  ['no part', 'MalformedXML', async () => []],
])('an upload with %s creates no object: %s', async (_, error, partsOf) => {
  const id = await begin();
  expect(await nameOf(complete(id, await partsOf(id)))).toBe(error);
  expect(aws.objects('history').size).toBe(0);
});

test('a condition is checked when the upload is completed', async () => {
  const id = await begin();
  const parts = [await upload(id, 1, 'late')];
  await s3.send(new PutObjectCommand({ ...PLACE, Body: 'first' }));
  expect(await nameOf(complete(id, parts, { IfNoneMatch: '*' }))).toBe('PreconditionFailed');
  expect(aws.objects('history').get(PLACE.Key)?.text).toBe('first');
});

test('an aborted upload is unknown', async () => {
  const id = await begin();
  await upload(id, 1, 'a');
  await s3.send(new AbortMultipartUploadCommand({ ...PLACE, UploadId: id }));
  expect(aws.openUploads).toBe(0);
  expect(await nameOf(upload(id, 2, 'b'))).toBe('NoSuchUpload');
});
