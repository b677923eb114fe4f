import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { importEnvironments } from '../../../lib/environment/import-environments';
import { lintFiles } from '../../../lib/environment/lint';
import { checkEnvironment } from '../../../lib/environment/with-defaults';
import { closeStores, makeFolder } from '../../history/stores';
import { sampleEnvironment } from './sample-environment';

afterEach(closeStores);

/** Imports a folder with these modules, by the name of their file. A function is a module that throws. */
function importAll(modules: Readonly<Record<string, unknown>>, { readsTypeScript = true } = {}) {
  const folder = makeFolder();
  for (const name of Object.keys(modules)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), '');
  }
  const load = async (file: string): Promise<unknown> => {
    const found = modules[path.relative(folder, file)];
    return typeof found === 'function' ? found() : found;
  };
  return importEnvironments(folder, { load, readsTypeScript, version: '20.19.0' });
}

const named = (name: string) => ({ ...sampleEnvironment, name, domain: `${name}.eu.auth0.com` });

test('every module of the folder is one environment, in the order of their names', async () => {
  const names = ['a.js', 'b.mjs', 'c.cjs', 'd.ts', 'e.mts'];
  const modules = Object.fromEntries(names.map((name) => [name, { environment: named(name.charAt(0)) }]));
  const others = { 'x.test.js': null, 'x.d.ts': null, 'notes.md': null, 'policies/b2b.js': null };
  const files = await importAll({ ...modules, ...others });
  expect(files.map(({ file }) => file)).toEqual(names.map((name) => `environments/${name}`));
  expect(lintFiles(files)).toEqual([]);
});

test('a missing folder contains no environments', async () => {
  const modules = { load: async () => undefined, readsTypeScript: true, version: '' };
  expect(await importEnvironments(path.join(makeFolder(), 'environments'), modules)).toEqual([]);
});

// As `import()` returns them: https://nodejs.org/api/esm.html#commonjs-namespaces
const dev = named('dev');
test.each([
  { exported: 'a name', loaded: { dev } },
  { exported: 'default', loaded: { default: dev } },
  { exported: 'a name and default', loaded: { dev, default: dev } },
  { exported: 'a member of module.exports', loaded: { default: { dev }, dev, 'module.exports': { dev } } },
  { exported: 'a member that Node.js did not find', loaded: { default: { dev } } },
  { exported: 'module.exports', loaded: { default: dev, name: dev.name, 'module.exports': dev } },
  { exported: 'a compiled module', loaded: { default: { dev }, dev, __esModule: true } },
])('an environment can be exported as $exported', async ({ loaded }) => {
  expect(await importAll({ 'dev.js': loaded })).toEqual([{ file: 'environments/dev.js', environment: dev }]);
});

test('a second export is an error', async () => {
  const [file] = await importAll({ 'dev.js': { default: dev, policy: { default: {} } } });
  expect(file?.problem).toMatchObject({ message: 'does not export exactly one value', found: '["default","policy"]' });
});

test('a TypeScript file is an error with a solution if Node.js cannot load it, and other files are loaded', async () => {
  const files = await importAll({ 'a.js': { a: named('a') }, 'b.ts': { b: named('b') } }, { readsTypeScript: false });
  expect(lintFiles(files)).toMatchObject([
    {
      code: 'NO_ENVIRONMENT',
      file: 'environments/b.ts',
      found: expect.stringContaining('20.19.0'),
      allowed: 'Node.js 22.18 or newer, or the same environment as a .js file',
    },
  ]);
});

test('an environment that defineEnvironment refuses is linted, each wrong field with its code', async () => {
  const refused = () => checkEnvironment({ ...dev, mode: 'audit', caps: { maxChanges: 1, maxPercent: 200 } });
  const problems = lintFiles(await importAll({ 'dev.js': refused }));
  expect(problems.map(({ file, path: at }) => [file, at])).toEqual([
    ['environments/dev.js', 'mode'],
    ['environments/dev.js', 'caps.maxPercent'],
  ]);
});

test('a module that throws another error cannot be loaded, and the message omits the folder', async () => {
  const [file] = await importAll({
    'dev.js': () => {
      throw new Error("Cannot find package 'left-pad'");
    },
  });
  expect(file?.problem).toMatchObject({ message: 'cannot be loaded', found: '"Cannot find package \'left-pad\'"' });
});
