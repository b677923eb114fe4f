const {
  projects: [unit],
} = require('../jest.config.js');

/** The tests of the folders that are mutated, and those of what is nearest to them. */
const FOLDERS = ['judge', 'repair', 'run', 'history', 'report/words'];

/** @type {import('jest').Config} */
module.exports = {
  ...unit,
  rootDir: '..',
  roots: FOLDERS.map((folder) => `<rootDir>/test/${folder}`),
  testMatch: ['**/*.test.ts'],
  watchman: false,
  testPathIgnorePatterns: [
    ...unit.testPathIgnorePatterns,
    // With a server each: seconds a mutant, and what they alone would notice belongs into a test of a lower layer as well.
    '/repair/sandbox/',
    // The formats of what is kept: slow, and nothing of the judgement or the repair.
    '/history/(store|keep|report/parse-report|parse-state|parse-record|parse-lease|memory|former-folder)\\.test\\.ts$',
  ],
  testEnvironment: require.resolve('./first-failure-environment.cjs'),
  runner: '<rootDir>/mutation/first-failure-runner.cjs',
  // A promise that a mutant leaves open ends its test here. The longest test takes some tenths of a second.
  testTimeout: 10_000,
};
