import { paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { Failure, failureOf, usageFailure } from '../failure';
import type { Given } from '../given';
import { readLocation } from './s3-location';

/** `aws s3 ls`: if there are no objects, it prints nothing and exits with 1 (docs.aws.amazon.com/cli/latest/reference/s3/ls.html). */
export async function list(client: S3Client, given: Given): Promise<undefined> {
  const location = readLocation(given.needed('path'));
  // The CLI also accepts a path without `s3://`. No text of this repository contains such a path.
  if (location.kind !== 's3' || location.bucket === '') throw usageFailure('Error: Invalid argument type');
  const isRecursive = given.flag('recursive') === true;
  const { bucket: Bucket, key: Prefix } = location;
  const lines: string[] = [];
  try {
    const input = { Bucket, Prefix, ...(isRecursive ? {} : { Delimiter: '/' }) };
    for await (const { CommonPrefixes = [], Contents = [] } of paginateListObjectsV2({ client }, input)) {
      for (const prefix of CommonPrefixes) lines.push(`${'PRE'.padStart(30)} ${lastPart(prefix.Prefix)}`);
      for (const { Key = '', Size = 0, LastModified } of Contents) {
        const time = LastModified?.toISOString().slice(0, 19).replace('T', ' ');
        lines.push(`${time} ${String(Size).padStart(10)} ${isRecursive ? Key : lastPart(Key)}`);
      }
    }
  } catch (error) {
    throw failureOf(error, 'ListObjectsV2');
  }
  if (lines.length === 0 && Prefix !== '') throw new Failure('transfer', '');
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  return undefined;
}

/** The last part of a key: `b` for `a/b`, and `b/` for `a/b/`. */
function lastPart(key = ''): string {
  return /[^/]*\/?$/.exec(key)?.[0] ?? key;
}
