import { readFileSync } from 'node:fs';
import { type FileProblem, lintPolicy } from '../../lambda/policy/lint';
import { describeProblems } from '../../lambda/report/words/problems';
import type { EnvironmentFile } from '../../lib/environment/environment-file';
import { lintFiles } from '../../lib/environment/lint';
import type { CommandContext } from '../command';
import type { LintOptions } from '../commands/lint';
import type { ExitCode } from '../exit-code';
import { writeJsonResult } from '../formats/json-result';
import { paintFor } from '../screen/colours';
import { TargetError } from '../target-error';

/** Checks a policy, or each environment with its policy, for mistakes. Sends no request to a tenant. */
export async function lint(
  { policyFile, strict, format }: LintOptions,
  { readEnvironments, terminal }: CommandContext,
): Promise<ExitCode> {
  const found =
    policyFile === undefined
      ? lintFiles(refuseNone(await readEnvironments()), terminal.now())
      : lintPolicy(readJson(policyFile), { file: policyFile, now: terminal.now() });
  const problems: readonly FileProblem[] = strict ? found.map((problem) => ({ ...problem, severity: 'error' })) : found;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const exitCode = errors > 0 ? 2 : 0;
  terminal.print(
    format === 'json'
      ? writeJsonResult('lint', { exitCode, errors, warnings: problems.length - errors, problems })
      : describeProblems(problems, { mark: paintFor(terminal) }),
  );
  return exitCode;
}

/** Without files there is nothing to check. The command was probably started in the wrong folder. */
function refuseNone(files: readonly EnvironmentFile[]): readonly EnvironmentFile[] {
  if (files.length > 0) return files;
  throw new TargetError(['lint: there is no file in environments/; to check only a policy, give --policy FILE']);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new TargetError([`--policy ${file}: ${error instanceof Error ? error.message : String(error)}`]);
  }
}
