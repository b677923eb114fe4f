import { simulate } from '../../simulation/simulate';

const SEEDS = 300;
/** Each fault, and the first seed that shows the fault if the code contains it. The seed must not show the fault. */
const FOUND: readonly { readonly fault: string; readonly seed: number }[] = [
  { fault: 'a run that ignores that it lost the lease', seed: 9 },
  { fault: 'an unlock that does not wait for the run', seed: 1648 },
  { fault: 'two runs that report the same change', seed: 30 },
  { fault: 'an accepted short listing', seed: 74 },
  { fault: 'an outdated permission to write', seed: 77 },
  { fault: 'an undo without holds', seed: 2 },
  { fault: 'a quarantine that does not count cut runs', seed: 72 },
  { fault: 'an unapplied cap', seed: 3 },
  { fault: 'an event that is reported twice', seed: 393 },
  { fault: 'a run without a message about unreported writes', seed: 358 },
  { fault: 'a lost answer without a look-up in the log', seed: 3629 },
  { fault: 'an unreported write of a cut run that a person reverted', seed: 54 },
  { fault: 'a clock that is set back during a run', seed: 10625 },
];

/** The same faults while the history moves to the folder of the tenant's own domain. */
const MOVED_SEEDS = 150;
const FOUND_IN_MOVES: typeof FOUND = [
  { fault: 'a state that is not carried over', seed: 1 },
  { fault: 'a run that takes one of two leases', seed: 50 },
  { fault: 'a state that is carried over during a run', seed: 561 },
];

describe('simulated tenant', () => {
  it(`a simulated tenant keeps every invariant in ${SEEDS} seeds`, async () => {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const { problems, trace } = await simulate(seed);
      // The error contains the whole trace, so that no one has to run the seed again.
      if (problems.length > 0) throw new Error(`seed ${seed}:\n${problems.join('\n')}\n\n${trace.join('\n')}`);
    }
  }, 120_000);

  it.each(FOUND)('the seed $seed does not show the fault: $fault', async ({ seed }) => {
    expect((await simulate(seed)).problems).toEqual([]);
  });

  it(`a simulated tenant keeps every invariant in ${MOVED_SEEDS} seeds with filled-in options and refused writes`, async () => {
    for (let seed = 1; seed <= MOVED_SEEDS; seed += 1) {
      const { problems, trace } = await simulate(seed, { isOlder: true });
      if (problems.length > 0) throw new Error(`seed ${seed}:\n${problems.join('\n')}\n\n${trace.join('\n')}`);
    }
  }, 120_000);

  it(`a simulated tenant keeps every invariant in ${MOVED_SEEDS} seeds in which its history moves`, async () => {
    for (let seed = 1; seed <= MOVED_SEEDS; seed += 1) {
      const { problems, trace } = await simulate(seed, { isMoved: true });
      if (problems.length > 0) throw new Error(`seed ${seed}:\n${problems.join('\n')}\n\n${trace.join('\n')}`);
    }
  }, 120_000);

  it.each(FOUND_IN_MOVES)(
    'the seed $seed does not show the fault while the history moves: $fault',
    async ({ seed }) => {
      expect((await simulate(seed, { isMoved: true })).problems).toEqual([]);
    },
  );

  it('a seed has the same trace each time', async () => {
    const [once, again] = [await simulate(7), await simulate(7)];
    expect(again.trace).toEqual(once.trace);
    expect(once.trace.length).toBeGreaterThan(100);
  });

  it('the seeds include kills, undos of active runs, unlocks and late reports of changes', async () => {
    const traces: string[] = [];
    for (let seed = 1; seed <= 100; seed += 1) traces.push(...(await simulate(seed)).trace);
    for (const event of [
      /KILLED/,
      / WRITE con_/,
      /ANSWER LOST/,
      /waits \d+ ms for/,
      /unlock of 20/,
      / [1-9]\d* earlier,/,
      /duplicate event/,
    ]) {
      expect(traces.filter((line) => event.test(line)).length).toBeGreaterThan(5);
    }
  });
});
