import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { filesOf, findEnvironment, readEnvironmentFiles } from '../../../lib/environment/environment-file';
import { lintFiles } from '../../../lib/environment/lint';
import type { EnvironmentProblemCode } from '../../../lib/environment/problem';
import { sampleEnvironment } from './sample-environment';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'environments-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Reads a folder with these files, by name. */
function read(files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return readEnvironmentFiles(folder);
}

/** The text of a file that exports the sample environment with this name. */
const environmentOf = (name: string, change: object = {}) =>
  `export const environment = ${JSON.stringify({ ...sampleEnvironment, domain: `${name}.auth0.com`, name, ...change })};`;

describe('the files of a folder', () => {
  test('the files of a folder are its environments, in the order of their names', () => {
    const files = read({ 'prod.ts': environmentOf('prod'), 'dev.ts': environmentOf('dev') });
    expect(files.map(({ file }) => file)).toEqual(['environments/dev.ts', 'environments/prod.ts']);
    expect(files.map(({ environment }) => environment)).toMatchObject([{ name: 'dev' }, { name: 'prod' }]);
    expect(lintFiles(files)).toEqual([]);
  });

  test('a file can export its environment under any name, and as default', () => {
    const byDefault = `${environmentOf('dev')}\nexport default environment;`;
    expect(read({ 'dev.ts': byDefault })).toMatchObject([{ environment: { name: 'dev' } }]);
  });

  test('subfolders, type declarations and tests are not environment files', () => {
    const policy = `import { policy } from './policies/b2b'; export const dev = { ...${JSON.stringify(sampleEnvironment)}, policy };`;
    const files = read({
      'sample.ts': policy,
      'policies/b2b.ts': "export const policy = { default: { expect: 'on_each_login' } };",
      'types.d.ts': 'export {};',
      'sample.test.ts': 'throw new Error();',
      'notes.md': '',
    });
    expect(files.map(({ file }) => file)).toEqual(['environments/sample.ts']);
    expect(lintFiles(files)).toEqual([]);
  });
});

describe('a file that exports no environment', () => {
  test.each([
    ['no export', 'const dev = { name: "dev" };', /does not export exactly one value; found \[\]/],
    [
      'two environments',
      'export const a = { name: "a" }; export const b = { name: "b" };',
      /exactly one value; found \["a","b"\]/,
    ],
    ['a policy', 'export const policy = { default: { expect: "on_each_login" } };', /exports no environment/],
    ['a list of environments', 'export const environments = [{ name: "dev" }];', /exports no environment/],
    ['a text', 'export const dev = "dev";', /exports no environment; found "dev"/],
    ['a syntax error', 'export const dev = {', /cannot be loaded/],
    ['a runtime error', 'export const dev = missing;', /cannot be loaded; found "missing is not defined"/],
    [
      'an import of a missing file',
      "import { policy } from './policies/none'; export const dev = { name: 'dev', policy };",
      /cannot be loaded; found ".*Cannot find module '\.\/policies\/none'/,
    ],
  ])('a file with %s is an error, and other files are still checked', (_claim, text, said) => {
    const problems = lintFiles(read({ 'bad.ts': text, 'dev.ts': environmentOf('dev', { mode: 'audit' }) }));
    const code: EnvironmentProblemCode = 'NO_ENVIRONMENT';
    expect(problems).toMatchObject([
      { severity: 'error', code, file: 'environments/bad.ts' },
      { severity: 'error', code: 'BAD_VALUE', file: 'environments/dev.ts', path: 'mode' },
    ]);
    expect(`${problems[0]?.message}; found ${problems[0]?.found}`).toMatch(said);
    expect(problems[0]?.allowed).toMatch(/one export, the environment/);
  });

  test('each missing setting of an environment is reported', () => {
    const problems = lintFiles(read({ 'dev.ts': 'export const dev = { name: "dev" };' }));
    expect(problems.map(({ path: at }) => at)).toEqual(expect.arrayContaining(['domain', 'schedule', 'policy']));
  });
});

test('an environment whose name differs from the name of its file is an error', () => {
  const problems = lintFiles(read({ 'production.ts': environmentOf('prod') }));
  const code: EnvironmentProblemCode = 'NAME_IS_NOT_FILE';
  expect(problems).toMatchObject([{ severity: 'error', code, file: 'environments/production.ts', path: 'name' }]);
  expect(problems[0]?.message).toBe('is not the name of its file, environments/production.ts');
});

describe('finding an environment by its name', () => {
  test('an environment is found by its name', () => {
    const files = filesOf([sampleEnvironment]);
    expect(findEnvironment(files, 'sample').environment).toBe(sampleEnvironment);
  });

  test('an unknown name is an error that lists the known names', () => {
    const files = filesOf([sampleEnvironment, { ...sampleEnvironment, name: 'other' }, undefined]);
    expect(() => findEnvironment(files, 'produktion')).toThrow(
      "unknown environment 'produktion'; known: sample, other",
    );
    expect(() => findEnvironment([], 'dev')).toThrow("unknown environment 'dev': there is no file in environments/");
  });

  test('an environment whose file cannot be loaded is an error with the reason', () => {
    const files = read({ 'dev.ts': environmentOf('dev'), 'prod.ts': 'export const prod = missing;' });
    expect(() => findEnvironment(files, 'prod')).toThrow(
      'environments/prod.ts cannot be loaded: found "missing is not defined"',
    );
    expect(findEnvironment(files, 'dev').environment).toMatchObject({ name: 'dev' });
  });
});
