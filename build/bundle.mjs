import { readFile } from 'node:fs/promises';

/**
 * How esbuild bundles what Lambda runs, for `bin/build-handler.mjs` and the benchmark that measures against the same
 * (docs/decisions/0020-load-before-the-first-request-what-it-needs.md).
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

/**
 * Modules that axios loads and `lambda/auth0/request.ts` never comes to, with what stands in their place. It sends texts
 * through the adapter for `node:http`, over HTTP/1.1, with `maxRedirects: 0` and `proxy: false`.
 */
const UNUSED_BY_AXIOS = {
  // It brings `mime-db`. For browsers axios does the same (`browser` in its package.json).
  'form-data': 'export default null;',
  'follow-redirects': 'export default {};',
  'https-proxy-agent': 'export default class {}',
  'proxy-from-env': 'export const getProxyForUrl = undefined;',
  http2: 'export default {};',
  // What it exports where there is no XMLHttpRequest.
  './xhr.js': 'export default false;',
  './fetch.js': 'export const getFetch = () => false;',
};

/** @type {import('esbuild').Plugin} */
const slimAxios = {
  name: 'slim-axios',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./ }, ({ path, importer }) =>
      Object.hasOwn(UNUSED_BY_AXIOS, path) && IN_AXIOS.test(importer) ? { path, namespace: 'unused' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'unused' }, ({ path }) => ({ contents: UNUSED_BY_AXIOS[path] }));
  },
};

const IN_AXIOS = /[\\/]node_modules[\\/]axios[\\/]/;

/**
 * Keeps Node's own undici (fetch, WebSocket, FormData) from being loaded: a tenth of the start, and nothing uses it. An
 * `import` of `node:http` reads every export, `http.WebSocket` among them (https://nodejs.org/api/http.html#class-websocket),
 * which loads it; `require` reads none. axios reads `globalThis.FormData` when it starts.
 *
 * @type {import('esbuild').Plugin}
 */
const withoutUndici = {
  name: 'without-undici',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?https?$/ }, ({ path, kind }) =>
      kind === 'require-call' ? undefined : { path: path.replace(/^(node:)?/, 'node:'), namespace: 'required' },
    );
    onLoad({ filter: /./, namespace: 'required' }, ({ path }) => ({
      contents: `module.exports = require('${path}');`,
    }));
    onLoad({ filter: /[\\/]axios[\\/]lib[\\/]utils\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!source.includes(READS_FORM_DATA)) throw new Error(`${path} no longer says ${READS_FORM_DATA}`);
      return { contents: source.replace(READS_FORM_DATA, 'undefined') };
    });
  },
};

const READS_FORM_DATA = "typeof G.FormData !== 'undefined' ? G.FormData : undefined";

/** @satisfies {import('esbuild').BuildOptions} */
export const HANDLER = {
  ...BUNDLE,
  entryPoints: { index: 'lambda/handler.ts' },
  plugins: [slimAxios, withoutUndici],
};
