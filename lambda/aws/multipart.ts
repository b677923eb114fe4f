import type { CompletedPart, S3Client } from '@aws-sdk/client-s3';
import type { Part } from './parts';

type Sdk = typeof import('@aws-sdk/client-s3');
type Send<T> = (abortSignal: AbortSignal) => Promise<T>;

/** A multipart upload of one object. */
export interface Upload {
  readonly client: S3Client;
  readonly sdk: Sdk;
  readonly place: { readonly Bucket: string; readonly Key: string };
  readonly contentType: string;
  /** Checked when all parts are uploaded (Amazon S3 user guide, conditional writes). */
  readonly condition: { readonly IfNoneMatch?: string; readonly IfMatch?: string };
  /** Makes one call with its time limit. */
  readonly call: <T>(send: Send<T>) => Promise<T>;
}

/**
 * Uploads an object part by part, each in a separate call, and returns its ETag. After any failure the parts are
 * aborted; if the abort fails too, the lifecycle of the bucket deletes them.
 */
export async function uploadInParts(first: Part, others: Iterable<Part>, upload: Upload): Promise<string | undefined> {
  const { client, sdk, place, contentType, call } = upload;
  const command = new sdk.CreateMultipartUploadCommand({
    ...place,
    ContentType: contentType,
    ChecksumAlgorithm: 'CRC32',
  });
  const { UploadId } = await call((abortSignal) => client.send(command, { abortSignal }));
  try {
    return await complete(UploadId, await sendParts(first, others, UploadId, upload), upload);
  } catch (error) {
    await giveUp(UploadId, upload);
    throw error;
  }
}

async function sendParts(
  first: Part,
  others: Iterable<Part>,
  UploadId: string | undefined,
  { client, sdk, place, call }: Upload,
): Promise<CompletedPart[]> {
  const sent: CompletedPart[] = [];
  const send = async ({ bytes: Body }: Part): Promise<void> => {
    const PartNumber = sent.length + 1;
    const command = new sdk.UploadPartCommand({ ...place, UploadId, PartNumber, Body, ChecksumAlgorithm: 'CRC32' });
    const { ETag, ChecksumCRC32 } = await call((abortSignal) => client.send(command, { abortSignal }));
    sent.push({ PartNumber, ETag, ChecksumCRC32 });
  };
  await send(first);
  for (const part of others) await send(part);
  return sent;
}

async function complete(
  UploadId: string | undefined,
  Parts: CompletedPart[],
  { client, sdk, place, condition, call }: Upload,
): Promise<string | undefined> {
  const command = new sdk.CompleteMultipartUploadCommand({
    ...place,
    ...condition,
    UploadId,
    MultipartUpload: { Parts },
  });
  const { ETag } = await call((abortSignal) => client.send(command, { abortSignal }));
  return ETag;
}

/** After a completion whose answer was lost there is nothing to abort, and S3 answers with an error. */
async function giveUp(UploadId: string | undefined, { client, sdk, place, call }: Upload): Promise<void> {
  const command = new sdk.AbortMultipartUploadCommand({ ...place, UploadId });
  try {
    await call((abortSignal) => client.send(command, { abortSignal }));
  } catch {
    // The first failure is the one to report.
  }
}
