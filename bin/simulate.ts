#!/usr/bin/env tsx
import { parseArgs } from 'node:util';
import { simulate } from '../simulation/simulate';

/**
 * Simulates seeds one after the other. With `--moved`, the history moves to another folder. With `--older`, Auth0 adds
 * options to some connections and refuses writes to others. Returns 0 if all invariants hold, 1 if an invariant does not
 * hold (its trace is printed), 2 for wrong usage.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string' },
      from: { type: 'string' },
      moved: { type: 'boolean' },
      older: { type: 'boolean' },
    },
  });
  const { seeds = '1000', from = '1', moved: isMoved = false, older: isOlder = false } = values;
  if (!/^\d{1,9}$/.test(seeds) || !/^\d{1,9}$/.test(from)) {
    process.stderr.write('Usage: npm run simulate -- [--seeds N] [--from SEED] [--moved] [--older]\n');
    return 2;
  }
  const begun = Date.now();
  const totals = { runs: 0, writes: 0, kills: 0 };
  for (let seed = Number(from); seed < Number(from) + Number(seeds); seed += 1) {
    const { problems, trace, runs, writes, kills } = await simulate(seed, { isMoved, isOlder });
    totals.runs += runs;
    totals.writes += writes;
    totals.kills += kills;
    if (problems.length > 0) {
      process.stdout.write(`${trace.join('\n')}\n\nSeed ${seed}:\n${problems.map((one) => `- ${one}`).join('\n')}\n`);
      return 1;
    }
  }
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  process.stdout.write(
    `${seeds} seeds from ${from}: every invariant holds (${totals.runs} runs, ${totals.writes} writes, ${totals.kills} kills, ${seconds} s)\n`,
  );
  return 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(
      `The simulation failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = 2;
  },
);
