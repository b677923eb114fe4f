import path from 'node:path';
import { build } from 'esbuild';

const PROGRAMS = ['auditor', 'deploy-cli', 'documentation', 'sdk'];

/**
 * Bundles the programs like a function in the cloud, including the SDK. The Deploy CLI is a separate program and is used as
 * installed.
 */
export async function buildPrograms(outdir: string): Promise<void> {
  await build({
    absWorkingDir: __dirname,
    entryPoints: PROGRAMS.map((name) => path.join('children', `${name}.ts`)),
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    mainFields: ['module', 'main'],
    external: ['auth0-deploy-cli'],
    // CommonJS packages load modules of Node.js with `require`, which does not exist in an ES module.
    banner: {
      js: "import{createRequire as createBundleRequire}from'node:module';const require=createBundleRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
}
