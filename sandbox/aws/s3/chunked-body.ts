import type { AwsError, AwsRequest } from '../product';
import { crc32Of } from './digests';

const CRLF = '\r\n';

/**
 * The object in a PutObject body, or the reason for a refusal. A body can be plain, or in chunks with a checksum after the
 * last chunk (docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html).
 */
export function decodeBody(request: AwsRequest): { ok: true; content: Buffer } | { ok: false; error: AwsError } {
  const { body, headers } = request;
  const isChunked = String(headers['x-amz-content-sha256']).startsWith('STREAMING-');
  const decoded = isChunked ? decodeChunks(body) : { content: body, trailers: new Map<string, string>() };
  if (decoded === undefined) return refuse('IncompleteBody', 'The request body terminated unexpectedly');

  const { content, trailers } = decoded;
  const length = headers['x-amz-decoded-content-length'];
  if (isChunked && Number(length) !== content.length) {
    return refuse('IncompleteBody', 'You did not provide the number of bytes specified by the Content-Length header');
  }
  const checksum = trailers.get('x-amz-checksum-crc32') ?? headers['x-amz-checksum-crc32'];
  if (checksum !== undefined && checksum !== crc32Of(content)) {
    return refuse('BadDigest', 'The CRC32 you specified did not match the calculated checksum.');
  }
  return { ok: true, content };
}

/** Chunks are `<hex size>[;chunk-signature=…]` and the bytes, with an empty chunk and trailers at the end. */
function decodeChunks(body: Buffer): { content: Buffer; trailers: ReadonlyMap<string, string> } | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = body.indexOf(CRLF, at);
    if (lineEnd === -1) return undefined;
    const size = Number.parseInt(body.toString('latin1', at, lineEnd), 16);
    const start = lineEnd + CRLF.length;
    if (!(size >= 0) || start + size > body.length) return undefined;
    if (size === 0) return { content: Buffer.concat(chunks), trailers: readTrailers(body.toString('latin1', start)) };
    chunks.push(body.subarray(start, start + size));
    at = start + size + CRLF.length;
  }
}

function readTrailers(text: string): ReadonlyMap<string, string> {
  const lines = text.split(CRLF).filter((line) => line.includes(':'));
  return new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
}

function refuse(code: string, message: string): { ok: false; error: AwsError } {
  return { ok: false, error: { status: 400, code, message } };
}
