import type { AwsAnswer, AwsError, AwsProduct, AwsRequest } from '../product';
import { escapeXml } from '../xml';
import { decodeBody } from './chunked-body';
import { crc32Of, md5Of } from './digests';
import { listObjects } from './list-objects';

/** One object as it is now, and every version of it, oldest first. */
export interface StoredObject {
  readonly text: string;
  readonly versions: readonly string[];
}

export interface Buckets {
  /** What a bucket holds now, by key. A copy, and empty where there is no such bucket. */
  objects(bucket: string): ReadonlyMap<string, StoredObject>;
  /** Writes as another client would. */
  putObject(bucket: string, key: string, text: string): void;
}

/** Every version of each object, oldest first. */
type Bucket = Map<string, readonly Buffer[]>;

/**
 * S3, as much as `GetObject`, `PutObject` and `ListObjectsV2` on versioned buckets: REST, with the bucket first in the
 * path, which is how the clients speak to an endpoint that is an IP address (S3 endpoint ruleset, `isIp`).
 */
export function createBuckets(names: readonly string[]): AwsProduct & Buckets {
  const buckets = new Map<string, Bucket>(names.map((name) => [name, new Map()]));

  function put(bucket: Bucket, key: string, request: AwsRequest): AwsAnswer {
    const refusal = refuseCondition(request, bucket.get(key)?.at(-1));
    if (refusal !== undefined) return refuse(refusal);
    const decoded = decodeBody(request);
    if (!decoded.ok) return refuse(decoded.error);
    const versions = [...(bucket.get(key) ?? []), decoded.content];
    bucket.set(key, versions);
    return { status: 200, headers: headersOf(decoded.content, versions.length), body: '' };
  }

  return {
    operationOf({ method, path, query, headers }) {
      if (path === '/' || headers['x-amz-target'] !== undefined) return undefined;
      if (method === 'GET' && query.get('list-type') === '2') return 'ListObjectsV2';
      if (splitPath(path).key === '') return undefined;
      return method === 'GET' ? 'GetObject' : method === 'PUT' ? 'PutObject' : undefined;
    },
    resourceOf: ({ path }) => splitPath(path).key,
    answer(operation, request) {
      const { bucket: name, key } = splitPath(request.path);
      const bucket = buckets.get(name);
      if (bucket === undefined) return refuse(NO_SUCH_BUCKET);
      if (operation === 'ListObjectsV2') return xml(200, listObjects(name, bucket, request.query));
      return operation === 'PutObject' ? put(bucket, key, request) : get(bucket, key);
    },
    refuse,
    objects: (name) =>
      new Map(
        [...(buckets.get(name) ?? [])].map(([key, versions]) => {
          const texts = versions.map(String);
          return [key, { text: texts.at(-1) ?? '', versions: texts }];
        }),
      ),
    putObject(name, key, text) {
      const bucket = buckets.get(name);
      if (bucket === undefined) throw new Error(`no bucket ${name}`);
      bucket.set(key, [...(bucket.get(key) ?? []), Buffer.from(text)]);
    },
  };
}

// S3 API reference, List of error codes.
const NO_SUCH_BUCKET = { status: 404, code: 'NoSuchBucket', message: 'The specified bucket does not exist' };
const NO_SUCH_KEY = { status: 404, code: 'NoSuchKey', message: 'The specified key does not exist.' };

/**
 * S3 user guide, conditional writes: If-None-Match takes `*` only; a condition that does not hold is 412; If-Match on a
 * key without an object is 404.
 */
function refuseCondition({ headers }: AwsRequest, current: Buffer | undefined): AwsError | undefined {
  const ifNoneMatch = headers['if-none-match'];
  const ifMatch = headers['if-match'];
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    const message = 'A header you provided implies functionality that is not implemented';
    return { status: 501, code: 'NotImplemented', message };
  }
  if (ifMatch !== undefined && current === undefined) return NO_SUCH_KEY;
  const isMet =
    (ifNoneMatch === undefined || current === undefined) &&
    (ifMatch === undefined || ifMatch === '*' || (current !== undefined && unquote(ifMatch) === md5Of(current)));
  if (isMet) return undefined;
  return {
    status: 412,
    code: 'PreconditionFailed',
    message: 'At least one of the pre-conditions you specified did not hold',
  };
}

function get(bucket: Bucket, key: string): AwsAnswer {
  const versions = bucket.get(key);
  const content = versions?.at(-1);
  if (versions === undefined || content === undefined) return refuse(NO_SUCH_KEY);
  return { status: 200, headers: { ...headersOf(content, versions.length), ...OBJECT_HEADERS }, body: content };
}

const OBJECT_HEADERS = {
  'content-type': 'application/octet-stream',
  'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
};

/** S3 API reference, Object: the ETag of a plain upload is the MD5 of its bytes, in quotes. */
function headersOf(content: Buffer, version: number): AwsAnswer['headers'] {
  return {
    etag: `"${md5Of(content)}"`,
    'x-amz-version-id': `made-up-version-${version}`,
    'x-amz-checksum-crc32': crc32Of(content),
  };
}

function splitPath(path: string): { bucket: string; key: string } {
  const [bucket = '', ...rest] = path.slice(1).split('/');
  return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(rest.join('/')) };
}

function unquote(etag: string): string {
  return etag.replaceAll('"', '');
}

/** S3 API reference, REST error responses. */
function refuse({ status, code, message }: AwsError): AwsAnswer {
  const inner = `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`;
  return xml(status, `<Error>${inner}<RequestId>made-up-request</RequestId></Error>`);
}

function xml(status: number, body: string): AwsAnswer {
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  };
}
