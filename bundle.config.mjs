/**
 * How esbuild bundles what Lambda runs, for `bin/build-handler.mjs` and the benchmark that measures against the same.
 *
 * @satisfies {import('esbuild').BuildOptions}
 */
export const BUNDLE = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  splitting: true,
  // Lambda loads `index.mjs` as an ES module without a package.json beside it:
  // https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
  outExtension: { '.js': '.mjs' },
  mainFields: ['module', 'main'],
  minify: true,
  keepNames: true, // the names of error classes are what an operator reads in the log
  // Packages in CommonJS ask for Node's own modules with `require`, which an ES module lacks.
  banner: {
    js: "import{createRequire as createBundleRequire}from'node:module';const require=createBundleRequire(import.meta.url);",
  },
  logLevel: 'warning',
};

/** @satisfies {import('esbuild').BuildOptions} */
export const HANDLER = {
  ...BUNDLE,
  entryPoints: { index: 'lambda/handler.ts' },
};
