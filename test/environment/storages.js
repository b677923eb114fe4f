const { AsyncLocalStorage } = require('node:async_hooks');

/**
 * Collects each AsyncLocalStorage that runs a function from now on. The returned function ends this, and disables these
 * storages.
 *
 * Before Node.js 24, a storage that was used one time adds work to each promise of the process until `disable()`:
 * https://nodejs.org/docs/latest-v20.x/api/async_context.html#asynclocalstoragedisable.
 */
function collectStorages() {
  const used = new Set();
  const { run } = AsyncLocalStorage.prototype;
  AsyncLocalStorage.prototype.run = function (...given) {
    used.add(this);
    return run.apply(this, given);
  };
  return () => {
    AsyncLocalStorage.prototype.run = run;
    for (const storage of used) storage.disable();
  };
}

module.exports = { collectStorages };
