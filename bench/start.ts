import { type Measured, measureInTurn, ROOT } from './process-time';

const ROUNDS = 7;
const LINES = [['--help'], ['lint']];
const STARTS = [
  { name: 'sources by tsx', words: [process.execPath, '--import', 'tsx', 'bin/audit.ts'] },
  { name: 'build', words: [process.execPath, 'bin/launch.mjs', 'audit'] },
  { name: 'npm run audit', words: ['npm', 'run', '--silent', 'audit', '--'] },
];

/** The time until the command line has printed and ended: from its build, with npm, and from the sources. */
export async function benchStart(): Promise<string> {
  const rows = [
    `start of the command line, seconds, median of ${ROUNDS}; ratio of CPU time to the sources by tsx`,
    `  ${'line'.padEnd(8)} ${'started as'.padEnd(16)} ${'CPU'.padStart(6)} ${'wall'.padStart(6)} ${'ratio'.padStart(6)}`,
  ];
  for (const line of LINES) {
    const commands = STARTS.map(({ name, words }): Measured => ({ name, words: [...words, ...line], cwd: ROOT }));
    measureInTurn(commands, 1); // Builds, and fills the caches of tsx.
    const times = measureInTurn(commands, ROUNDS);
    for (const { name, cpu, wall } of times) {
      const ratio = (cpu / (times[0]?.cpu ?? cpu)).toFixed(2);
      rows.push(
        `  ${line.join(' ').padEnd(8)} ${name.padEnd(16)} ${cpu.toFixed(2).padStart(6)} ${wall.toFixed(2).padStart(6)} ${ratio.padStart(6)}`,
      );
    }
  }
  return rows.join('\n');
}
