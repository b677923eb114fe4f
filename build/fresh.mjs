// @ts-check
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * What a build was made of and what it made: files by their content, folders by the names in them, since a new file may
 * stand before one that was read. All paths are relative to the root of the project.
 *
 * @typedef {{ readonly files: readonly string[], readonly folders: readonly string[] }} Parts
 * @typedef {Parts & { readonly fingerprint: string }} BuildRecord
 */

/** What decides on every build besides its own sources. One that is absent counts as such. */
const ALWAYS = ['package.json', 'package-lock.json', 'node_modules/.package-lock.json', 'tsconfig.json'];

/** The coarsest steps in which a file system keeps the time of a change: those of FAT. */
const TIME_STEP_MS = 2_000;

/**
 * Whether everything that a build read, and everything that it wrote, is as it was. Reads all of it: a time stamp may be
 * older than the content, after a restored backup or a copy that keeps times.
 *
 * @param {string} root
 * @param {string} recordFile
 */
export function isFresh(root, recordFile) {
  try {
    /** @type {BuildRecord} */
    const { files, folders, fingerprint } = JSON.parse(readFileSync(join(root, recordFile), 'utf8'));
    return fingerprintOf((file) => join(root, file), { files, folders }) === fingerprint;
  } catch {
    return false; // Never built, or the record is damaged.
  }
}

/**
 * Puts a build in its place and keeps what it was made of. Keeps nothing if a source may have changed since the build
 * began: nobody knows which content was read, so that the next one builds again.
 *
 * @param {string} root
 * @param {string} recordFile
 * @param {object} finished
 * @param {readonly string[]} finished.sources files that were read
 * @param {string} finished.output file or flat folder that is made
 * @param {string} finished.built where that was built
 * @param {number} finished.begunAt milliseconds since the epoch
 * @param {() => void} finished.put moves it from there to its place
 */
export function finishBuild(root, recordFile, { sources, output, built, begunAt, put }) {
  const own = sources.filter((file) => !file.split('/').includes('node_modules'));
  const isFolder = statSync(built).isDirectory();
  const parts = {
    files: [
      ...new Set([...ALWAYS, ...sources]),
      ...(isFolder ? namesIn(built).map((name) => `${output}/${name}`) : [output]),
    ],
    // Not the root itself: what is read there is read by its full name, and builds and reports come and go there.
    folders: [
      ...new Set(own.map((file) => dirname(file)).filter((folder) => folder !== '.')),
      ...(isFolder ? [output] : []),
    ],
  };
  // Before it is in its place, where another build may put its own.
  const fingerprint = fingerprintOf((file) => locate(file, { root, output, built }), parts);
  const isCertain = sources.every(
    (file) => (statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0) < begunAt - TIME_STEP_MS,
  );
  put();
  if (!isCertain) return;
  // In one step: another process may read it at any time.
  const whole = `${built}.record`;
  writeFileSync(whole, JSON.stringify({ ...parts, fingerprint }));
  renameSync(whole, join(root, recordFile));
}

/**
 * @param {string} file
 * @param {{ readonly root: string, readonly output: string, readonly built: string }} build
 */
function locate(file, { root, output, built }) {
  const isBuilt = file === output || file.startsWith(`${output}/`);
  return isBuilt ? join(built, file.slice(output.length)) : join(root, file);
}

/**
 * @param {(file: string) => string} place where a file is
 * @param {Parts} parts
 */
function fingerprintOf(place, { files, folders }) {
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}\n`);
  for (const folder of folders) hash.update(`${folder}: ${JSON.stringify(namesIn(place(folder)))}\n`);
  for (const file of files) {
    const content = readIfThere(place(file));
    hash.update(`${file}: ${content?.length ?? 'absent'}\n`).update(content ?? '');
  }
  return hash.digest('hex');
}

/** @param {string} folder */
function namesIn(folder) {
  return readdirSync(folder).sort();
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
