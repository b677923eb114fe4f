// @ts-check
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { PEERS } from './bundles.mjs';

/** The type files of the library's exports. All types that they use are reached from them. */
const ENTRIES = ['lib/package.d.ts', 'lib/define-environment.d.ts'];

/**
 * Writes the types of the library into a folder: the files that can be reached from the entries, and no others. Throws if
 * one of these files needs a package that is not installed with the library.
 *
 * @param {string} root
 * @param {string} outdir
 */
export function writeTypes(root, outdir) {
  const emitted = mkdtempSync(`${outdir}-emitted-`);
  try {
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    execFileSync(process.execPath, [tsc, '-p', join(root, 'lib'), '--outDir', emitted], { stdio: 'inherit' });
    const reached = reachFrom(
      ENTRIES,
      (file) => importsIn(readFileSync(join(emitted, file), 'utf8')),
      (file) => existsSync(join(emitted, file)),
    );
    for (const file of reached) {
      mkdirSync(dirname(join(outdir, file)), { recursive: true });
      cpSync(join(emitted, file), join(outdir, file));
    }
  } finally {
    rmSync(emitted, { recursive: true, force: true });
  }
}

/**
 * @param {readonly string[]} entries
 * @param {(file: string) => readonly string[]} importsOf
 * @param {(file: string) => boolean} isThere
 */
function reachFrom(entries, importsOf, isThere) {
  const reached = new Set(entries);
  for (const file of reached) {
    for (const specifier of importsOf(file)) {
      if (!specifier.startsWith('.')) {
        if (PEERS.some((peer) => specifier === peer || specifier.startsWith(`${peer}/`))) continue;
        throw new Error(`${file}: the types of the library need '${specifier}', which is not installed with it`);
      }
      const target = `${posix.join(posix.dirname(file), specifier)}.d.ts`;
      if (!isThere(target)) throw new Error(`${file}: ${target} does not exist`);
      reached.add(target);
    }
  }
  return reached;
}

/** @param {string} text of a declaration file, as the compiler writes it */
function importsIn(text) {
  return [...text.matchAll(/(?:\bfrom |^import |\bimport\()['"]([^'"]+)['"]/gm)].map(([, specifier = '']) => specifier);
}
