import type { Command } from '../command';
import { acceptEmptyListingCommand } from './accept-empty-listing';
import { auditCommand } from './audit';
import { baselineCommand } from './baseline';
import { changesCommand } from './changes';
import { checkCommand } from './check';
import { explainCommand } from './explain';
import { fillSecretCommand } from './fill-secret';
import { lintCommand } from './lint';
import { undoCommand } from './undo';
import { unlockCommand } from './unlock';

/** What is meant where no command is named. */
export const DEFAULT_COMMAND = auditCommand;

/** Every command, in the order in which a usage lists them. */
export const COMMANDS: readonly Command[] = [
  DEFAULT_COMMAND,
  checkCommand,
  explainCommand,
  lintCommand,
  baselineCommand,
  fillSecretCommand,
  undoCommand,
  changesCommand,
  unlockCommand,
  acceptEmptyListingCommand,
];
