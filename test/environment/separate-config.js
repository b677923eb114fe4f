const {
  projects: [{ transform }],
  reporters,
  testTimeout,
} = require('../../jest.config');

/**
 * The configuration of the tests that `npm test` does not run, for a file in a folder of `test/`.
 *
 * @param {string} testMatch
 * @returns {import('jest').Config}
 */
module.exports = (testMatch) => ({ rootDir: '../..', reporters, testMatch: [testMatch], transform, testTimeout });
