import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';

export interface InstalledAws {
  /** The folder of `aws`, to stand first on a PATH. */
  readonly path: string;
  remove(): void;
}

/**
 * Writes the stand-in for the AWS CLI, version 2, into a folder of its own. It needs nothing else of this repository there,
 * and no AWS CLI that the machine may have is used.
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
    // Packages in CommonJS ask for Node's own modules with `require`, which an ES module lacks.
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
