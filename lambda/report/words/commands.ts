import { killSwitchParameter } from '../../contract';
import type { Finding } from '../../judge/finding';
import type { Report } from '../../judge/report';
import { makeVisible } from '../text/harmless';

/** A text that a shell takes as one word, as it stands. Anything else in a command to copy would be a trap. */
const WORD = /^[A-Za-z0-9_][A-Za-z0-9_.:/-]*$/;

/** `npm run audit -- check --environment prod`: the CLI, as a person types it. */
export function npmCommand(environment: string, subcommand?: Subcommand): string {
  return `npm run audit -- ${subcommand === undefined ? '' : `${subcommand} `}--environment ${nameOf(environment)}`;
}

type Subcommand = 'audit' | 'check' | 'undo' | 'unlock' | 'changes' | 'accept-empty-listing';

/** Puts back what a run wrote, wherever it still is as written. It shows the changes and asks first. */
export function undoCommand({ runId, ...run }: KeptRun & Pick<Report, 'runId'>): string[] {
  return onHistory(run, 'undo', `--run ${idOr(runId, 'RUN_ID')}`);
}

/** Shows who holds the lease on the tenant, and asks before it ends it. */
export function unlockCommand(run: KeptRun): string[] {
  return onHistory(run, 'unlock');
}

/** Lists what runs and people changed. */
export function changesCommand(run: KeptRun): string[] {
  return onHistory(run, 'changes');
}

/** Confirms that the tenant has no connections any more. It asks first. */
export function acceptEmptyCommand(run: KeptRun): string[] {
  return onHistory(run, 'accept-empty-listing');
}

/** Where the record of a run is kept: only what the function kept itself is elsewhere than a reader's own. */
type KeptRun = Pick<Report, 'environment' | 'places'>;

/** A command on the history that a run was kept in, one option to a line. */
function onHistory(
  { environment, places }: KeptRun,
  subcommand: Subcommand | undefined,
  ...options: string[]
): string[] {
  const bucket = /^(s3:\/\/[a-z0-9.-]{3,63})\//.exec(places?.record ?? '')?.[1];
  const all = [...(bucket === undefined ? [] : [`--history ${bucket}`]), ...options].map((option) => `    ${option}`);
  const lines = [`  ${npmCommand(environment, subcommand)}`, ...all];
  return lines.map((line, index) => (index < lines.length - 1 ? `${line} \\` : line));
}

/** Lets a connection be repaired again whose repair a person undid. */
export function releaseCommand(run: KeptRun, connectionId: string | undefined): string[] {
  const id = connectionId === undefined ? 'CONNECTION_OR_RUN_ID' : idOr(connectionId, 'CONNECTION_ID');
  return onHistory(run, 'undo', `--release ${id}`);
}

/** So many connections are named in one command. */
const RETRIED = 10;

/** Tries connections again that rest after refusals, the first of many. It shows every change and asks first. */
export function retryCommand(run: KeptRun, resting: readonly Pick<Finding, 'connection'>[]): string[] {
  const ids = resting.slice(0, RETRIED).map(({ connection }) => idOr(connection.id, 'ID'));
  return onHistory(run, 'audit', `--mode remediate --retry ${ids.join(',')}`);
}

/** A plan that is larger than the environment allows, after all. It shows the changes and asks first. */
export function largePlanCommand(run: KeptRun, planned: number): string[] {
  return onHistory(run, undefined, `--mode remediate --max-changes ${planned} --max-percent 100`);
}

/** A command of several lines, as it stands in a text. */
export function inOneLine(command: readonly string[]): string {
  return command.map((line) => line.replace(/\\$/, '').trim()).join(' ');
}

/** Sets the kill switch of an environment to let its runs write. */
export function allowWritesCommand(environment: string): string[] {
  return [
    '  aws ssm put-parameter --overwrite --value allow \\',
    `    --name ${killSwitchParameter(nameOf(environment))}`,
  ];
}

/** The function again, at once: asynchronous like the schedule, so that its failure goes the same way. */
export function invokeCommand(functionName: string): string[] {
  return [
    '  aws lambda invoke --invocation-type Event \\',
    `    --function-name ${shellWord(functionName, 'FUNCTION')} /dev/null`,
  ];
}

/** The text itself where a shell takes it as it stands, else a word that says what to put there. */
export function shellWord(text: string, otherwise: string): string {
  return WORD.test(text) && text.length <= 256 ? makeVisible(text, 256) : otherwise;
}

function nameOf(environment: string): string {
  return WORD.test(environment) && environment.length <= 32 ? environment : 'NAME';
}

/** No id of ours or of Auth0's is longer, and the line must hold it. */
const ID_CHARACTERS = 56;

function idOr(id: string, otherwise: string): string {
  return id.length <= ID_CHARACTERS ? shellWord(id, otherwise) : otherwise;
}
