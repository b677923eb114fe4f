import { allowWritesCommand } from './aws';
import type { Command } from './command';
import { checkCommand, historyCommand } from './npm';
import type { CommandPlace } from './place';

/** The commands that words name as what to do. */
export const REMEDY_COMMANDS = {
  check: checkCommand,
  history: historyCommand,
  allow_writes: allowWritesCommand,
} as const satisfies Readonly<Record<string, (place: CommandPlace) => Command | undefined>>;
