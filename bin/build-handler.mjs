import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HANDLER } from '../build/bundle.mjs';
import { finishBuild, isFresh } from '../build/fresh.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const DIST = join(ROOT, 'dist');
const HANDLER_FOLDER = join(DIST, 'handler');

const RECORD = 'dist/handler.json';
if (isFresh(ROOT, RECORD)) process.exit();

// This script prints nothing to stdout, because `cdk synth STACK` runs it first and prints the template to stdout.
mkdirSync(DIST, { recursive: true });
const { build } = await import('esbuild');
const begunAt = Date.now();
const buildFolder = mkdtempSync(join(DIST, 'building-'));
const [built, former] = [join(buildFolder, 'built'), join(buildFolder, 'former')];
try {
  const { metafile } = await build({ ...HANDLER, absWorkingDir: ROOT, outdir: built, metafile: true });
  // A name with a colon is a module that a plugin creates, not a file.
  const sources = Object.keys(metafile.inputs).filter((file) => !file.includes(':'));
  finishBuild(ROOT, RECORD, {
    sources: [...sources, 'bin/build-handler.mjs', 'build/fresh.mjs', 'build/bundle.mjs'],
    output: 'dist/handler',
    built,
    begunAt,
    put: () => replaceFolder(HANDLER_FOLDER, built, former),
  });
} finally {
  rmSync(buildFolder, { recursive: true, force: true });
}

/** Two builds can run at the same time. Each one replaces the existing folder with its whole folder. */
function replaceFolder(target, replacement, former) {
  for (let turn = 1; ; turn += 1) {
    try {
      renameSync(replacement, target);
      return;
    } catch (error) {
      // Windows reports EPERM for a folder that already exists.
      if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code) || turn === 10) throw error;
    }
    rmSync(former, { recursive: true, force: true });
    try {
      renameSync(target, former);
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
}
