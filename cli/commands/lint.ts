import { readFileSync } from 'node:fs';
import { type FileProblem, lintPolicy } from '../../lambda/policy/lint';
import { describeProblems } from '../../lambda/report/words/problems';
import type { EnvironmentFile } from '../../lib/environment/environment-file';
import { lintFiles } from '../../lib/environment/lint';
import { defineCommand } from '../command';
import { POLICY } from '../command-options';
import type { ExitCode } from '../exit-code';
import { toggle } from '../option';
import { TargetError } from '../target';
import type { Terminal } from '../terminal';

export const lintCommand = defineCommand({
  name: 'lint',
  summary: 'Checks the environment files and policies for mistakes',
  options: {
    policyFile: { ...POLICY, help: 'policy file (JSON) to check instead of the environment files' },
    strict: toggle({ name: 'strict', help: 'warnings count as errors' }),
  },
  example: 'lint',
  exitCodes: { 0: 'no errors', 2: 'errors, or wrong usage' },
  run: (options, { environments, terminal }) => lint(options, environments, terminal),
});

/** Says what a policy, or each environment with its policy, states and cannot mean. Asks nothing of a tenant. */
async function lint(
  { policyFile, strict }: { policyFile: string | undefined; strict: boolean },
  environments: readonly EnvironmentFile[],
  terminal: Terminal,
): Promise<ExitCode> {
  const problems =
    policyFile === undefined
      ? lintFiles(environments, terminal.now())
      : lintPolicy(readJson(policyFile), { file: policyFile, now: terminal.now() });
  const judged: readonly FileProblem[] = strict
    ? problems.map((problem) => ({ ...problem, severity: 'error' }))
    : problems;
  terminal.print(describeProblems(judged));
  return judged.some(({ severity }) => severity === 'error') ? 2 : 0;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new TargetError([`--policy ${file}: ${error instanceof Error ? error.message : String(error)}`]);
  }
}
