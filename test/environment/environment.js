const { TestEnvironment } = require('jest-environment-node');
const { collectStorages } = require('./storages');

/**
 * The environment of Jest for Node.js, which also disables each AsyncLocalStorage that the test file used.
 *
 * Since version 30.5, Jest loads jest-circus again for each test file, and runs each test in an AsyncLocalStorage of
 * jest-circus. Without this class, each file makes all later files of its worker slower.
 */
class DisablingEnvironment extends TestEnvironment {
  #disableStorages = () => {};

  async setup() {
    await super.setup();
    this.#disableStorages = collectStorages();
  }

  async teardown() {
    this.#disableStorages();
    await super.teardown();
  }
}

module.exports = DisablingEnvironment;
