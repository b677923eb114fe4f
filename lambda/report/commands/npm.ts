import { USUAL_LAUNCHER } from '../../contract';
import { type Command, quoteForShell, toWord } from './command';
import { type CommandPlace, LAUNCHERS, type Launcher } from './place';

/** Every finding of the tenant, from the project's folder. */
export function auditCommand(place: CommandPlace): Command | undefined {
  return onTenant(place, undefined);
}

/** Looks at domain, credentials, scopes and deployment. */
export function checkCommand(place: CommandPlace): Command | undefined {
  return onTenant(place, 'check');
}

/** The same, with a test alarm to everybody who receives the alarms. */
export function testAlarmCommand(place: CommandPlace): Command | undefined {
  return onTenant(place, 'check', '--test-alarm');
}

/** Asks for the credentials of the Auth0 application and writes them into the secret. */
export function fillSecretCommand(place: CommandPlace): Command | undefined {
  return onTenant(place, 'fill-secret');
}

/** Puts back what a run wrote, wherever it still is as written. It shows the changes and asks first. */
export function undoCommand(place: CommandPlace, runId: string): Command | undefined {
  return withId(runId, (id) => onTenant(place, 'undo', `--run ${id}`));
}

/** The same where a connection would get `never_on_login` back. */
export function undoToNeverCommand(place: CommandPlace, runId: string): Command | undefined {
  return withId(runId, (id) => onTenant(place, 'undo', `--run ${id}`, '--allow-never-on-login'));
}

/** Lets connections be repaired again whose repair a person undid: one, or all of the run that was undone. */
export function releaseCommand(place: CommandPlace, connectionOrRun: string): Command | undefined {
  return withId(connectionOrRun, (id) => onTenant(place, 'undo', `--release ${id}`));
}

/** Shows who holds the lease on the tenant, and asks before it ends it. */
export function unlockCommand(place: CommandPlace): Command | undefined {
  return onTenant(place, 'unlock');
}

/** Lists what runs and people changed. */
export function changesCommand(place: CommandPlace): Command | undefined {
  return onTenant(place, 'changes');
}

/** Lists the last runs and what people changed. */
export function historyCommand(place: CommandPlace): Command | undefined {
  return onTenant(place, 'history');
}

/** Writes the report of a run that is kept as a page, without another run. */
export function reportCommand(place: CommandPlace, runId: string): Command | undefined {
  return withId(runId, (id) => onTenant(place, 'report', `--run ${id}`, '--format html --output report.html'));
}

/** Confirms that the tenant has no connections any more. It asks first. */
export function acceptEmptyCommand(place: CommandPlace): Command | undefined {
  return onTenant(place, 'accept-empty-listing');
}

/** So many connections are named in one command. */
const RETRIED = 10;

/** Tries connections again that rest after refusals, the first of many. It shows every change and asks first. */
export function retryCommand(place: CommandPlace, connectionIds: readonly string[]): Command | undefined {
  const ids = connectionIds.filter(isId).slice(0, RETRIED);
  return ids.length === 0 ? undefined : onTenant(place, 'audit', `--mode remediate --retry ${ids.join(',')}`);
}

/** A plan that is larger than the environment allows, after all. It shows the changes and asks first. */
export function largePlanCommand(place: CommandPlace, planned: number): Command | undefined {
  return onTenant(place, undefined, `--mode remediate --max-changes ${planned} --max-percent 100`);
}

/** Checks a policy file. */
export function lintPolicyCommand(file: string, launcher: Launcher): Command {
  return { program: `${LAUNCHERS[launcher]} lint --policy ${quoteForShell(file)}`, options: [] };
}

/** Checks every environment file with its policy. */
export function lintCommand(launcher: Launcher): Command {
  return { program: `${LAUNCHERS[launcher]} lint`, options: [] };
}

/** Writes an environment with the policy of a file, for a tenant whose domains were typed; it asks for the rest. */
export function initCommand({ policyFile, domain, canonicalDomain }: NewEnvironment, launcher: Launcher): Command {
  const domains = { '--domain': domain, '--canonical-domain': canonicalDomain };
  return {
    program: `${LAUNCHERS[launcher]} init --policy ${quoteForShell(policyFile)}`,
    options: Object.entries(domains).flatMap(([option, value]) =>
      value === undefined ? [] : [`${option} ${quoteForShell(value)}`],
    ),
  };
}

interface NewEnvironment {
  readonly policyFile: string;
  readonly domain: string;
  readonly canonicalDomain: string | undefined;
}

/** Each with whether it takes `--history`. */
const SUBCOMMANDS = {
  audit: true,
  check: false,
  'fill-secret': false,
  undo: true,
  unlock: true,
  changes: true,
  history: true,
  report: true,
  'accept-empty-listing': true,
} as const satisfies Readonly<Record<string, boolean>>;
type Subcommand = keyof typeof SUBCOMMANDS;

/** The command line finds the rest by the environment's name, in the region of its stack. */
function onTenant(
  { environment, launcher = USUAL_LAUNCHER, region, stack, typed = [], typedHistory }: CommandPlace,
  subcommand: Subcommand | undefined,
  ...options: string[]
): Command | undefined {
  if (environment === undefined) return undefined;
  return {
    program: `${LAUNCHERS[launcher]} ${subcommand === undefined ? '' : `${subcommand} `}--environment ${environment}`,
    options: [
      ...(region === undefined ? [] : [`--region ${region}`]),
      ...(stack === undefined ? [] : [`--stack ${stack}`]),
      ...typed,
      ...(typedHistory !== undefined && SUBCOMMANDS[subcommand ?? 'audit'] ? [typedHistory] : []),
      ...options,
    ],
  };
}

/** No id of ours or of Auth0's is longer, and the line must hold it. */
const ID_CHARACTERS = 56;

function isId(text: string): boolean {
  return text.length <= ID_CHARACTERS && toWord(text) !== undefined;
}

function withId(text: string, write: (id: string) => Command | undefined): Command | undefined {
  return isId(text) ? write(text) : undefined;
}
