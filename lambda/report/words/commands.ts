import { killSwitchParameter } from '../../contract';
import type { Report } from '../../judge/report';
import { makeVisible } from '../text/harmless';

/** A text that a shell takes as one word, as it stands. Anything else in a command to copy would be a trap. */
const WORD = /^[A-Za-z0-9_][A-Za-z0-9_.:/-]*$/;

/** `npm run audit -- check --environment prod`: the CLI, as a person types it. */
export function npmCommand(environment: string, subcommand?: 'check' | 'undo'): string {
  return `npm run audit -- ${subcommand === undefined ? '' : `${subcommand} `}--environment ${nameOf(environment)}`;
}

/** Puts back what a run wrote, wherever it still is as written. It shows the changes and asks first. */
export function undoCommand({ environment, runId, places }: UndoneRun): string[] {
  const bucket = /^(s3:\/\/[a-z0-9.-]{3,63})\//.exec(places?.record ?? '')?.[1];
  return [
    `  ${npmCommand(environment, 'undo')} \\`,
    ...(bucket === undefined ? [] : [`    --history ${bucket} \\`]),
    `    --run ${idOr(runId, 'RUN_ID')}`,
  ];
}

/** Whose run it was, and where its record is kept: only what the function kept itself is elsewhere than a reader's own. */
type UndoneRun = Pick<Report, 'environment' | 'runId' | 'places'>;

/** Lets a connection be repaired again whose repair a person undid. */
export function releaseCommand(environment: string, connectionId: string | undefined): string[] {
  return [`  ${npmCommand(environment, 'undo')} \\`, `    --release ${idOr(connectionId ?? '', 'CONNECTION_ID')}`];
}

/** A plan that is larger than the environment allows, after all. It shows the changes and asks first. */
export function largePlanCommand(environment: string, planned: number): string[] {
  return [`  ${npmCommand(environment)} \\`, `    --mode remediate --max-changes ${planned} --max-percent 100`];
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
