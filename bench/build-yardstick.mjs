import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { BUNDLE } from '../build/bundle.mjs';

// Builds `import-yardstick.ts` into the given folder, with the build options of the function.
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const [, , outdir] = process.argv;
await build({ ...BUNDLE, absWorkingDir: ROOT, entryPoints: { index: 'bench/import-yardstick.ts' }, outdir });
