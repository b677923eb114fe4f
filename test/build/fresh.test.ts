import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { finishBuild, isFresh } from '../../build/fresh.mjs';
import { closeStores, makeFolder } from '../history/stores';

afterEach(closeStores);

const RECORD = 'dist/program.json';

/** A project whose program was built from two files and a file of a package. Its files are a minute old. */
function makeProject({ begunAt = Date.now() } = {}): string {
  const root = makeFolder();
  for (const folder of ['core', 'dist', 'dist/building', 'node_modules/zod']) {
    mkdirSync(path.join(root, folder), { recursive: true });
  }
  const files = {
    'core/a.ts': 'one',
    'core/b.ts': 'two',
    'node_modules/zod/index.js': 'zod',
    'package-lock.json': '{}',
  };
  for (const [file, content] of Object.entries(files)) {
    writeFileSync(path.join(root, file), content);
    const minuteAgo = Date.now() / 1000 - 60;
    utimesSync(path.join(root, file), minuteAgo, minuteAgo);
  }
  const built = path.join(root, 'dist/building/built');
  mkdirSync(built);
  writeFileSync(path.join(built, 'index.mjs'), 'built');
  finishBuild(root, RECORD, {
    sources: ['core/a.ts', 'core/b.ts', 'node_modules/zod/index.js'],
    output: 'dist/program',
    built,
    begunAt,
    put: () => renameSync(built, path.join(root, 'dist/program')),
  });
  return root;
}

const write = (file: string, content: string) => (root: string) => writeFileSync(path.join(root, file), content);

test.each<[string, (root: string) => void]>([
  ['nothing', () => undefined],
  ['the times of a source', (root) => utimesSync(path.join(root, 'core/a.ts'), new Date(), new Date())],
  ['a file in a folder that was not read', (root) => writeFileSync(path.join(root, 'notes.md'), 'new')],
])('a build is fresh after a change of %s', (_, change) => {
  const root = makeProject();
  change(root);
  expect(isFresh(root, RECORD)).toBe(true);
});

test.each<[string, (root: string) => void]>([
  ['a source', write('core/a.ts', 'changed')],
  [
    'a source, to a content of the same length with the former times',
    (root) => {
      const file = path.join(root, 'core/a.ts');
      const { atime, mtime } = statSync(file);
      writeFileSync(file, 'two');
      utimesSync(file, atime, mtime);
    },
  ],
  [
    'two sources, which exchange their contents',
    (root) => {
      write('core/a.ts', 'two')(root);
      write('core/b.ts', 'one')(root);
    },
  ],
  ['a source, which is deleted', (root) => rmSync(path.join(root, 'core/b.ts'))],
  ['a new file next to a source', write('core/a.tsx', '')],
  ['a file of a package', write('node_modules/zod/index.js', 'patched')],
  ['package-lock.json', write('package-lock.json', '{"lockfileVersion":3}')],
  ['tsconfig.json, which was absent', write('tsconfig.json', '{}')],
  ['the output', write('dist/program/index.mjs', 'edited')],
  ['the output, which is deleted', (root) => rmSync(path.join(root, 'dist/program/index.mjs'))],
  ['a leftover file next to the output', write('dist/program/old-chunk.mjs', '')],
  ['the record, which is damaged', write(RECORD, '{"files":')],
  ['the record, which is deleted', (root) => rmSync(path.join(root, RECORD))],
])('a build is not fresh after a change of %s', (_, change) => {
  const root = makeProject();
  change(root);
  expect(isFresh(root, RECORD)).toBe(false);
});

test('a build from another version of Node.js is not fresh', () => {
  const root = makeProject();
  const { version } = process;
  try {
    Object.defineProperty(process, 'version', { value: 'v99.0.0' });
    expect(isFresh(root, RECORD)).toBe(false);
  } finally {
    Object.defineProperty(process, 'version', { value: version });
  }
  expect(isFresh(root, RECORD)).toBe(true);
});

test.each([
  { when: 'while it was built', begunAt: Date.now() - 120_000 },
  // The time of the source is a minute ago. A file system with whole or even seconds rounds the time of a change down to such a time.
  { when: 'in the second in which the build began', begunAt: Date.now() - 59_000 },
])('a build whose source changed $when is put in its place and is not fresh', ({ begunAt }) => {
  const root = makeProject({ begunAt });
  expect(readFileSync(path.join(root, 'dist/program/index.mjs'), 'utf8')).toBe('built');
  expect(isFresh(root, RECORD)).toBe(false);
});
