import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { BUNDLE } from '../build/bundle.mjs';

// Builds `import-yardstick.ts` into the folder that is named, as the function is built.
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const [, , outdir] = process.argv;
await build({ ...BUNDLE, absWorkingDir: ROOT, entryPoints: { index: 'bench/import-yardstick.ts' }, outdir });
