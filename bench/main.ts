import { benchCitizenship } from './citizenship';
import { benchFunction } from './function';
import { benchImport } from './import';
import { benchPolicy } from './policy';
import { benchRemediation } from './remediation';
import { benchRequests, benchTime } from './requests';
import { benchStart } from './start';
import { benchSynth } from './synth';

const BENCHES = [
  benchRequests,
  benchTime,
  benchRemediation,
  benchCitizenship,
  benchFunction,
  benchImport,
  benchPolicy,
  benchStart,
  () => benchSynth(process.argv[2]),
];

/** Prints one table for each benchmark, without assertions. An argument is another checkout, whose `cdk synth` is also measured. */
async function main(): Promise<void> {
  for (const bench of BENCHES) process.stdout.write(`${await bench()}\n\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
