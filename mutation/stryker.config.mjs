import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Mutates what judges a connection and what repairs it. Started by `npm run mutation`, in the folder above.
 * Options: https://stryker-mutator.io/docs/stryker-js/configuration/
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  mutate: ['lambda/judge/**/*.ts', 'lambda/repair/**/*.ts'],
  thresholds: { high: 95, low: 90, break: 90 },

  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  // `first-failure-runner.cjs` chooses the test files of a mutant by its tests: the related files would be nearly all.
  jest: { projectType: 'custom', configFile: 'mutation/jest.config.cjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',

  concurrency: 1,
  // Beside half as long again as the tests of the mutant took without it: a slow machine must not count as a kill.
  timeoutMS: 10_000,
  // The tables of facts are made when a file is loaded, so each test may notice a change to them. They are code: test them.
  ignoreStatic: false,
  warnings: { slow: false },

  // Jest keeps some of each run in memory: about 10 MB a mutant.
  maxTestRunnerReuse: 150,

  // The result of one machine, which holds the sources and the names of all tests: a cache, and git-ignored as such.
  incremental: true,
  incrementalFile: 'mutation/reports/incremental.json',

  reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
  htmlReporter: { fileName: 'mutation/reports/mutation.html' },
  jsonReporter: { fileName: 'mutation/reports/mutation.json' },
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },

  // Outside of the project: Jest would find a second copy of each package.json in it.
  tempDirName: join(tmpdir(), 'auditor-mutation'),
  cleanTempDir: 'always',
  ignorePatterns: ['/cdk.out', '/coverage', '/dist', '/mutation/reports'],

  // swc, which compiles the tests, checks no types.
  disableTypeChecks: false,
  // No such file: Stryker would rewrite it with an API that TypeScript 7 does not have.
  tsconfigFile: 'mutation/tsconfig.json',
};
