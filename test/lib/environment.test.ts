import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from '../../environments';
import { findEnvironment } from '../../lib/environment';
import { describeProblem, lintEnvironments } from '../../lib/environment-lint';
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
  test('deploy as they are', () => {
    expect(lintEnvironments(environments).map(describeProblem)).toEqual([]);
  });

  test('are one file each, named like the environment', () => {
    const files = readdirSync(join(__dirname, '../../environments')).filter((file) => file !== 'index.ts');
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
