import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { formatter } from '../../biome.json';
import manifest from '../../package.json';
import { CONTRIBUTING, ROOT } from './recipes';

test('each file and folder that CONTRIBUTING.md names exists', () => {
  const named = [...CONTRIBUTING.matchAll(/`(\.?[\w-]+(?:\/[\w.-]+)*(?:\/|\.(?:ts|mjs|md|json)))`/g)].map(
    ([, name = '']) => name,
  );
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((name) => !existsSync(path.join(ROOT, name)))).toEqual([]);
});

test('each script that CONTRIBUTING.md runs is a script of package.json', () => {
  const run = [...CONTRIBUTING.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
  expect(run.filter((name) => !Object.keys(manifest.scripts).includes(name))).toEqual([]);
});

test('CODEOWNERS covers the settings, the stack, the workflows and the dependencies', () => {
  const owned = [...readFileSync(path.join(ROOT, '.github/CODEOWNERS'), 'utf8').matchAll(/^(\/\S+) +@/gm)];
  const names = owned.map(([, name]) => name);
  expect(names).toEqual(
    expect.arrayContaining(['/environments/', '/lib/', '/.github/', '/package.json', '/package-lock.json']),
  );
  expect(names.filter((name) => !existsSync(path.join(ROOT, name ?? '')))).toEqual([]);
});

test('.editorconfig has the indentation and the line width of the formatter', () => {
  const text = readFileSync(path.join(ROOT, '.editorconfig'), 'utf8');
  const { indentWidth, lineWidth, indentStyle } = formatter;
  expect(text).toContain(`indent_style = ${indentStyle}\nindent_size = ${indentWidth}\n`);
  expect(text).toContain(`max_line_length = ${lineWidth}\n`);
});
