import { readFileSync } from 'node:fs';
import path from 'node:path';
import { writeTypeScript } from '../../../cli/setup/environment-text';
import { readEnvironmentFiles } from '../../../lib/environment/environment-file';
import { lintEnvironments, lintFiles } from '../../../lib/environment/lint';
import { starterEnvironment } from '../../../lib/environment/starter';
import { checkEnvironment } from '../../../lib/environment/with-defaults';
import { ENVIRONMENTS_FOLDER, shipped, shippedFiles } from './shipped-environments';

describe('the shipped environments', () => {
  test('the shipped environments have only the two warnings that setup removes', () => {
    expect(lintFiles(shippedFiles).map(({ code, file }) => `${file} ${code}`)).toEqual(
      shipped.flatMap(({ name }) => [`environments/${name}.ts NO_TENANT`, `environments/${name}.ts NO_RECIPIENTS`]),
    );
  });

  test('the shipped environments have no error in remediate mode', () => {
    const remediating = shipped.map((environment) => ({ ...environment, mode: 'remediate' }));
    expect(lintEnvironments(remediating).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test.each(shipped.map((environment) => [environment.name, environment]))(
    'the shipped environment %s is in report mode and names no real tenant',
    (_name, environment) => {
      expect(environment.mode).toBe('report');
      expect(environment.domain).toMatch(/\.invalid$/);
    },
  );
});

/** Each environment in the folder is as shipped, or as a user has set it up. */
describe('the environments in the folder', () => {
  const files = readEnvironmentFiles(ENVIRONMENTS_FOLDER);

  test('the environments in the folder have no lint errors', () => {
    expect(lintFiles(files).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('an environment that is not set up is equal to the output of init, so that init can replace it', () => {
    for (const { file, environment } of files) {
      const { name, domain } = checkEnvironment(environment);
      const starter = starterEnvironment(name);
      if (domain !== starter.domain) continue;
      expect(readFileSync(path.join(ENVIRONMENTS_FOLDER, '..', file), 'utf8')).toBe(writeTypeScript(starter));
    }
  });
});
