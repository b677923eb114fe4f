import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { keysOf } from '../../lambda/connection/tables';
import { ADDITIONS, filesOfRecipe, ROOT } from './recipes';

const NOT_COPIED = new Set(['.git', 'cdk.out', 'coverage', 'dist', 'node_modules']);
const copy = mkdtempSync(path.join(tmpdir(), 'recipes-'));
afterAll(() => rmSync(copy, { recursive: true }));

test('CONTRIBUTING.md lists exactly the files that the compiler names after a value of each kind is added', () => {
  for (const name of readdirSync(ROOT)) {
    if (!NOT_COPIED.has(name)) cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
  for (const { file, text, with: more } of Object.values(ADDITIONS)) {
    const place = path.join(copy, file);
    const parts = readFileSync(place, 'utf8').split(text);
    expect({ file, found: parts.length - 1 }).toEqual({ file, found: 1 });
    writeFileSync(place, parts.join(more));
  }

  const { stdout } = spawnSync(path.join(ROOT, 'node_modules/.bin/tsc'), ['--pretty', 'false'], {
    cwd: copy,
    encoding: 'utf8',
  });
  const named = [...stdout.matchAll(/^([^(\s]+)\(\d+,\d+\): error/gm)].map(([, file = '']) => file);
  const listed = keysOf(ADDITIONS).flatMap(filesOfRecipe);
  expect([...new Set(named)].toSorted()).toEqual(listed.toSorted());
}, 300_000);
