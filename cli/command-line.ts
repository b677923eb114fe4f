import { HistoryFailure } from '../lambda/history/history';
import { LAUNCHERS } from '../lambda/report/commands/place';
import { name, version } from '../package.json';
import { parseArguments, UsageError } from './arguments';
import type { CommandContext } from './command';
import type { ExitCode } from './exit-code';
import { TargetError } from './target-error';
import { describeCommand, describeCommandLine } from './usage';

/**
 * Runs the command that the arguments name. Writes an error of usage or setup, or a failure of the history, to stderr
 * and returns exit code 2.
 */
export async function runCommandLine(words: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { terminal, launcher } = context;
  const { print, note } = terminal;
  try {
    const request = parseArguments(words);
    if (request.kind === 'run') return await request.run(context);
    const program = LAUNCHERS[launcher];
    if (request.kind === 'version') print(`${name} ${version}`);
    else
      print(request.command === undefined ? describeCommandLine(program) : describeCommand(request.command, program));
    return 0;
  } catch (error) {
    const problem = error instanceof HistoryFailure ? new TargetError([error.message]) : error;
    if (!(problem instanceof UsageError || problem instanceof TargetError)) throw error;
    note(problem.message);
    if (problem instanceof UsageError) {
      const { command } = problem;
      note(`For usage, run: ${LAUNCHERS[launcher]} ${command === undefined ? '' : `${command} `}--help`);
    }
    return 2;
  }
}
