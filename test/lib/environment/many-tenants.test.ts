import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readEnvironmentFiles } from '../../../lib/environment/environment-file';
import { lintFiles } from '../../../lib/environment/lint';
import { checkEnvironment } from '../../../lib/environment/with-defaults';

const folder = mkdtempSync(path.join(tmpdir(), 'many-tenants-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the files of docs/many-tenants.md are environments without a problem', () => {
  const text = readFileSync(path.join(__dirname, '../../../docs/many-tenants.md'), 'utf8');
  const blocks = [...text.matchAll(/```ts\n\/\/ environments\/(\S+)\n([^`]*(?:`[^`\n]+`[^`]*)*)```/g)];
  expect(blocks.map(([, file]) => file)).toEqual(['policies/acme.ts', 'de.ts']);
  for (const [, file = '', code = ''] of blocks) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), code);
  }
  const files = readEnvironmentFiles(folder);
  expect(files.map(({ environment }) => checkEnvironment(environment).name)).toEqual(['de']);
  expect(lintFiles(files, Date.parse('2026-11-23'))).toEqual([]);
});
