import { allowWritesCommand } from './aws';
import type { Command } from './command';
import { checkCommand, historyCommand } from './npm';
import type { CommandPlace } from './place';

/** The commands that the texts of remedies refer to. */
export const REMEDY_COMMANDS = {
  check: checkCommand,
  history: historyCommand,
  allow_writes: allowWritesCommand,
} as const satisfies Readonly<Record<string, (place: CommandPlace) => Command | undefined>>;
