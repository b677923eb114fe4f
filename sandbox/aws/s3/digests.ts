import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** What an ETag quotes (S3 API reference, Object: "The ETag may or may not be an MD5 digest": of a plain upload it is). */
export function md5Of(content: Buffer): string {
  return createHash('md5').update(content).digest('hex');
}

/** As S3's checksum headers carry it: four bytes, big endian, in base64 (S3 user guide, checking object integrity). */
export function crc32Of(content: Buffer): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(content));
  return bytes.toString('base64');
}
