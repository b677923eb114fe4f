import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';

export interface InstalledAws {
  /** The folder of `aws`, which must be first on a PATH. */
  readonly path: string;
  remove(): void;
}

/**
 * Writes the stand-in for the AWS CLI, version 2, into a separate folder. The stand-in needs no other file of this
 * repository there. An installed AWS CLI of the machine is not used.
 */
export function installAws(): InstalledAws {
  const folder = mkdtempSync(path.join(tmpdir(), 'aws-cli-'));
  buildSync({
    entryPoints: [path.join(__dirname, 'aws.ts')],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    // CommonJS packages load Node's own modules with `require`, which does not exist in an ES module.
    banner: {
      js: "import{createRequire as createBundleRequire}from'node:module';const require=createBundleRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  const program = path.join(folder, 'aws');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${path.join(folder, 'aws.mjs')}' "$@"\n`);
  chmodSync(program, 0o755);
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
