import { type Command, loadOnDemand } from '../command';
import { acceptEmptyListingCommand } from './accept-empty-listing';
import { auditCommand } from './audit';
import { baselineCommand } from './baseline';
import { changesCommand } from './changes';
import { checkCommand } from './check';
import { explainCommand } from './explain';
import { fillSecretCommand } from './fill-secret';
import { historyCommand } from './history';
import { initCommand } from './init';
import { lintCommand } from './lint';
import { reportCommand } from './report';
import { undoCommand } from './undo';
import { unlockCommand } from './unlock';

/** The command if none is named. */
export const DEFAULT_COMMAND = loadOnDemand(auditCommand, async () => (await import('../actions/audit')).audit);

/** Every command, in the order of the usage. The code of a command is loaded when it runs. */
export const COMMANDS: readonly Command[] = [
  DEFAULT_COMMAND,
  loadOnDemand(initCommand, async () => (await import('../actions/init')).initialize),
  loadOnDemand(checkCommand, async () => (await import('../actions/check')).check),
  loadOnDemand(explainCommand, async () => (await import('../actions/explain')).explainConnection),
  loadOnDemand(lintCommand, async () => (await import('../actions/lint')).lint),
  loadOnDemand(baselineCommand, async () => (await import('../actions/baseline')).draftPolicy),
  loadOnDemand(fillSecretCommand, async () => (await import('../actions/fill-secret')).fillSecret),
  loadOnDemand(undoCommand, async () => (await import('../actions/undo')).undo),
  loadOnDemand(historyCommand, async () => (await import('../actions/history')).listHistory),
  loadOnDemand(reportCommand, async () => (await import('../actions/report')).writeReport),
  loadOnDemand(changesCommand, async () => (await import('../actions/changes')).listChanges),
  loadOnDemand(unlockCommand, async () => (await import('../actions/unlock')).unlockTenant),
  loadOnDemand(
    acceptEmptyListingCommand,
    async () => (await import('../actions/accept-empty-listing')).acceptEmptyListing,
  ),
];
