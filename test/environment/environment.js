const { AsyncLocalStorage } = require('node:async_hooks');
const { TestEnvironment } = require('jest-environment-node');

/**
 * The environment of Jest for Node.js, which also disables each AsyncLocalStorage that the test file used.
 *
 * Since version 30.5, Jest loads jest-circus again for each test file, and runs each test in an AsyncLocalStorage of
 * jest-circus. Before Node.js 24, a storage that was used one time adds work to each promise of the process until
 * `disable()`: https://nodejs.org/docs/latest-v20.x/api/async_context.html#asynclocalstoragedisable. Without this class, each
 * file makes all later files of its worker slower.
 */
class DisablingEnvironment extends TestEnvironment {
  #run = AsyncLocalStorage.prototype.run;
  #used = new Set();

  async setup() {
    await super.setup();
    const used = this.#used;
    const run = this.#run;
    AsyncLocalStorage.prototype.run = function (...given) {
      used.add(this);
      return run.apply(this, given);
    };
  }

  async teardown() {
    AsyncLocalStorage.prototype.run = this.#run;
    for (const storage of this.#used) storage.disable();
    await super.teardown();
  }
}

module.exports = DisablingEnvironment;
