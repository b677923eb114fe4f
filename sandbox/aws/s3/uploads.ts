import { createHash } from 'node:crypto';
import type { AwsAnswer, AwsError, AwsRequest } from '../product';
import { escapeXml } from '../xml';
import { idOf, refuse, xml } from './answers';
import type { Bucket } from './bucket';
import { decodeBody } from './chunked-body';
import { refuseCondition } from './conditions';
import { crc32Of, md5Of } from './digests';

/** The operations of a multipart upload, by method (S3 API reference, request syntax of each operation). */
export function uploadOperationOf({ method, query }: Pick<AwsRequest, 'method' | 'query'>): string | undefined {
  if (method === 'POST' && query.has('uploads')) return 'CreateMultipartUpload';
  if (!query.has('uploadId')) return undefined;
  return OPERATIONS.get(method);
}

const OPERATIONS = new Map([
  ['PUT', 'UploadPart'],
  ['POST', 'CompleteMultipartUpload'],
  ['DELETE', 'AbortMultipartUpload'],
]);

/** S3 user guide, multipart upload limits: the minimum size of each part except for the last, and the highest part number. */
const LEAST_BYTES = 5 * 1024 * 1024;
const MOST_PARTS = 10_000;

/** The target of an upload: the name of the bucket, the bucket, and the key. */
interface Place {
  readonly name: string;
  readonly bucket: Bucket;
  readonly key: string;
}

interface Upload {
  readonly name: string;
  readonly key: string;
  readonly parts: Map<number, Buffer>;
}

/** Multipart uploads. A complete or aborted upload is removed. */
export interface Uploads {
  /** The number of uploads that are neither complete nor aborted. */
  readonly open: number;
  answer(operation: string, request: AwsRequest, place: Place): AwsAnswer | undefined;
}

export function createUploads(): Uploads {
  const uploads = new Map<string, Upload>();
  let begun = 0;

  function create({ name, key }: Place): AwsAnswer {
    begun += 1;
    const id = `made-up-upload-${begun}`;
    uploads.set(id, { name, key, parts: new Map() });
    const place = `<Bucket>${escapeXml(name)}</Bucket><Key>${escapeXml(key)}</Key>`;
    return xml(
      200,
      `<InitiateMultipartUploadResult>${place}<UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
    );
  }

  function complete(request: AwsRequest, upload: Upload, { bucket, key }: Place): AwsAnswer {
    const chosen = chosenParts(request.body.toString('utf8'), upload.parts);
    if ('code' in chosen) return refuse(chosen);
    const refusal = refuseCondition(request, bucket.current(key));
    if (refusal !== undefined) return refuse(refusal);
    const etag = etagOf(chosen.parts);
    const version = bucket.add(key, { content: Buffer.concat(chosen.parts), etag });
    uploads.delete(request.query.get('uploadId') ?? '');
    const result = `<Key>${escapeXml(key)}</Key><ETag>&quot;${etag}&quot;</ETag>`;
    return xml(200, `<CompleteMultipartUploadResult>${result}</CompleteMultipartUploadResult>`, {
      'x-amz-version-id': idOf(version),
    });
  }

  return {
    get open() {
      return uploads.size;
    },
    answer(operation, request, place) {
      if (operation === 'CreateMultipartUpload') return create(place);
      if (uploadOperationOf(request) === undefined) return undefined;
      const id = request.query.get('uploadId') ?? '';
      const upload = uploads.get(id);
      if (upload === undefined || upload.name !== place.name || upload.key !== place.key) return refuse(NO_SUCH_UPLOAD);
      if (operation === 'UploadPart') return addPart(request, upload);
      if (operation === 'CompleteMultipartUpload') return complete(request, upload, place);
      uploads.delete(id);
      return { status: 204, headers: {}, body: '' };
    },
  };
}

function addPart(request: AwsRequest, { parts }: Upload): AwsAnswer {
  const number = Number(request.query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > MOST_PARTS) {
    const message = `Part number must be an integer between 1 and ${MOST_PARTS}, inclusive`;
    return refuse({ status: 400, code: 'InvalidArgument', message });
  }
  const decoded = decodeBody(request);
  if (!decoded.ok) return refuse(decoded.error);
  const { content } = decoded;
  parts.set(number, content);
  return { status: 200, headers: { etag: `"${md5Of(content)}"`, 'x-amz-checksum-crc32': crc32Of(content) }, body: '' };
}

/** The parts that the request lists, by number and ETag, or the reason for a refusal. */
function chosenParts(body: string, parts: ReadonlyMap<number, Buffer>): { readonly parts: Buffer[] } | AwsError {
  const chosen: Buffer[] = [];
  let before = 0;
  for (const [, part = ''] of body.matchAll(/<Part>(.*?)<\/Part>/gs)) {
    const number = Number(/<PartNumber>(\d+)<\/PartNumber>/.exec(part)?.[1]);
    const etag = /<ETag>(.*?)<\/ETag>/.exec(part)?.[1]?.replaceAll(/&quot;|"/g, '');
    const content = parts.get(number);
    if (content === undefined || md5Of(content) !== etag) return INVALID_PART;
    if (number <= before) return INVALID_ORDER;
    before = number;
    chosen.push(content);
  }
  if (chosen.length === 0) return MALFORMED;
  return chosen.slice(0, -1).some(({ length }) => length < LEAST_BYTES) ? TOO_SMALL : { parts: chosen };
}

/** The known form of S3. S3 documents only that it is not a digest of the object. */
function etagOf(parts: readonly Buffer[]): string {
  const digests = parts.map((part) => createHash('md5').update(part).digest());
  return `${md5Of(Buffer.concat(digests))}-${parts.length}`;
}

// S3 API reference, CompleteMultipartUpload, special errors.
const NO_SUCH_UPLOAD = { status: 404, code: 'NoSuchUpload', message: 'The specified multipart upload does not exist.' };
const INVALID_PART = {
  status: 400,
  code: 'InvalidPart',
  message: 'One or more of the specified parts could not be found.',
};
const INVALID_ORDER = {
  status: 400,
  code: 'InvalidPartOrder',
  message: 'The list of parts was not in ascending order.',
};
const TOO_SMALL = {
  status: 400,
  code: 'EntityTooSmall',
  message: 'Your proposed upload is smaller than the minimum allowed object size.',
};
const MALFORMED = { status: 400, code: 'MalformedXML', message: 'The XML that you provided was not well formed.' };
