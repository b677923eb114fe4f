// @ts-check
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { finishBuild, isFresh } from './fresh.mjs';

/** The inputs of the output, in addition to the sources. */
const SCRIPTS = ['bin/launch.mjs', 'build/program.mjs', 'build/fresh.mjs', 'node_modules/esbuild/package.json'];

/**
 * The built file of a program in `bin/`, rebuilt if any of its inputs has changed. `undefined`: the program cannot be
 * built, for example because the folder is not writable or a source contains an error.
 *
 * @param {string} root
 * @param {string} name such as `audit`, of `bin/audit.ts`
 */
export function findBuilt(root, name) {
  const output = `dist/${name}.cjs`;
  const recordFile = `dist/${name}.json`;
  try {
    if (!isFresh(root, recordFile)) build(root, { entry: `bin/${name}.ts`, output, recordFile });
    return join(root, output);
  } catch {
    return undefined; // The caller reads the sources instead, which reports the error in them.
  }
}

/**
 * Builds one file. The other folders of the project have the same relative paths from this file as from `bin/`. Packages
 * are not bundled. Modules that the sources load with `import()` run when they are requested.
 *
 * @param {string} root
 * @param {{ readonly entry: string, readonly output: string, readonly recordFile: string }} program
 */
function build(root, { entry, output, recordFile }) {
  const begunAt = Date.now();
  mkdirSync(join(root, 'dist'), { recursive: true });
  const folder = mkdtempSync(join(root, 'dist', 'building-'));
  try {
    const built = join(folder, 'built.cjs');
    /** @type {typeof import('esbuild')} */
    const esbuild = createRequire(import.meta.url)('esbuild');
    const { metafile, outputFiles } = esbuild.buildSync({
      absWorkingDir: root,
      entryPoints: [entry],
      // The final place, for the paths in the source map. The file is first written to another place.
      outfile: output,
      write: false,
      bundle: true,
      packages: 'external',
      platform: 'node',
      target: `node${process.versions.node}`,
      format: 'cjs',
      resolveExtensions: ['.ts', '.tsx', '.js', '.json'], // in the order of tsx
      keepNames: true, // as tsx does, because people read the names of errors and constructs
      sourcemap: 'inline', // so that a stack trace names the lines of the sources, as under tsx
      sourcesContent: false,
      logLevel: 'silent',
      metafile: true,
    });
    writeFileSync(built, outputFiles[0]?.contents ?? '');
    finishBuild(root, recordFile, {
      sources: [...Object.keys(metafile.inputs), ...SCRIPTS],
      output,
      built,
      begunAt,
      put: () => renameSync(built, join(root, output)),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
