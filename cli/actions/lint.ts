import { readFileSync } from 'node:fs';
import { type FileProblem, lintPolicy } from '../../lambda/policy/lint';
import { describeProblems } from '../../lambda/report/words/problems';
import type { EnvironmentFile } from '../../lib/environment/environment-file';
import { lintFiles } from '../../lib/environment/lint';
import type { CommandContext } from '../command';
import type { LintOptions } from '../commands/lint';
import type { ExitCode } from '../exit-code';
import { paintFor } from '../screen/colours';
import { TargetError } from '../target-error';

/** Says what a policy, or each environment with its policy, states and cannot mean. Asks nothing of a tenant. */
export async function lint(
  { policyFile, strict }: LintOptions,
  { readEnvironments, terminal }: CommandContext,
): Promise<ExitCode> {
  const problems =
    policyFile === undefined
      ? lintFiles(refuseNone(await readEnvironments()), terminal.now())
      : lintPolicy(readJson(policyFile), { file: policyFile, now: terminal.now() });
  const judged: readonly FileProblem[] = strict
    ? problems.map((problem) => ({ ...problem, severity: 'error' }))
    : problems;
  terminal.print(describeProblems(judged, { mark: paintFor(terminal) }));
  return judged.some(({ severity }) => severity === 'error') ? 2 : 0;
}

/** A check of nothing finds nothing wrong; it was started in another folder, more likely. */
function refuseNone(files: readonly EnvironmentFile[]): readonly EnvironmentFile[] {
  if (files.length > 0) return files;
  throw new TargetError(['lint: there is no file in environments/; to check a policy alone, give --policy FILE']);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new TargetError([`--policy ${file}: ${error instanceof Error ? error.message : String(error)}`]);
  }
}
