import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Condition, type Store, StoreError, type Text } from '../lambda/history/store';

/** A store in a folder that only its owner can read. A lock file makes the comparison and the write one step. */
export function createFolderStore(folder: string): Store {
  const placeOf = (key: string) => path.join(folder, ...key.split('/'));

  async function read(key: string) {
    const text = await withoutMissing(() => readFile(placeOf(key), 'utf8'));
    return text === undefined ? undefined : { text, version: versionOf(text) };
  }

  return {
    placeOf,
    read: (key) => named(`Reading ${placeOf(key)}`, () => read(key)),
    write: (key, text, condition) =>
      named(`Writing ${placeOf(key)}`, async () => {
        const file = placeOf(key);
        await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
        return locked(`${file}.lock`, async () => {
          if (!holds(condition, (await read(key))?.version)) return undefined;
          await replace(file, text);
          return versionOf(text);
        });
      }),
  };
}

function holds(condition: Condition, version: string | undefined): boolean {
  if (condition === 'any') return true;
  return condition === 'absent' ? version === undefined : version === condition.version;
}

/** Readers see the replacement as one step. The text is on the disk before the file gets its name. */
async function replace(file: string, text: Text): Promise<void> {
  const fresh = `${file}.${randomUUID()}`;
  try {
    await writeFile(fresh, gather(text, CHARACTERS_AT_ONCE), { mode: 0o600, flush: true });
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

function versionOf(text: Text): string {
  const hash = createHash('sha256');
  for (const piece of gather(text, CHARACTERS_AT_ONCE)) hash.update(piece);
  return hash.digest('hex');
}

const CHARACTERS_AT_ONCE = 1_000_000;

/** The text in pieces of at least `characters` each, except the last. The pieces of `text` can be much smaller. */
export function* gather(text: Text, characters: number): Generator<string> {
  let gathered: string[] = [];
  let length = 0;
  for (const piece of typeof text === 'string' ? [text] : text) {
    gathered.push(piece);
    length += piece.length;
    if (length < characters) continue;
    yield gathered.join('');
    gathered = [];
    length = 0;
  }
  if (length > 0) yield gathered.join('');
}

/** A lock older than this is from a process that ended without removing it. */
const STALE_LOCK_MS = 10_000;

async function locked<T>(lock: string, work: () => Promise<T>): Promise<T | undefined> {
  if (await isStale(lock)) {
    // The removal has a separate lock. Otherwise another process that saw the same stale lock could remove its successor.
    await locked(`${lock}.stale`, async () => {
      if (await isStale(lock)) await rm(lock, { force: true });
    });
  }
  try {
    await (await open(lock, 'wx')).close();
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined;
    throw error;
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function isStale(lock: string): Promise<boolean> {
  const found = await withoutMissing(() => stat(lock));
  return found !== undefined && Date.now() - found.mtimeMs > STALE_LOCK_MS;
}

async function withoutMissing<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function named<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new StoreError(`${doing}: ${codeOf(error)}.`);
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error';
}
