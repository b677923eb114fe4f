// @ts-check
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBuilt } from '../build/program.mjs';

// `node bin/launch.mjs NAME ...` runs `node --import tsx bin/NAME.ts ...` from a build, in the same process. Signals,
// input, output and exit code are therefore those of the program.

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);

const [name = ''] = process.argv.splice(2, 1);
const source = join(ROOT, 'bin', `${name}.ts`);
const built = findBuilt(ROOT, name);
process.argv[1] = source;
if (built === undefined) {
  // @ts-expect-error tsx declares no types.
  await import('tsx');
  require(source);
} else {
  readTypeScriptOnDemand();
  process.setSourceMapsEnabled(true);
  require(built);
}

/** The environments are not part of a build, because a program finds them by their names. From the first environment on, tsx reads them from source. */
function readTypeScriptOnDemand() {
  const { extensions } = require;
  extensions['.ts'] = (module, file) => {
    delete extensions['.ts'];
    require('tsx/cjs');
    // @ts-expect-error tsx has now installed its function. If not, this call throws, so that no file is read as empty.
    extensions['.ts'](module, file);
  };
}
