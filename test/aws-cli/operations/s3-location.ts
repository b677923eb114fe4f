import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';

/** An object or a file; a name that ends in a slash is a folder. */
export type Location =
  | { readonly kind: 's3'; readonly bucket: string; readonly key: string }
  | { readonly kind: 'local'; readonly path: string };

/** A file or object in a folder. */
export interface Entry {
  /** The name relative to the folder, with slashes. */
  readonly name: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
}

export function readLocation(word: string): Location {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]*)\/?(.*)$/s.exec(word) ?? [];
  return word.startsWith('s3://') ? { kind: 's3', bucket, key } : { kind: 'local', path: word };
}

/** The name as the CLI prints it; a file relative to the working folder. */
export function nameOf(location: Location): string {
  if (location.kind === 's3') return `s3://${location.bucket}/${location.key}`;
  const relative = path.relative('.', location.path);
  return relative.startsWith('..') ? relative : `./${relative}`;
}

export function isFolder(location: Location): boolean {
  if (location.kind === 's3') return location.key === '' || location.key.endsWith('/');
  return location.path.endsWith('/') || (existsSync(location.path) && statSync(location.path).isDirectory());
}

/** The same place as a folder: `s3://B/K` becomes `s3://B/K/`. */
export function asFolder(location: Location): Location {
  if (isFolder(location)) return location;
  return location.kind === 's3'
    ? { ...location, key: `${location.key}/` }
    : { kind: 'local', path: `${location.path}/` };
}

export function within(folder: Location, name: string): Location {
  return folder.kind === 's3'
    ? { ...folder, key: `${folder.key}${name}` }
    : { kind: 'local', path: path.join(folder.path, name) };
}

export function lastNameOf(location: Location): string {
  return path.posix.basename(location.kind === 's3' ? location.key : location.path);
}

/** The content of a folder at any depth. */
export async function listFolder(client: S3Client, folder: Location): Promise<Entry[]> {
  if (folder.kind === 'local') {
    if (!existsSync(folder.path)) return [];
    const names = readdirSync(folder.path, { recursive: true, encoding: 'utf8' });
    return names.flatMap((name) => {
      const stat = statSync(path.join(folder.path, name));
      return stat.isFile() ? [{ name, size: stat.size, modifiedAt: stat.mtimeMs }] : [];
    });
  }
  const entries: Entry[] = [];
  for await (const page of paginateListObjectsV2({ client }, { Bucket: folder.bucket, Prefix: folder.key })) {
    for (const { Key = '', Size = 0, LastModified } of page.Contents ?? []) {
      entries.push({ name: Key.slice(folder.key.length), size: Size, modifiedAt: LastModified?.getTime() ?? 0 });
    }
  }
  return entries;
}

export async function transfer(client: S3Client, from: Location, to: Location): Promise<void> {
  if (from.kind === 's3' && to.kind === 's3') {
    const source = [from.bucket, ...from.key.split('/')].map(encodeURIComponent).join('/');
    await client.send(new CopyObjectCommand({ Bucket: to.bucket, Key: to.key, CopySource: source }));
  } else if (from.kind === 's3' && to.kind === 'local') {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: from.bucket, Key: from.key }));
    const content = (await Body?.transformToByteArray()) ?? new Uint8Array();
    if (to.path === '-') process.stdout.write(content);
    else {
      mkdirSync(path.dirname(to.path), { recursive: true });
      writeFileSync(to.path, content);
    }
  } else if (from.kind === 'local' && to.kind === 's3') {
    await client.send(new PutObjectCommand({ Bucket: to.bucket, Key: to.key, Body: readFileSync(from.path) }));
  }
}

export async function remove(client: S3Client, location: Location): Promise<void> {
  if (location.kind === 'local') rmSync(location.path);
  else await client.send(new DeleteObjectCommand({ Bucket: location.bucket, Key: location.key }));
}
