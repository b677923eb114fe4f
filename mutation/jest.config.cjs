const {
  projects: [unit],
} = require('../jest.config.js');

/** The tests of the folders that are mutated, and those of what is nearest to them. */
const FOLDERS = ['judge', 'repair', 'run', 'history', 'report/words'];

/** @type {import('jest').Config} */
module.exports = {
  ...unit,
  rootDir: '..',
  testMatch: FOLDERS.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
  testPathIgnorePatterns: [
    ...unit.testPathIgnorePatterns,
    // Seconds each: they say of every strategy, or in the large, what the others say of one connection.
    '/repair/sandbox/(damage|strategies|thousand)\\.test\\.ts$',
    // The formats of what is kept: slow, and nothing of the judgement or the repair.
    '/history/(store|keep|report/parse-report|parse-state|parse-record|parse-lease|memory|former-folder)\\.test\\.ts$',
  ],
  testEnvironment: require.resolve('./first-failure-environment.cjs'),
  runner: '<rootDir>/mutation/first-failure-runner.cjs',
  // The longest test takes a second. A promise that a mutant leaves open ends its test here.
  testTimeout: 10_000,
};
