import path from 'node:path';
import { build } from 'esbuild';

const PROGRAMS = ['auditor', 'deploy-cli', 'documentation', 'sdk'];

/**
 * Bundles the programs as a function in the cloud would be, the SDK included. The Deploy CLI stays as it was installed: it
 * is a program of its own.
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
    // Packages in CommonJS ask for Node's own modules with `require`, which an ES module lacks.
    banner: {
      js: "import{createRequire as createBundleRequire}from'node:module';const require=createBundleRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
}
