import { HistoryFailure } from '../lambda/history/history';
import { parseArguments, UsageError } from './arguments';
import type { CommandContext } from './command';
import type { ExitCode } from './exit-code';
import { TargetError } from './target-error';
import { describeCommand, describeCommandLine } from './usage';

/**
 * Runs the command that the words after `npm run audit --` name. A mistake in usage or setup, or a history that
 * fails: stderr, exit code 2.
 */
export async function runCommandLine(words: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { print, note } = context.terminal;
  try {
    const request = parseArguments(words);
    if (request.kind === 'run') return await request.run(context);
    print(request.command === undefined ? describeCommandLine() : describeCommand(request.command));
    return 0;
  } catch (error) {
    const problem = error instanceof HistoryFailure ? new TargetError([error.message]) : error;
    if (!(problem instanceof UsageError || problem instanceof TargetError)) throw error;
    note(problem.message);
    return 2;
  }
}
