import { allowWritesCommand, invokeCommand, stopWritesCommand } from '../lambda/report/commands/aws';
import { type Command, inOneLine, toWord } from '../lambda/report/commands/command';
import {
  acceptEmptyCommand,
  auditCommand,
  changesCommand,
  checkCommand,
  fillSecretCommand,
  releaseCommand,
  retryCommand,
  undoCommand,
  unlockCommand,
} from '../lambda/report/commands/npm';
import { deployCommand } from '../lambda/report/commands/project';
import { code, table } from './markdown';

/** Words to be replaced, in place of what a message knows. */
const PLACE = { environment: toWord('NAME'), region: toWord('REGION'), functionName: toWord('FUNCTION') };

const ROWS: readonly (readonly [what: string, command: Command | undefined])[] = [
  ['List every finding', auditCommand(PLACE)],
  ['Check domain, credentials, scopes and deployment', checkCommand(PLACE)],
  ['List what runs and people changed', changesCommand(PLACE)],
  ['Put back what a run changed (asks first)', undoCommand(PLACE, 'RUN_ID')],
  ['End the hold of a connection, or of all that one undo held', releaseCommand(PLACE, 'CONNECTION_OR_RUN_ID')],
  ['Try connections that rest (asks first)', retryCommand(PLACE, ['CONNECTION_ID'])],
  ['Show who has the lease; end it (asks first)', unlockCommand(PLACE)],
  ['Confirm that the tenant has no connections (asks first)', acceptEmptyCommand(PLACE)],
  ['Write the credentials of the Auth0 application into the secret', fillSecretCommand(PLACE)],
  ['Stop all writes', stopWritesCommand(PLACE)],
  ['Allow writes again', allowWritesCommand(PLACE)],
  ['Start a run of the function', invokeCommand(PLACE)],
  ['Deploy', deployCommand(PLACE)],
];

/** Every command of the runbook, by the one maker of commands. */
export function commandsTable(): string {
  const rows = ROWS.map(([what, command]) => [what, command === undefined ? '' : code(inOneLine(command))]);
  return table(['To', 'Command'], rows);
}
