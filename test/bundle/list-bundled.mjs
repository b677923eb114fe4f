import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { HANDLER } from '../../build/bundle.mjs';
import { COMMAND_LINE, LIBRARY } from '../../build/package/bundles.mjs';

// Prints the files that contribute code to each bundle, from the metafile of a build without the SBOM plugins.
const absWorkingDir = fileURLToPath(new URL('../..', import.meta.url));
const bundles = { function: HANDLER, 'command-line': COMMAND_LINE, library: LIBRARY };
const files = Object.entries(bundles).map(async ([name, options]) => {
  const { metafile } = await build({ ...options, absWorkingDir, outdir: 'unused', write: false, metafile: true });
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs: one }) => Object.entries(one));
  return [name, [...new Set(inputs.flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])))]];
});
process.stdout.write(JSON.stringify(await Promise.all(files)));
