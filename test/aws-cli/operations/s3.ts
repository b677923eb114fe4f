import { S3Client } from '@aws-sdk/client-s3';
import { type Service, SWITCH, TEXT } from '../operation';
import { list } from './s3-list';
import { copy, removeAll, sync } from './s3-transfer';

const TRANSFER = { recursive: SWITCH, quiet: SWITCH, 'only-show-errors': SWITCH, dryrun: SWITCH };

/** docs.aws.amazon.com/cli/latest/reference/s3/. */
export const S3 = {
  ls: {
    options: { recursive: SWITCH },
    // Without a path, the CLI lists the buckets.
    positional: ['path'],
    needsNoRegion: true,
    run: (given, connection) => list(new S3Client(connection), given),
  },
  cp: {
    options: TRANSFER,
    positional: ['source', 'target'],
    needsNoRegion: true,
    run: (given, connection) => copy(new S3Client(connection), given, 'cp'),
  },
  mv: {
    options: TRANSFER,
    positional: ['source', 'target'],
    needsNoRegion: true,
    run: (given, connection) => copy(new S3Client(connection), given, 'mv'),
  },
  rm: {
    options: TRANSFER,
    positional: ['target'],
    needsNoRegion: true,
    run: (given, connection) => removeAll(new S3Client(connection), given),
  },
  sync: {
    options: { 'source-region': TEXT, delete: SWITCH, quiet: SWITCH, 'only-show-errors': SWITCH, dryrun: SWITCH },
    positional: ['source', 'target'],
    needsNoRegion: true,
    run: (given, connection) => sync(new S3Client(connection), given),
  },
} satisfies Service;
