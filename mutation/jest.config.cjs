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
    // A second and more each: they say of every strategy, of many connections or of two runs what the others say of one.
    '/repair/sandbox/(continuing|damage|editors|strategies|thousand|undo-run)\\.test\\.ts$',
    // The formats of what is kept: slow, and nothing of the judgement or the repair.
    '/history/(store|keep|report/parse-report|parse-state|parse-record|parse-lease|memory|former-folder)\\.test\\.ts$',
  ],
  testEnvironment: require.resolve('./first-failure-environment.cjs'),
  runner: '<rootDir>/mutation/first-failure-runner.cjs',
  // The longest test takes a second on a machine that does nothing else. A promise that a mutant leaves open ends its test here.
  testTimeout: 5_000,
};
