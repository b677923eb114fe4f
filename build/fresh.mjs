// @ts-check
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The inputs and outputs of a build: files by their content, and folders by the names in them, because a new file can take
 * precedence over a file that was read. All paths are relative to the root of the project.
 *
 * @typedef {{ readonly files: readonly string[], readonly folders: readonly string[] }} Parts
 * @typedef {Parts & { readonly fingerprint: string }} BuildRecord
 */

/** The inputs of every build, in addition to its sources. An absent file also counts as an input. */
const ALWAYS = ['package.json', 'package-lock.json', 'node_modules/.package-lock.json', 'tsconfig.json'];

/** The coarsest resolution of modification times among file systems: the resolution of FAT. */
const TIME_STEP_MS = 2_000;

/**
 * Whether all inputs and outputs of a build are unchanged. Reads the content of all files, because a timestamp can be
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
 * Moves a build to its place and records its inputs. Records nothing if a source might have changed after the build
 * began: it is then unknown which content was read, so the next call builds again.
 *
 * @param {string} root
 * @param {string} recordFile
 * @param {object} finished
 * @param {readonly string[]} finished.sources files that were read
 * @param {string} finished.output file or flat folder that is built
 * @param {string} finished.built temporary place of the output
 * @param {number} finished.begunAt milliseconds since the epoch
 * @param {() => void} finished.put moves the output from there to its place
 */
export function finishBuild(root, recordFile, { sources, output, built, begunAt, put }) {
  const own = sources.filter((file) => !file.split('/').includes('node_modules'));
  const isFolder = statSync(built).isDirectory();
  const parts = {
    files: [
      ...new Set([...ALWAYS, ...sources]),
      ...(isFolder ? namesIn(built).map((name) => `${output}/${name}`) : [output]),
    ],
    // The root itself is omitted: files there are read by their full names, and builds and reports appear and disappear there.
    folders: [
      ...new Set(own.map((file) => dirname(file)).filter((folder) => folder !== '.')),
      ...(isFolder ? [output] : []),
    ],
  };
  // Computed before the move, because another build can replace the output in its place.
  const fingerprint = fingerprintOf((file) => locate(file, { root, output, built }), parts);
  const isCertain = sources.every(
    (file) => (statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0) < begunAt - TIME_STEP_MS,
  );
  put();
  if (!isCertain) return;
  // Written in one step, because another process can read the record at any time.
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
 * @param {(file: string) => string} place the path of a file
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
