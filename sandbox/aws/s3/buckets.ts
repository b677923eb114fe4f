import type { AwsAnswer, AwsProduct, AwsRequest } from '../product';
import { headersOf, idOf, NO_SUCH_BUCKET, NO_SUCH_KEY, NOT_IMPLEMENTED, OBJECT_HEADERS, refuse, xml } from './answers';
import { Bucket, plainVersion } from './bucket';
import { decodeBody } from './chunked-body';
import { refuseCondition } from './conditions';
import { listObjects } from './list-objects';
import { createUploads, uploadOperationOf } from './uploads';

/** The current state of an object, and all its versions, oldest first. */
export interface StoredObject {
  readonly text: string;
  readonly versions: readonly string[];
}

export interface Buckets {
  /** A copy of the current objects of a bucket, by key. Empty if there is no such bucket. */
  objects(bucket: string): ReadonlyMap<string, StoredObject>;
  /** Multipart uploads of all buckets that are neither complete nor aborted. */
  readonly openUploads: number;
  /** Writes like another client. */
  putObject(bucket: string, key: string, text: string): void;
}

/**
 * S3 with the operations that versioned buckets need for `aws s3 ls`, `cp`, `mv` and `sync`: REST, with the bucket first in
 * the path, which the clients use for an endpoint that is an IP address (S3 endpoint ruleset, `isIp`). All objects have the
 * same last change, so that `sync` compares only sizes.
 */
export function createBuckets(names: readonly string[]): AwsProduct & Buckets {
  const buckets = new Map<string, Bucket>(names.map((name) => [name, new Bucket()]));
  const uploads = createUploads();

  /** CopyObject: `x-amz-copy-source` is `BUCKET/KEY`, URL-encoded, with or without a slash before it. */
  function copy(bucket: Bucket, key: string, source: string): AwsAnswer {
    if (source.includes('?')) return refuse(NOT_IMPLEMENTED);
    const from = splitPath(source.startsWith('/') ? source : `/${source}`);
    const current = buckets.get(from.bucket)?.current(from.key);
    if (current === undefined) return refuse(buckets.has(from.bucket) ? NO_SUCH_KEY : NO_SUCH_BUCKET);
    const copied = plainVersion(current.content);
    const version = bucket.add(key, copied);
    const result = `<ETag>&quot;${copied.etag}&quot;</ETag><LastModified>2026-01-01T00:00:00.000Z</LastModified>`;
    return xml(200, `<CopyObjectResult>${result}</CopyObjectResult>`, { 'x-amz-version-id': idOf(version) });
  }

  return {
    operationOf({ method, path, query, headers }) {
      if (path === '/' || headers['x-amz-target'] !== undefined) return undefined;
      if (method === 'GET' && query.get('list-type') === '2') return 'ListObjectsV2';
      if (splitPath(path).key === '') return undefined;
      if (method === 'PUT' && headers['x-amz-copy-source'] !== undefined) return 'CopyObject';
      return uploadOperationOf({ method, query }) ?? OPERATIONS.get(method);
    },
    resourceOf: ({ path }) => splitPath(path).key,
    answer(operation, request) {
      const { bucket: name, key } = splitPath(request.path);
      const bucket = buckets.get(name);
      if (bucket === undefined) return refuse(NO_SUCH_BUCKET);
      const uploaded = uploads.answer(operation, request, { name, bucket, key });
      if (uploaded !== undefined) return uploaded;
      if (operation === 'ListObjectsV2') return xml(200, listObjects(name, bucket.objects(), request.query));
      if (operation === 'CopyObject') return copy(bucket, key, String(request.headers['x-amz-copy-source']));
      if (operation === 'PutObject') return put(bucket, key, request);
      if (operation === 'DeleteObject') return remove(bucket, key);
      return operation === 'HeadObject' ? head(bucket, key) : get(bucket, key);
    },
    refuse,
    objects: (name) =>
      new Map(
        [...(buckets.get(name)?.objects() ?? [])].map(([key, { content }]) => {
          const versions = buckets.get(name)?.versions(key) ?? [];
          return [key, { text: String(content), versions: versions.map((version) => String(version.content)) }];
        }),
      ),
    putObject(name, key, text) {
      const bucket = buckets.get(name);
      if (bucket === undefined) throw new Error(`no bucket ${name}`);
      bucket.add(key, plainVersion(Buffer.from(text)));
    },
    get openUploads() {
      return uploads.open;
    },
  };
}

const OPERATIONS = new Map([
  ['GET', 'GetObject'],
  ['HEAD', 'HeadObject'],
  ['PUT', 'PutObject'],
  ['DELETE', 'DeleteObject'],
]);

function put(bucket: Bucket, key: string, request: AwsRequest): AwsAnswer {
  const refusal = refuseCondition(request, bucket.current(key));
  if (refusal !== undefined) return refuse(refusal);
  const decoded = decodeBody(request);
  if (!decoded.ok) return refuse(decoded.error);
  const added = plainVersion(decoded.content);
  const version = bucket.add(key, added);
  return { status: 200, headers: headersOf(added, version), body: '' };
}

function get(bucket: Bucket, key: string): AwsAnswer {
  const current = bucket.current(key);
  if (current === undefined) return refuse(NO_SUCH_KEY);
  const headers = { ...headersOf(current, bucket.latest(key)), ...OBJECT_HEADERS };
  return { status: 200, headers, body: current.content };
}

/** Node.js sends no body for a HEAD request, also not for an error, and cannot know the length. */
function head(bucket: Bucket, key: string): AwsAnswer {
  const answer = get(bucket, key);
  return { ...answer, headers: { ...answer.headers, 'content-length': String(answer.body.length) } };
}

/** S3 user guide, deleting from versioning-enabled buckets: a deletion only adds a delete marker, even without an object. */
function remove(bucket: Bucket, key: string): AwsAnswer {
  const version = bucket.add(key, undefined);
  return { status: 204, headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': idOf(version) }, body: '' };
}

function splitPath(path: string): { bucket: string; key: string } {
  const [bucket = '', ...rest] = path.slice(1).split('/');
  return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(rest.join('/')) };
}
