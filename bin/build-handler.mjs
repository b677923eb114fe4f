import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const DIST = join(ROOT, 'dist');
const HANDLER = join(DIST, 'handler');

// Nothing goes to stdout: `cdk synth STACK` runs this first and prints the template there.
mkdirSync(DIST, { recursive: true });
const buildFolder = mkdtempSync(join(DIST, 'building-'));
const [built, former] = [join(buildFolder, 'built'), join(buildFolder, 'former')];
try {
  await build({
    absWorkingDir: ROOT,
    entryPoints: { index: 'lambda/handler.ts' },
    outdir: built,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    splitting: true,
    // Lambda loads `index.mjs` as an ES module without a package.json beside it:
    // https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
    outExtension: { '.js': '.mjs' },
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true, // the names of error classes are what an operator reads in the log
    // Packages in CommonJS ask for Node's own modules with `require`, which an ES module lacks.
    banner: {
      js: "import{createRequire as createBundleRequire}from'node:module';const require=createBundleRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  replaceFolder(HANDLER, built, former);
} finally {
  rmSync(buildFolder, { recursive: true, force: true });
}

/** Another build may do the same at the same time: each puts its whole folder in the place of what is there. */
function replaceFolder(target, replacement, former) {
  for (let turn = 1; ; turn += 1) {
    try {
      renameSync(replacement, target);
      return;
    } catch (error) {
      // Windows says EPERM of a folder that is there already.
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
