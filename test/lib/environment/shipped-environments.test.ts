import { readFileSync } from 'node:fs';
import path from 'node:path';
import { writeTypeScript } from '../../../cli/setup/environment-text';
import { readEnvironmentFiles } from '../../../lib/environment/environment-file';
import { lintEnvironments, lintFiles } from '../../../lib/environment/lint';
import { starterEnvironment } from '../../../lib/environment/starter';
import { checkEnvironment } from '../../../lib/environment/with-defaults';
import { ENVIRONMENTS_FOLDER, shipped, shippedFiles } from './shipped-environments';

describe('the shipped environments', () => {
  test('deploy as they are, with the two warnings that setting up removes', () => {
    expect(lintFiles(shippedFiles).map(({ code, file }) => `${file} ${code}`)).toEqual(
      shipped.flatMap(({ name }) => [`environments/${name}.ts NO_TENANT`, `environments/${name}.ts NO_RECIPIENTS`]),
    );
  });

  test('repair with one changed line: what mode remediate needs is there already', () => {
    const remediating = shipped.map((environment) => ({ ...environment, mode: 'remediate' }));
    expect(lintEnvironments(remediating).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test.each(shipped.map((environment) => [environment.name, environment]))(
    '%s reports only, and names no tenant that could exist',
    (_name, environment) => {
      expect(environment.mode).toBe('report');
      expect(environment.domain).toMatch(/\.invalid$/);
    },
  );
});

/** Each is in the folder as it is shipped, or as a user has set it up. */
describe('the environments in the folder', () => {
  const files = readEnvironmentFiles(ENVIRONMENTS_FOLDER);

  test('are without errors', () => {
    expect(lintFiles(files).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('that nobody has set up are as init writes them, so that it may replace them', () => {
    for (const { file, environment } of files) {
      const { name, domain } = checkEnvironment(environment);
      const starter = starterEnvironment(name);
      if (domain !== starter.domain) continue;
      expect(readFileSync(path.join(ENVIRONMENTS_FOLDER, '..', file), 'utf8')).toBe(writeTypeScript(starter));
    }
  });
});
