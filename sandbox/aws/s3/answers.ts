import type { AwsAnswer, AwsError } from '../product';
import { escapeXml } from '../xml';
import type { Version } from './bucket';
import { crc32Of } from './digests';

// S3 API reference, List of error codes.
export const NO_SUCH_BUCKET = { status: 404, code: 'NoSuchBucket', message: 'The specified bucket does not exist' };
export const NO_SUCH_KEY = { status: 404, code: 'NoSuchKey', message: 'The specified key does not exist.' };
export const NOT_IMPLEMENTED = {
  status: 501,
  code: 'NotImplemented',
  message: 'A header you provided implies functionality that is not implemented',
};

export const OBJECT_HEADERS = {
  'content-type': 'application/octet-stream',
  'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
};

/** For a multipart upload, S3 has a checksum of checksums. A reader cannot compare it with the bytes, so it is omitted. */
export function headersOf({ content, etag }: Version, version: number): AwsAnswer['headers'] {
  const checksum = etag.includes('-') ? {} : { 'x-amz-checksum-crc32': crc32Of(content) };
  return { etag: `"${etag}"`, 'x-amz-version-id': idOf(version), ...checksum };
}

export function idOf(version: number): string {
  return `made-up-version-${version}`;
}

/** S3 API reference, REST error responses. */
export function refuse({ status, code, message }: AwsError): AwsAnswer {
  const inner = `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`;
  return xml(status, `<Error>${inner}<RequestId>made-up-request</RequestId></Error>`);
}

export function xml(status: number, body: string, headers: AwsAnswer['headers'] = {}): AwsAnswer {
  return {
    status,
    headers: { 'content-type': 'application/xml', ...headers },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  };
}
