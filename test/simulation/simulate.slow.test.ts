import { simulate } from '../../simulation/simulate';

const SEEDS = 300;
/** Seeds in one test. Small, so that no test comes near the time limit of Jest on a slow machine. */
const SEEDS_IN_ONE = 50;
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

/** Events that the seeds of each test must include several times, so that the invariants are tested with each of them. */
const EVENTS: readonly { readonly event: string; readonly line: RegExp }[] = [
  { event: 'a killed run', line: /KILLED/ },
  { event: 'a write', line: / WRITE con_/ },
  { event: 'a lost answer', line: /ANSWER LOST/ },
  { event: 'a wait for another run', line: /waits \d+ ms for/ },
  { event: 'an unlock', line: /unlock of 20/ },
  { event: 'a late report of changes', line: / [1-9]\d* earlier,/ },
  { event: 'a duplicate event', line: /duplicate event/ },
];

/** The first and last seeds of the tests. */
function chunksOf(seeds: number): { readonly from: number; readonly to: number }[] {
  const count = seeds / SEEDS_IN_ONE;
  return Array.from({ length: count }, (_, index) => ({
    from: index * SEEDS_IN_ONE + 1,
    to: (index + 1) * SEEDS_IN_ONE,
  }));
}

/** Simulates consecutive seeds, and returns their traces. */
async function keepInvariants(from: number, to: number, how: Parameters<typeof simulate>[1] = {}): Promise<string[]> {
  const traces: string[] = [];
  for (let seed = from; seed <= to; seed += 1) {
    const { problems, trace } = await simulate(seed, how);
    // The error contains the whole trace, so that no one has to run the seed again.
    if (problems.length > 0) throw new Error(`seed ${seed}:\n${problems.join('\n')}\n\n${trace.join('\n')}`);
    traces.push(...trace);
  }
  return traces;
}

describe('simulated tenant', () => {
  it.each(chunksOf(SEEDS))(
    'a simulated tenant keeps every invariant in the seeds $from to $to, which include every event',
    async ({ from, to }) => {
      const trace = await keepInvariants(from, to);
      const isRare = ({ line }: { readonly line: RegExp }) => trace.filter((each) => line.test(each)).length < 3;
      expect(EVENTS.filter(isRare)).toEqual([]);
    },
  );

  it.each(FOUND)('the seed $seed does not show the fault: $fault', async ({ seed }) => {
    expect((await simulate(seed)).problems).toEqual([]);
  });

  it.each(chunksOf(MOVED_SEEDS))(
    'a simulated tenant keeps every invariant in the seeds $from to $to with filled-in options and refused writes',
    async ({ from, to }) => {
      await keepInvariants(from, to, { isOlder: true });
    },
  );

  it.each(chunksOf(MOVED_SEEDS))(
    'a simulated tenant keeps every invariant in the seeds $from to $to in which its history moves',
    async ({ from, to }) => {
      await keepInvariants(from, to, { isMoved: true });
    },
  );

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
});
