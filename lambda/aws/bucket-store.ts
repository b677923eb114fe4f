import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { type Condition, joinText, type Store, StoreError, type Text } from '../history/store';
import { uploadInParts } from './multipart';
import { inParts, isShort } from './parts';
import { AWS_CALL_MS, causeOf, inTime } from './time-limit';

/**
 * A store in a bucket. Conditions are the conditions of S3 (`If-None-Match: *` and `If-Match` on PutObject), so two
 * runs cannot both be first. `limitMs` is called before each request, with the key of the store. The SDK is loaded at
 * the first use, because not every start needs it.
 */
export function createBucketStore(
  bucket: string,
  prefix: string,
  limitMs: (key: string) => number = () => AWS_CALL_MS,
  config: S3ClientConfig = {},
): Store {
  let client: S3Client | undefined;
  async function connect() {
    const sdk = await import('@aws-sdk/client-s3');
    client ??= new sdk.S3Client(config);
    return { client, sdk };
  }
  const keyOf = (key: string) => `${prefix}${key}`;
  const placeOf = (key: string) => `s3://${bucket}/${keyOf(key)}`;

  async function read(key: string) {
    const { client, sdk } = await connect();
    try {
      const command = new sdk.GetObjectCommand({ Bucket: bucket, Key: keyOf(key) });
      return await inTime(limitMs(key), async (abortSignal) => {
        const { Body, ETag } = await client.send(command, { abortSignal });
        return { text: (await Body?.transformToString('utf-8')) ?? '', version: ETag ?? '' };
      });
    } catch (error) {
      if (causeOf(error) === 'NoSuchKey') return undefined;
      throw new StoreError(`Reading ${placeOf(key)}: ${causeOf(error)}.`);
    }
  }

  async function put(key: string, text: Text, condition: Condition): Promise<string | undefined> {
    const { client, sdk } = await connect();
    const place = { Bucket: bucket, Key: keyOf(key) };
    const contentType = key.endsWith('.html') ? 'text/html; charset=utf-8' : 'application/json';
    const call = <T>(send: (abortSignal: AbortSignal) => Promise<T>) => inTime(limitMs(key), send);
    const send = async (Body: string | Uint8Array): Promise<string | undefined> => {
      const command = new sdk.PutObjectCommand({ ...place, ...headersFor(condition), Body, ContentType: contentType });
      return (await call((abortSignal) => client.send(command, { abortSignal }))).ETag;
    };
    if (isShort(text)) return send(text);
    const parts = inParts(text);
    const first = parts.next().value;
    if (first?.isLast !== false) return send(first?.bytes ?? '');
    return uploadInParts(first, parts, { client, sdk, place, contentType, condition: headersFor(condition), call });
  }

  async function write(key: string, text: Text, condition: Condition): Promise<string | undefined> {
    const { sdk } = await connect();
    try {
      const etag = await put(key, text, condition);
      // A proxy can answer 200 in place of S3; only S3 returns a version.
      if (!etag) throw new StoreError(`Writing ${placeOf(key)}: the answer contains no ETag.`);
      return etag;
    } catch (error) {
      if (error instanceof StoreError) throw error;
      // The SDK repeats a write whose answer was lost. S3 then refuses the repetition because of the first write.
      const attempts = error instanceof sdk.S3ServiceException ? error.$metadata.attempts : undefined;
      const isLost = LOST.includes(causeOf(error)) || (causeOf(error) === 'NoSuchUpload' && attempts !== 1);
      if (condition === 'any' || !isLost) throw new StoreError(`Writing ${placeOf(key)}: ${causeOf(error)}.`);
      const stored = attempts === 1 ? undefined : await read(key);
      return stored?.text === joinText(text) ? stored.version : undefined;
    }
  }

  return { read, write, placeOf };
}

/** Another writer was first, is writing now, or deleted what was read (Amazon S3 user guide, conditional writes). */
const LOST = ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'];

function headersFor(condition: Condition): { IfNoneMatch?: string; IfMatch?: string } {
  if (condition === 'any') return {};
  return condition === 'absent' ? { IfNoneMatch: '*' } : { IfMatch: condition.version };
}
