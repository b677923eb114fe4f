import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { HANDLER } from '../../build/bundle.mjs';

// Builds the function into the given folder, and prints the name of each file with its bytes and its sources.
const [, , outdir] = process.argv;
const absWorkingDir = fileURLToPath(new URL('../..', import.meta.url));
const { metafile } = await build({ ...HANDLER, absWorkingDir, outdir, metafile: true });
const files = Object.entries(metafile.outputs).map(([file, { bytes, inputs }]) => [
  path.basename(file),
  { bytes, sources: Object.keys(inputs) },
]);
process.stdout.write(JSON.stringify(files));
