import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { replay } from '../sandbox/replay/conformance';
import { agrees, describeConformance } from '../sandbox/replay/conformance-report';
import { readRecordings } from '../sandbox/replay/recording';

/** Replays recordings against the sandbox. Returns 0 if all agree, 1 if an answer differs, 2 if the recordings cannot be read. */
async function main(): Promise<number> {
  const folder = readFolder();
  if (folder === undefined) return 2;
  const read = await readRecordings(folder);
  if (!read.ok) {
    process.stderr.write(`These recordings cannot be replayed (docs/conformance.md describes their format):\n`);
    for (const problem of read.problems) process.stderr.write(`  ${problem}\n`);
    return 2;
  }
  process.stdout.write(`Replaying ${read.recordings.length} recording(s) from ${folder}\n\n`);
  const results = [];
  for (const recording of read.recordings) results.push(await replay(recording));
  process.stdout.write(describeConformance(results));
  return agrees(results) ? 0 : 1;
}

function readFolder(): string | undefined {
  try {
    const { positionals } = parseArgs({ allowPositionals: true });
    if (positionals.length <= 1) return positionals[0] ?? join(__dirname, '../sandbox/replay/recordings');
  } catch {
    // An option was given, but this command has none.
  }
  process.stderr.write('Usage: npm run conformance -- [FOLDER]\n');
  return undefined;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`conformance failed: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
