const {
  projects: [{ transform }],
  reporters,
  testTimeout,
} = require('../../jest.config');

/** @type {import('jest').Config} */
module.exports = {
  rootDir: '../..',
  reporters,
  testMatch: ['<rootDir>/test/browser/*.browser.ts'],
  transform,
  testTimeout,
};
