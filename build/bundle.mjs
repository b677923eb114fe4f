import { readFile } from 'node:fs/promises';

/**
 * The esbuild options for code that Lambda runs, for `bin/build-handler.mjs` and for the benchmark that measures the same
 * build (docs/decisions/0020-load-before-the-first-request-what-it-needs.md).
 *
 * @satisfies {import('esbuild').BuildOptions}
 */
export const BUNDLE = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  splitting: true,
  // Lambda loads `index.mjs` as an ES module without a package.json next to it:
  // https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
  outExtension: { '.js': '.mjs' },
  mainFields: ['module', 'main'],
  minify: true,
  keepNames: true, // an operator reads the names of error classes in the log
  // CommonJS packages load Node's own modules with `require`, which does not exist in an ES module.
  banner: {
    js: "import{createRequire as createBundleRequire}from'node:module';const require=createBundleRequire(import.meta.url);",
  },
  logLevel: 'warning',
};

/**
 * Modules that axios loads but `lambda/auth0/request.ts` never uses, each with its replacement. `request.ts` sends text
 * through the adapter for `node:http`, over HTTP/1.1, with `maxRedirects: 0` and `proxy: false`.
 */
const UNUSED_BY_AXIOS = {
  // `form-data` includes `mime-db`. For browsers, axios uses the same replacement (`browser` in its package.json).
  'form-data': 'export default null;',
  'follow-redirects': 'export default {};',
  'https-proxy-agent': 'export default class {}',
  'proxy-from-env': 'export const getProxyForUrl = undefined;',
  http2: 'export default {};',
  // The value that axios exports if there is no XMLHttpRequest.
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
 * Prevents Node from loading its own undici (fetch, WebSocket, FormData). Loading takes a tenth of the start, and no code
 * uses undici. An `import` of `node:http` reads every export, and the export `http.WebSocket`
 * (https://nodejs.org/api/http.html#class-websocket) loads undici. `require` reads no export. axios reads
 * `globalThis.FormData` when it starts.
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
      if (!source.includes(READS_FORM_DATA)) throw new Error(`${path} no longer contains ${READS_FORM_DATA}`);
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
