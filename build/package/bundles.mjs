// @ts-check
import { BUNDLE, HANDLER } from '../bundle.mjs';

/** The oldest Node.js of `engines` in package.json. */
const TARGET = 'node20.19';

/** What an app brings itself: a second copy of the CDK would not know the constructs of the first. */
export const PEERS = ['aws-cdk-lib', 'constructs'];

/**
 * What an app and its files of environments import: CommonJS, whose named exports `import` finds too.
 *
 * @satisfies {import('esbuild').BuildOptions}
 */
export const LIBRARY = {
  bundle: true,
  platform: 'node',
  target: TARGET,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  mainFields: ['module', 'main'],
  minify: true,
  keepNames: true, // names of errors and of constructs are read by people
  external: PEERS.flatMap((name) => [name, `${name}/*`]),
  logLevel: 'warning',
  entryPoints: { package: 'lib/package.ts', environment: 'lib/define-environment.ts' },
};

/**
 * The command line: ES modules in a folder of their own, so that a command loads what it needs when it runs.
 *
 * @satisfies {import('esbuild').BuildOptions}
 */
export const COMMAND_LINE = {
  ...BUNDLE,
  target: TARGET,
  entryPoints: { audit: 'bin/installed.ts' },
  // It sends its requests to Auth0 by the same code as the function.
  plugins: HANDLER.plugins,
};
