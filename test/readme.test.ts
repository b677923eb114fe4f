import { readFileSync } from 'node:fs';
import path from 'node:path';
import { environmentShape } from '../lib/environment/schema';
import { SEEDS } from '../sandbox/seeds';

test('the README says how many connections the emulated tenant has', () => {
  const readme = readFileSync(path.join(__dirname, '../README.md'), 'utf8');
  expect(readme.replace(/\s+/g, ' ')).toContain(`an emulated tenant of ${[...SEEDS.mixed()].length} connections`);
});

test('the table of settings in the README names each setting of an environment exactly once', () => {
  const readme = readFileSync(path.join(__dirname, '../README.md'), 'utf8');
  const [, section = ''] = /^## Settings$(.*?)^## /ms.exec(readme) ?? [];
  const firstCells = section.split('\n').flatMap((line) => /^\|([^|]*)\|/.exec(line)?.[1] ?? []);
  const named = firstCells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name));
  expect(named.toSorted()).toEqual(Object.keys(environmentShape).toSorted());
});
