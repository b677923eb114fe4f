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

/** Placeholders for the values that a message would contain. */
const PLACE = { environment: toWord('NAME'), region: toWord('REGION'), functionName: toWord('FUNCTION') };

const ROWS: readonly (readonly [what: string, command: Command | undefined])[] = [
  ['List all findings', auditCommand(PLACE)],
  ['Check domain, credentials, scopes and deployment', checkCommand(PLACE)],
  ['List the changes of runs and operators', changesCommand(PLACE)],
  ['Undo the changes of a run (asks first)', undoCommand(PLACE, 'RUN_ID')],
  ['Release the hold of one connection, or all holds of one undo', releaseCommand(PLACE, 'CONNECTION_OR_RUN_ID')],
  ['Retry paused connections (asks first)', retryCommand(PLACE, ['CONNECTION_ID'])],
  ['Show which run has the lease, and end the lease (asks first)', unlockCommand(PLACE)],
  ['Confirm that the tenant has no connections (asks first)', acceptEmptyCommand(PLACE)],
  ['Write the credentials of the Auth0 application into the secret', fillSecretCommand(PLACE)],
  ['Stop all writes', stopWritesCommand(PLACE)],
  ['Allow writes again', allowWritesCommand(PLACE)],
  ['Start a run of the function', invokeCommand(PLACE)],
  ['Deploy', deployCommand(PLACE)],
];

/** The table of the runbook's commands, made by the same functions as the commands in messages. */
export function commandsTable(): string {
  const rows = ROWS.map(([what, command]) => [what, command === undefined ? '' : code(inOneLine(command))]);
  return table(['Task', 'Command'], rows);
}
