import type { S3Client } from '@aws-sdk/client-s3';
import { type Condition, type Shelf, ShelfError } from '../history/shelf';

/**
 * A shelf in a bucket. Conditions are S3's own (`If-None-Match: *` and `If-Match` on PutObject), so that two runs cannot
 * both believe that they were first. The client is loaded at the first use, since not every start needs it.
 */
export function createBucketShelf(bucket: string, prefix: string): Shelf {
  let client: Promise<S3Client> | undefined;
  const connect = () => {
    client ??= import('@aws-sdk/client-s3').then(({ S3Client }) => new S3Client());
    return client;
  };
  const keyOf = (key: string) => `${prefix}${key}`;
  const placeOf = (key: string) => `s3://${bucket}/${keyOf(key)}`;

  return {
    placeOf,
    async read(key) {
      const { GetObjectCommand } = await import('@aws-sdk/client-s3');
      try {
        const { Body, ETag } = await (await connect()).send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(key) }));
        return { text: (await Body?.transformToString('utf-8')) ?? '', version: ETag ?? '' };
      } catch (error) {
        if (nameOf(error) === 'NoSuchKey') return undefined;
        throw new ShelfError(`Reading ${placeOf(key)}: ${nameOf(error)}.`);
      }
    },
    async write(key, text, condition) {
      const { PutObjectCommand } = await import('@aws-sdk/client-s3');
      const put = {
        Bucket: bucket,
        Key: keyOf(key),
        Body: text,
        ContentType: 'application/json',
        ...headersFor(condition),
      };
      try {
        await (await connect()).send(new PutObjectCommand(put));
        return true;
      } catch (error) {
        if (LOST.includes(nameOf(error))) return false;
        throw new ShelfError(`Writing ${placeOf(key)}: ${nameOf(error)}.`);
      }
    },
  };
}

/** Somebody else was first, or is at it just now (Amazon S3 user guide, conditional writes). */
const LOST = ['PreconditionFailed', 'ConditionalRequestConflict'];

function headersFor(condition: Condition): { IfNoneMatch?: string; IfMatch?: string } {
  if (condition === 'any') return {};
  return condition === 'absent' ? { IfNoneMatch: '*' } : { IfMatch: condition.version };
}

/** The name alone: what else an AWS error carries we cannot know. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}
