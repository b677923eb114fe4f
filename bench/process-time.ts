import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { median } from './median';

export const ROOT = path.join(__dirname, '..');

/** A command with its arguments, and the folder in which it runs. */
export interface Measured {
  readonly name: string;
  readonly words: readonly string[];
  readonly cwd: string;
  /** Runs before each round. Its time does not count. */
  readonly prepare?: () => void;
}

/** Times in seconds, each the median of the rounds. */
export interface ProcessTime {
  readonly name: string;
  /** User and system time of the process and of every process that it waited for. */
  readonly cpu: number;
  readonly wall: number;
}

/** Runs the commands in turn, round after round, so that other work on the machine affects all commands equally. */
export function measureInTurn(commands: readonly Measured[], rounds: number): readonly ProcessTime[] {
  const times = commands.map((): { cpu: number; wall: number }[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, command] of commands.entries()) times[index]?.push(measure(command));
  }
  return commands.map(({ name }, index) => ({
    name,
    cpu: median((times[index] ?? []).map(({ cpu }) => cpu)),
    wall: median((times[index] ?? []).map(({ wall }) => wall)),
  }));
}

function measure({ words, cwd, prepare }: Measured): { cpu: number; wall: number } {
  prepare?.();
  const begun = performance.now();
  // A shell reports the times of its children: https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_27
  const told = execFileSync('sh', ['-c', '"$@" >/dev/null 2>&1 || exit; times', 'sh', ...words], {
    cwd,
    encoding: 'utf8',
  });
  const wall = (performance.now() - begun) / 1000;
  const [, children = ''] = told.trim().split('\n');
  const cpu = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
  return { cpu, wall };
}
