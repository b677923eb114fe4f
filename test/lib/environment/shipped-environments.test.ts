import { readFileSync } from 'node:fs';
import path from 'node:path';
import { writeTypeScript } from '../../../cli/setup/environment-text';
import { lintEnvironments, lintFiles } from '../../../lib/environment/lint';
import { starterEnvironment } from '../../../lib/environment/starter';
import { SHIPPED_FOLDER, shipped, shippedFiles } from './shipped-environments';

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

  test('are as init writes an environment that nobody has set up, so that it may replace them', () => {
    for (const { name } of shipped) {
      const text = readFileSync(path.join(SHIPPED_FOLDER, `${name}.ts`), 'utf8');
      expect(text).toBe(writeTypeScript(starterEnvironment(name)));
    }
  });

  test('are one file each, named like the environment', () => {
    expect(shipped.map(({ name }) => `environments/${name}.ts`)).toEqual(shippedFiles.map(({ file }) => file));
    expect(shipped.map(({ name }) => name)).toEqual(['dev', 'prod']);
  });

  test.each(shipped.map((environment) => [environment.name, environment]))(
    '%s reports only, and names no tenant that could exist',
    (_name, environment) => {
      expect(environment.mode).toBe('report');
      expect(environment.domain).toMatch(/\.invalid$/);
    },
  );
});
