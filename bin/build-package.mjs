// @ts-check
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeLicences } from '../build/package/licences.mjs';
import { withSbom } from '../build/package/sbom.mjs';
import { writeTypes } from '../build/package/types.mjs';

// Rebuilds everything in `dist/` that `npm pack` includes: library, types, command line, function, licences and SBOMs.

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const DIST = join(ROOT, 'dist');
const LICENCES = 'THIRD-PARTY-LICENSES.txt';

execFileSync(process.execPath, [join(ROOT, 'bin', 'build-handler.mjs')], { stdio: 'inherit' });
mkdirSync(DIST, { recursive: true });
const built = mkdtempSync(join(DIST, 'building-'));
const sboms = join(built, 'sbom');
try {
  const bundles = await Promise.all([
    build({ ...withSbom('library', sboms), absWorkingDir: ROOT, outdir: built }),
    build({ ...withSbom('command-line', sboms), absWorkingDir: ROOT, outdir: join(built, 'cli') }),
    build({ ...withSbom('function', sboms), absWorkingDir: ROOT, outdir: join(built, 'unused'), write: false }),
  ]);
  const inputs = bundles.flatMap(({ metafile }) => Object.values(metafile?.outputs ?? {}).flatMap(bundledOf));
  writeFileSync(join(built, LICENCES), writeLicences(ROOT, inputs));
  writeTypes(ROOT, join(built, 'types'));
  for (const name of ['package.cjs', 'environment.cjs', 'cli', 'sbom', 'types', LICENCES]) {
    rmSync(join(DIST, name), { recursive: true, force: true });
    renameSync(join(built, name), join(DIST, name));
  }
} finally {
  rmSync(built, { recursive: true, force: true });
}

/**
 * The files that contribute code to an output.
 *
 * @param {import('esbuild').Metafile['outputs'][string]} output
 */
function bundledOf({ inputs }) {
  return Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : []));
}
