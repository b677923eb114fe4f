// @ts-check
import { BUNDLE, HANDLER } from '../bundle.mjs';

/** The oldest Node.js of `engines` in package.json. */
const TARGET = 'node20.19';

/** Packages that the app itself installs. A second copy of the CDK would not recognize the constructs of the first copy. */
export const PEERS = ['aws-cdk-lib', 'constructs'];

/**
 * The modules that an app and its environment files import. They are CommonJS, whose named exports `import` also finds.
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
  keepNames: true, // people read the names of errors and constructs
  external: PEERS.flatMap((name) => [name, `${name}/*`]),
  logLevel: 'warning',
  entryPoints: { package: 'lib/package.ts', environment: 'lib/define-environment.ts' },
};

/**
 * The command line: ES modules in a separate folder, so that a command loads the modules that it needs when it runs.
 *
 * @satisfies {import('esbuild').BuildOptions}
 */
export const COMMAND_LINE = {
  ...BUNDLE,
  target: TARGET,
  entryPoints: { audit: 'bin/installed.ts' },
  // The command line sends requests to Auth0 with the same code as the function.
  plugins: HANDLER.plugins,
};
