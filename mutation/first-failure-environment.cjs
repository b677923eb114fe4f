const { default: NodeEnvironment } = require('jest-environment-node');

/**
 * Skips the tests of a file after the first one that fails. A mutant that leaves a promise open would cost each of them
 * its whole time limit.
 */
module.exports = class FirstFailureEnvironment extends NodeEnvironment {
  hasFailed = false;

  handleTestEvent(event) {
    if (event.name === 'test_fn_failure') this.hasFailed = true;
    if (event.name === 'test_start' && this.hasFailed) event.test.mode = 'skip';
  }
};
