// @ts-check
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBuilt } from '../build/program.mjs';

// `node bin/launch.mjs NAME ...` is `node --import tsx bin/NAME.ts ...`, from a build, in the same process: signals,
// input, output and exit code are those of the program.

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);

const [name = ''] = process.argv.splice(2, 1);
const source = join(ROOT, 'bin', `${name}.ts`);
const built = findBuilt(ROOT, name);
process.argv[1] = source;
if (built === undefined) {
  // @ts-expect-error It declares no types.
  await import('tsx');
  require(source);
} else {
  readTypeScriptOnDemand();
  process.setSourceMapsEnabled(true);
  require(built);
}

/** Files that a program finds by their names, the environments, are no part of its build: tsx reads them as they are, from the first one on. */
function readTypeScriptOnDemand() {
  const { extensions } = require;
  extensions['.ts'] = (module, file) => {
    delete extensions['.ts'];
    require('tsx/cjs');
    // @ts-expect-error tsx has put its own there. Without it a file would be read as nothing: better it throws.
    extensions['.ts'](module, file);
  };
}
