import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Environment } from '../../lib/environment/environment';
import { makeFolder } from '../history/stores';

const ROOT = path.join(__dirname, '../..');

/** A checkout of the project with one separate environment, for pasted commands. It is removed with the stores. */
export function makeCheckout(environment: Environment): string {
  const folder = makeFolder();
  for (const name of ['build', 'cli', 'lambda', 'lib', 'node_modules'])
    symlinkSync(path.join(ROOT, name), path.join(folder, name));
  // A copy, not a link, because the programs look for the environments next to their own folder.
  cpSync(path.join(ROOT, 'bin'), path.join(folder, 'bin'), { recursive: true });
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ type: 'commonjs', scripts }));
  mkdirSync(path.join(folder, 'environments'));
  writeFileSync(
    path.join(folder, `environments/${environment.name}.ts`),
    `export const environment = ${JSON.stringify(environment, null, 2)};\n`,
  );
  return folder;
}
