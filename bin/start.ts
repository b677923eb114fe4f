#!/usr/bin/env tsx
import { openDemo } from '../demo/nights';
import { describePlayed, keepReport } from '../demo/present';
import { lastNightBefore } from '../demo/schedule';

/** Runs nights of an emulated tenant: the deployed handler with a separate policy, against emulated Auth0 and AWS. */
async function main(): Promise<void> {
  const demo = await openDemo({ lastNight: lastNightBefore(Date.now()) });
  try {
    Object.assign(process.env, demo.forSdk);
    const played = await demo.play();
    process.stdout.write(describePlayed({ ...played, report: keepReport(played.report) }));
  } finally {
    await demo.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
