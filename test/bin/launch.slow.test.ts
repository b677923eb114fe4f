import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeTypeScript } from '../../cli/setup/environment-text';
import { closeStores, makeFolder } from '../history/stores';
import { shipped } from '../lib/environment/shipped-environments';

const ROOT = path.join(__dirname, '../..');
afterEach(closeStores);

/** A fresh clone with installed packages. A test can edit its sources. */
function cloneProject(): string {
  const folder = makeFolder();
  for (const name of ['bin', 'build', 'cli', 'lambda', 'lib', 'package.json', 'package-lock.json', 'tsconfig.json']) {
    cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  }
  mkdirSync(path.join(folder, 'environments'));
  for (const environment of shipped) {
    writeFileSync(path.join(folder, 'environments', `${environment.name}.ts`), writeTypeScript(environment));
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  return folder;
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const LAUNCHED = [path.join('bin', 'launch.mjs'), 'audit'];
const BY_TSX = ['--import', 'tsx', path.join('bin', 'audit.ts')];

function run(cwd: string, start: readonly string[], words: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...start, ...words], {
    cwd,
    env: { PATH: process.env.PATH },
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

/** Runs a line with the launcher. `isBuilt` is false if the sources were read instead of a build. */
function launch(cwd: string, words: readonly string[]): Ended & { readonly isBuilt: boolean } {
  const shown = path.join(makeFolder(), 'loaded');
  const show = path.join(makeFolder(), 'show.cjs');
  const write = `require('node:fs').writeFileSync(${JSON.stringify(shown)}, Object.keys(require.cache).join())`;
  writeFileSync(show, `process.on('exit', () => ${write});`);
  const ended = run(cwd, ['--require', show, ...LAUNCHED], words);
  return { ...ended, isBuilt: readFileSync(shown, 'utf8').includes(path.join('dist', 'audit.cjs')) };
}

const replace = (file: string, from: string, to: string): void => {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
};

test('the first run builds, later runs use the build, and all outputs equal the output of the sources', () => {
  const folder = cloneProject();
  for (const words of [['--help'], ['lint', '--strict'], ['--enviroment', 'x'], []]) {
    expect(launch(folder, words)).toEqual({ ...run(folder, BY_TSX, words), isBuilt: true });
  }
});

test('the next run uses an edited source, an edited environment and a new environment', () => {
  const folder = cloneProject();
  expect(launch(folder, ['--help']).stdout).toContain('Compares the connections');
  replace(path.join(folder, 'cli/usage.ts'), 'Compares the connections', 'Checks the connections');
  expect(launch(folder, ['--help'])).toMatchObject({
    stdout: expect.stringContaining('Checks the connections'),
    isBuilt: true,
  });

  const dev = path.join(folder, 'environments/dev.ts');
  replace(dev, 'maxPercent: 20', 'maxPercent: 200');
  expect(launch(folder, ['lint']).stdout).toContain('environments/dev.ts: caps.maxPercent');
  cpSync(dev, path.join(folder, 'environments/more.ts'));
  expect(launch(folder, ['lint']).stdout).toContain('is not the name of its file, environments/more.ts');
});

test.each([
  {
    broken: 'a syntax error',
    text: 'export const bad: Environment = {\n oops oops };',
    says: 'ERROR: Expected "}" but found "oops"',
  },
  { broken: 'an exception', text: "throw new Error('no policy today');", says: 'no policy today' },
  { broken: 'an await', text: 'export const bad = await Promise.resolve(1);', says: 'Top-level await' },
])('an environment with $broken gives the same error as the sources and is not part of a build', ({ text, says }) => {
  const folder = cloneProject();
  writeFileSync(path.join(folder, 'environments/bad.ts'), text);
  const launched = launch(folder, ['lint']);
  expect(launched).toEqual({ ...run(folder, BY_TSX, ['lint']), isBuilt: true });
  expect(launched.stdout.replaceAll(/\s+/g, ' ')).toContain(says.replaceAll('"', '\\"'));
});

test('an environment can read a file next to it', () => {
  const folder = cloneProject();
  const file = path.join(folder, 'environments/dev.ts');
  cpSync(file, path.join(folder, 'environments/read.ts'));
  replace(path.join(folder, 'environments/read.ts'), "name: 'dev'", "name: require('./name.json').name");
  writeFileSync(path.join(folder, 'environments/name.json'), '{"name":"read"}');
  expect(launch(folder, ['lint']).stdout).toContain('environments/read.ts: domain');
});

test('the sources are read if nothing can be built', () => {
  const folder = cloneProject();
  // A file with this name also stops the administrator, who can write to a folder of any mode.
  writeFileSync(path.join(folder, 'dist'), '');
  expect(launch(folder, ['lint'])).toEqual({ ...run(folder, BY_TSX, ['lint']), isBuilt: false });
});

test('an error in a source is reported, and the build of the former source is not used', () => {
  const folder = cloneProject();
  expect(launch(folder, ['--help']).code).toBe(0);
  appendFileSync(path.join(folder, 'cli/usage.ts'), '\nconst = 1;\n');
  const { code, stderr, isBuilt } = launch(folder, ['--help']);
  expect({ code, isBuilt }).toEqual({ code: 1, isBuilt: false });
  expect(stderr).toMatch(/cli\/usage\.ts:\d+:6: ERROR: Expected identifier but found "="/);
});
