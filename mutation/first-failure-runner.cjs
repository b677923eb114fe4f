const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { default: JestRunner } = require('jest-runner');

/** In Stryker's copy of the project, which is gone after the run. */
const KNOWN_FILE = path.join(__dirname, 'known-tests.json');

/**
 * The names of each test file's tests and how long they took (milliseconds), from the run without a mutant. On disk,
 * since Stryker starts a new process now and then.
 * @type {Map<string, { readonly names: readonly string[], readonly milliseconds: number }>}
 */
const known = new Map(existsSync(KNOWN_FILE) ? JSON.parse(readFileSync(KNOWN_FILE, 'utf8')) : []);

/** The test file that failed last: mutants come in the order of the source, and it often kills the next one too. */
let killer = '';

/**
 * Runs the test files one after the other, the likeliest to fail and the fastest first, and none after the first that
 * fails: one failure kills the mutant. A file none of whose tests Stryker asks for is not loaded. Stryker itself does
 * neither: it turns Jest's `bail` off, which has no effect where a program calls Jest
 * (https://github.com/jestjs/jest/issues/11766), and gives Jest a pattern of test names only.
 */
module.exports = class FirstFailureRunner extends JestRunner {
  async runTests(tests, watcher, options) {
    const isMutated = process.env.__STRYKER_ACTIVE_MUTANT__ !== undefined;
    let hasFailed = false;
    this.on('test-file-success', ([test, { testResults, numFailingTests, perfStats, testExecError }]) => {
      hasFailed ||= numFailingTests > 0 || testExecError !== undefined;
      if (numFailingTests > 0) killer = test.path;
      const names = testResults.map(({ fullName }) => fullName);
      if (!isMutated) known.set(test.path, { names, milliseconds: perfStats.end - perfStats.start });
    });
    this.on('test-file-failure', () => {
      hasFailed = true;
    });
    const asked = new RegExp(this._globalConfig.testNamePattern || '', 'i');
    const wanted = tests.filter((test) => known.get(test.path)?.names.some((name) => asked.test(name)) ?? true);
    for (const test of wanted.toSorted((a, b) => timeOf(a) - timeOf(b))) {
      if (hasFailed && isMutated) return;
      await super.runTests([test], watcher, options);
    }
    if (!isMutated) writeFileSync(KNOWN_FILE, JSON.stringify([...known]));
  }
};

function timeOf(test) {
  if (test.path === killer) return 0;
  return known.get(test.path)?.milliseconds ?? 0;
}
