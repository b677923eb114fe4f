// @ts-check
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { finishBuild, isFresh } from './fresh.mjs';

/** What decides on the output besides the sources. */
const SCRIPTS = ['bin/launch.mjs', 'build/program.mjs', 'build/fresh.mjs', 'node_modules/esbuild/package.json'];

/**
 * The file that a program of `bin/` is built to, made anew if anything that it was made of has changed. `undefined`: it
 * cannot be built, such as in a folder that may not be written, or where a source is wrong.
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
    return undefined; // Whoever reads the sources instead says what is wrong with them.
  }
}

/**
 * One file, beside which the project's other folders are found as they are beside `bin/`. Packages stay outside, and
 * what the sources load with `import()` is run when it is asked for.
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
      // Where it will stand, for the paths in the source map; it is written elsewhere first.
      outfile: output,
      write: false,
      bundle: true,
      packages: 'external',
      platform: 'node',
      target: `node${process.versions.node}`,
      format: 'cjs',
      resolveExtensions: ['.ts', '.tsx', '.js', '.json'], // in the order of tsx
      keepNames: true, // as tsx does: names of errors and of constructs are read by people
      sourcemap: 'inline', // so that a stack names the lines of the sources, as under tsx
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
