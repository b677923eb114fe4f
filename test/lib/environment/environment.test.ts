import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from '../../../environments';
import { findEnvironment } from '../../../lib/environment/environment';
import { lintEnvironments } from '../../../lib/environment/lint';
import { sampleEnvironment } from './sample-environment';

test('an unknown name fails with the list of the known ones', () => {
  expect(() => findEnvironment([sampleEnvironment, { ...sampleEnvironment, name: 'other' }], 'produktion')).toThrow(
    "unknown environment 'produktion'; known are: sample, other",
  );
});

test('a known name finds its environment', () => {
  expect(findEnvironment([sampleEnvironment], 'sample')).toBe(sampleEnvironment);
});

describe('the shipped environments', () => {
  test('deploy as they are, with the two warnings that setting up removes', () => {
    expect(lintEnvironments(environments).map(({ code, file }) => `${file} ${code}`)).toEqual(
      environments.flatMap(({ name }) => [
        `environments/${name}.ts NO_TENANT`,
        `environments/${name}.ts NO_RECIPIENTS`,
      ]),
    );
  });

  test('repair with one changed line: what mode remediate needs is there already', () => {
    const remediating = environments.map((environment) => ({ ...environment, mode: 'remediate' }));
    expect(lintEnvironments(remediating).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('are one file each, named like the environment', () => {
    const files = readdirSync(join(__dirname, '../../../environments')).filter((file) => file !== 'index.ts');
    expect(environments.map(({ name }) => `${name}.ts`).sort()).toEqual(files.sort());
  });

  test.each(environments.map((environment) => [environment.name, environment]))(
    '%s reports only, and names no tenant that could exist',
    (_name, environment) => {
      expect(environment.mode).toBe('report');
      expect(environment.domain).toMatch(/\.invalid$/);
    },
  );
});
