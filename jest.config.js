const transform = {
  '^.+\\.(ts|m?js)$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' } }],
};
const project = {
  testEnvironment: '<rootDir>/test/environment/environment.js',
  transform,
  transformIgnorePatterns: ['/node_modules/(?!(@asamuzakjp|@bramus|@csstools|@exodus|entities|jose|parse5)/)'],
};

/** @type {import('jest').Config} */
module.exports = {
  maxWorkers: '100%',
  // A worker with a larger heap is replaced after its file: garbage collection takes more and more of its time.
  workerIdleMemoryLimit: '400MB',
  testSequencer: '<rootDir>/test/environment/sequencer.js',
  // The second one fails a run with a title that makes no sense alone.
  reporters: ['default', '<rootDir>/test/titles/reporter.mjs'],
  projects: [
    {
      ...project,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['\\.slow\\.test\\.ts$'],
    },
    // What takes seconds because it is large: thousands of findings, a whole page with its rules.
    { ...project, displayName: 'slow', testMatch: ['<rootDir>/test/**/*.slow.test.ts'] },
  ],
  // For every test and hook, in milliseconds. It ends what hangs. A slow machine must never reach it, therefore no test has
  // a shorter limit.
  testTimeout: 600_000,
  collectCoverageFrom: ['{cli,lambda,lib,sandbox}/**/*.ts'],
};
