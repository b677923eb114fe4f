/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['lambda/judge/**/*.ts', 'lambda/repair/**/*.ts'],
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: { projectType: 'custom', configFile: 'mutation/jest.config.cjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  // Jest keeps some of each run in memory: about 8 MB a mutant.
  maxTestRunnerReuse: 150,
  incremental: true,
  incrementalFile: 'mutation/reports/incremental.json',
  reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
  htmlReporter: { fileName: 'mutation/reports/mutation.html' },
  jsonReporter: { fileName: 'mutation/reports/mutation.json' },
  clearTextReporter: { allowColor: false, logTests: false, allowEmojis: false },
  tempDirName: 'mutation/sandbox',
  cleanTempDir: 'always',
  ignorePatterns: ['/cdk.out', '/coverage', '/dist', '/mutation/reports'],
  timeoutMS: 10_000,
  thresholds: { high: 95, low: 90, break: 90 },
  disableTypeChecks: false,
  // No such file: Stryker would rewrite it with an API that TypeScript 7 does not have.
  tsconfigFile: 'mutation/tsconfig.json',
  allowConsoleColors: false,
};
