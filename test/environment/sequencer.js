const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * The slow test files first. Jest sorts by the durations of earlier runs, and a clean checkout has none. The heap of a worker
 * grows with each file, and garbage collection of a large heap makes the slow files slower.
 */
class SlowFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isSlow = ({ path }) => path.endsWith('.slow.test.ts');
    return [...sorted.filter(isSlow), ...sorted.filter((test) => !isSlow(test))];
  }
}

module.exports = SlowFirst;
