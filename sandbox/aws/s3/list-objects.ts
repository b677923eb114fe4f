import { escapeXml } from '../xml';
import type { Version } from './bucket';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/**
 * S3 API reference, ListObjectsV2: keys in UTF-8 order, at most `max-keys`, and a token for the remaining keys. Keys with a
 * delimiter after the prefix are returned as one common prefix, which counts as one key.
 */
export function listObjects(name: string, objects: ReadonlyMap<string, Version>, query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? '';
  const after = Buffer.from(query.get('continuation-token') ?? '', 'base64');
  const limit = Math.min(Number(query.get('max-keys') ?? 1000), 1000);
  const matching = [...rollUp(objects, prefix, query.get('delimiter') ?? '')]
    .filter(([key]) => Buffer.compare(Buffer.from(key), after) > 0)
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const page = matching.slice(0, limit);
  const isTruncated = page.length < matching.length;
  const token = Buffer.from(page.at(-1)?.[0] ?? '').toString('base64');
  return (
    `<ListBucketResult xmlns="${NAMESPACE}"><Name>${escapeXml(name)}</Name><Prefix>${escapeXml(prefix)}</Prefix>` +
    `<KeyCount>${page.length}</KeyCount><MaxKeys>${limit}</MaxKeys><IsTruncated>${isTruncated}</IsTruncated>` +
    `${isTruncated ? `<NextContinuationToken>${token}</NextContinuationToken>` : ''}` +
    `${page.map(([key, version]) => describe(key, version)).join('')}</ListBucketResult>`
  );
}

/** Keys with their contents; common prefixes without. */
function rollUp(objects: ReadonlyMap<string, Version>, prefix: string, delimiter: string) {
  const rolled = new Map<string, Version | undefined>();
  for (const [key, version] of objects) {
    if (!key.startsWith(prefix)) continue;
    const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (at === -1) rolled.set(key, version);
    else rolled.set(key.slice(0, at + delimiter.length), undefined);
  }
  return rolled;
}

function describe(key: string, version: Version | undefined): string {
  if (version === undefined) return `<CommonPrefixes><Prefix>${escapeXml(key)}</Prefix></CommonPrefixes>`;
  return (
    `<Contents><Key>${escapeXml(key)}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>` +
    `<ETag>&quot;${version.etag}&quot;</ETag><Size>${version.content.length}</Size></Contents>`
  );
}
