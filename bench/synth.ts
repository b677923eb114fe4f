import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Measured, measureInTurn, ROOT } from './process-time';

const ROUNDS = 5;

/**
 * The CPU time of `cdk synth`, which synthesizes every environment. `other`: another checkout of the project with installed
 * packages, for example of an earlier version. It is measured in turn with this checkout.
 */
export async function benchSynth(other: string | undefined): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-synth-'));
  try {
    const words = ['npx', 'cdk', 'synth', '--quiet', '--no-notices', '--output', path.join(folder, 'out')];
    const commands: Measured[] = [
      { name: 'fresh builds', words, cwd: ROOT },
      { name: 'after a change', words, cwd: ROOT, prepare: forgetBuilds },
      ...(other === undefined ? [] : [{ name: 'other checkout', words, cwd: path.resolve(other) }]),
    ];
    measureInTurn(commands, 1); // Builds.
    // A synthesis after a change leaves fresh builds.
    const times = measureInTurn(commands, ROUNDS);
    const base = times.at(-1)?.cpu ?? 0;
    return [
      `cdk synth, seconds, median of ${ROUNDS}; ratio of CPU time to the last row`,
      `  ${'synthesis'.padEnd(16)} ${'CPU'.padStart(6)} ${'wall'.padStart(6)} ${'ratio'.padStart(6)}`,
      ...times.map(
        ({ name, cpu, wall }) =>
          `  ${name.padEnd(16)} ${cpu.toFixed(2).padStart(6)} ${wall.toFixed(2).padStart(6)} ${(cpu / base).toFixed(2).padStart(6)}`,
      ),
    ].join('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Makes the next synthesis rebuild the code of the function and the app. */
function forgetBuilds(): void {
  for (const name of ['handler', 'app']) rmSync(path.join(ROOT, 'dist', `${name}.json`), { force: true });
}
