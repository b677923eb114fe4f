const { reporters, testTimeout, transform } = require('../../jest.config');

/** @type {import('jest').Config} */
module.exports = {
  rootDir: '../..',
  reporters,
  testMatch: ['<rootDir>/test/package/*.package.ts'],
  transform,
  testTimeout,
};
