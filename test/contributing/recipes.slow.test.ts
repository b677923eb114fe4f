import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { keysOf } from '../../lambda/connection/tables';
import { ADDITIONS, filesOfRecipe, ROOT } from './recipes';

const NOT_COPIED = new Set(['.git', 'cdk.out', 'coverage', 'dist', 'node_modules']);

interface CompilerError {
  readonly file: string;
  readonly message: string;
}

let errors: readonly CompilerError[];

beforeAll(() => {
  const copy = mkdtempSync(path.join(tmpdir(), 'recipes-'));
  try {
    cpSync(ROOT, copy, { recursive: true, filter: (source) => !NOT_COPIED.has(path.basename(source)) });
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
    for (const { file, text, with: more } of Object.values(ADDITIONS)) {
      const parts = readFileSync(path.join(copy, file), 'utf8').split(text);
      if (parts.length !== 2) throw new Error(`${file} does not contain this text one time: ${text}`);
      writeFileSync(path.join(copy, file), parts.join(more));
    }
    errors = compile(copy);
  } finally {
    rmSync(copy, { recursive: true });
  }
});

function compile(folder: string): CompilerError[] {
  const program = path.join(ROOT, 'node_modules/.bin/tsc');
  const { stdout } = spawnSync(program, ['--pretty', 'false'], { cwd: folder, encoding: 'utf8' });
  const found = stdout.matchAll(/^([^(\s]+)\(\d+,\d+\): error (.*(?:\n +.*)*)/gm);
  return [...found].map(([, file = '', message = '']) => ({ file, message }));
}

const filesIn = (some: readonly CompilerError[]) => [...new Set(some.map(({ file }) => file))].toSorted();

test.each(keysOf(ADDITIONS))('CONTRIBUTING.md lists exactly the files that lack a value after a new %s', (kind) => {
  const lacking = errors.filter(({ message }) => message.includes(ADDITIONS[kind].member));
  expect(filesIn(lacking)).toEqual(filesOfRecipe(kind).toSorted());
});

test('the compiler names no file that no list of CONTRIBUTING.md contains', () => {
  expect(filesIn(errors)).toEqual(keysOf(ADDITIONS).flatMap(filesOfRecipe).toSorted());
});
