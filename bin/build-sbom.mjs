// @ts-check
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { withSbom } from '../build/package/sbom.mjs';

// Writes the SBOM of each bundle into the given folder, by default `dist/sbom/`: docs/package.md.

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const [, , folder = join(ROOT, 'dist', 'sbom')] = process.argv;

const names = /** @type {const} */ (['function', 'command-line', 'library']);
for (const name of names) {
  await build({ ...withSbom(name, folder), absWorkingDir: ROOT, outdir: folder, write: false });
}
process.stdout.write(`Written to ${folder}: ${names.map((name) => `${name}.cdx.json`).join(', ')}\n`);
