import type { CommandContext } from '../../cli/command';
import type { EnvironmentFile } from '../../lib/environment/environment-file';

/** The context of a command in the repository, with these environments. */
export function contextOf(
  files: readonly EnvironmentFile[],
  terminal: CommandContext['terminal'],
  launcher: CommandContext['launcher'] = 'repository',
  starter?: CommandContext['starter'],
): CommandContext {
  return { launcher, readEnvironments: async () => files, starter, terminal };
}
