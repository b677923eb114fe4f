import { benchCitizenship } from './citizenship';
import { benchImport } from './import';
import { benchMemory } from './memory';
import { benchPolicy } from './policy';
import { benchRemediation } from './remediation';
import { benchRequests, benchTime } from './requests';

const BENCHES = [benchRequests, benchTime, benchRemediation, benchCitizenship, benchMemory, benchImport, benchPolicy];

/** Prints one table each; nothing is asserted. */
async function main(): Promise<void> {
  for (const bench of BENCHES) process.stdout.write(`${await bench()}\n\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
