import type { S3Client } from '@aws-sdk/client-s3';
import { type Condition, type Store, StoreError } from '../history/store';

/** For one reading or writing with all its attempts: the SDK alone would wait for an answer without end. */
const TIMEOUT_MS = 10_000;

/**
 * A store in a bucket. Conditions are S3's own (`If-None-Match: *` and `If-Match` on PutObject), so that two runs cannot
 * both believe that they were first. The SDK is loaded at the first use, since not every start needs it.
 */
export function createBucketStore(bucket: string, prefix: string, timeoutMs = TIMEOUT_MS): Store {
  let client: S3Client | undefined;
  async function connect() {
    const sdk = await import('@aws-sdk/client-s3');
    client ??= new sdk.S3Client();
    return { client, sdk };
  }
  const keyOf = (key: string) => `${prefix}${key}`;
  const placeOf = (key: string) => `s3://${bucket}/${keyOf(key)}`;

  async function read(key: string) {
    const { client, sdk } = await connect();
    const abortSignal = AbortSignal.timeout(timeoutMs);
    try {
      const command = new sdk.GetObjectCommand({ Bucket: bucket, Key: keyOf(key) });
      const { Body, ETag } = await client.send(command, { abortSignal });
      return { text: (await Body?.transformToString('utf-8')) ?? '', version: ETag ?? '' };
    } catch (error) {
      if (nameOf(error) === 'NoSuchKey') return undefined;
      throw new StoreError(`Reading ${placeOf(key)}: ${causeOf(error, abortSignal)}.`);
    }
  }

  async function write(key: string, text: string, condition: Condition): Promise<boolean> {
    const { client, sdk } = await connect();
    const abortSignal = AbortSignal.timeout(timeoutMs);
    try {
      const place = { Bucket: bucket, Key: keyOf(key), ...headersFor(condition) };
      const ContentType = key.endsWith('.html') ? 'text/html; charset=utf-8' : 'application/json';
      await client.send(new sdk.PutObjectCommand({ ...place, Body: text, ContentType }), { abortSignal });
      return true;
    } catch (error) {
      if (condition === 'any' || !LOST.includes(nameOf(error))) {
        throw new StoreError(`Writing ${placeOf(key)}: ${causeOf(error, abortSignal)}.`);
      }
      // The SDK repeats a write whose answer was lost, and the repetition is then refused because of the first.
      const attempts = error instanceof sdk.S3ServiceException ? error.$metadata.attempts : undefined;
      return attempts !== 1 && (await read(key))?.text === text;
    }
  }

  return { read, write, placeOf };
}

/** Somebody else was first, is at it just now, or deleted what was read (Amazon S3 user guide, conditional writes). */
const LOST = ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'];

function headersFor(condition: Condition): { IfNoneMatch?: string; IfMatch?: string } {
  if (condition === 'any') return {};
  return condition === 'absent' ? { IfNoneMatch: '*' } : { IfMatch: condition.version };
}

function causeOf(error: unknown, { aborted }: AbortSignal): string {
  return aborted ? 'no answer in time' : nameOf(error);
}

/** The name alone: what else an AWS error carries we cannot know. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}
