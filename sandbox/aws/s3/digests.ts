import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** The content of an ETag (S3 API reference, Object: "The ETag may or may not be an MD5 digest": for a plain upload it is). */
export function md5Of(content: Buffer): string {
  return createHash('md5').update(content).digest('hex');
}

/** The form of the checksum headers of S3: four bytes, big endian, in base64 (S3 user guide, checking object integrity). */
export function crc32Of(content: Buffer): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(content));
  return bytes.toString('base64');
}
