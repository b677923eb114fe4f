import { readFileSync } from 'node:fs';
import path from 'node:path';
import { environmentShape } from '../lib/environment/schema';
import { showcase } from '../sandbox/showcase/connections';
import { NIGHTS } from '../sandbox/showcase/edits';

const readme = readFileSync(path.join(__dirname, '../README.md'), 'utf8');

test('the README states the number of connections of the emulated tenant and the number of nights of npm start', () => {
  const text = readme.replace(/\s+/g, ' ');
  expect(text).toContain(`for ${NIGHTS} nights against an emulated tenant of ${showcase().length} connections`);
});

test('the table of settings in the README names each setting of an environment exactly once', () => {
  const [, section = ''] = /^## Settings$(.*?)^## /ms.exec(readme) ?? [];
  const firstCells = section.split('\n').flatMap((line) => /^\|([^|]*)\|/.exec(line)?.[1] ?? []);
  const named = firstCells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name));
  expect(named.toSorted()).toEqual(Object.keys(environmentShape).toSorted());
});
