import { USUAL_LAUNCHER } from '../../contract';
import { type Command, quoteForShell, toWord } from './command';
import { type CommandPlace, LAUNCHERS, type Launcher } from './place';

/** Lists all findings of the tenant. */
export function auditCommand(place: CommandPlace): Command | undefined {
  return onTenant(place, undefined);
}

/** Checks domain, credentials, scopes and deployment. */
export function checkCommand(place: CommandPlace): Command | undefined {
  return onTenant(place, 'check');
}

/** The same, with a test alarm to all recipients of the alarms. */
export function testAlarmCommand(place: CommandPlace): Command | undefined {
  return onTenant(place, 'check', '--test-alarm');
}

/** Asks for the credentials of the Auth0 application and writes them into the secret. */
export function fillSecretCommand(place: CommandPlace): Command | undefined {
  return onTenant(place, 'fill-secret');
}

/**
 * Restores the values from before a run, only if the value is still the one that the run wrote. Shows the changes and
 * asks first.
 */
export function undoCommand(place: CommandPlace, runId: string): Command | undefined {
  return withId(runId, (id) => onTenant(place, 'undo', `--run ${id}`));
}

/** The same if the undo would restore `never_on_login` on a connection. */
export function undoToNeverCommand(place: CommandPlace, runId: string): Command | undefined {
  return withId(runId, (id) => onTenant(place, 'undo', `--run ${id}`, '--allow-never-on-login'));
}

/** Releases the hold of one connection, or all holds from the undo of a run, so that runs can repair again. */
export function releaseCommand(place: CommandPlace, connectionOrRun: string): Command | undefined {
  return withId(connectionOrRun, (id) => onTenant(place, 'undo', `--release ${id}`));
}

/** Shows which run has the lease on the tenant. Asks before it ends the lease. */
export function unlockCommand(place: CommandPlace): Command | undefined {
  return onTenant(place, 'unlock');
}

/** Lists the changes by runs and operators. */
export function changesCommand(place: CommandPlace): Command | undefined {
  return onTenant(place, 'changes');
}

/** Lists the last runs and the changes by operators. */
export function historyCommand(place: CommandPlace): Command | undefined {
  return onTenant(place, 'history');
}

/** Writes the report of an earlier run from its record as an HTML page, without another run. */
export function reportCommand(place: CommandPlace, runId: string): Command | undefined {
  return withId(runId, (id) => onTenant(place, 'report', `--run ${id}`, '--format html --output report.html'));
}

/** Confirms that the tenant no longer has connections. Asks first. */
export function acceptEmptyCommand(place: CommandPlace): Command | undefined {
  return onTenant(place, 'accept-empty-listing');
}

/** The maximum number of connections in one command. */
const RETRIED = 10;

/** Tries again the first connections that are paused after refusals. Shows all changes and asks first. */
export function retryCommand(place: CommandPlace, connectionIds: readonly string[]): Command | undefined {
  const ids = connectionIds.filter(isId).slice(0, RETRIED);
  return ids.length === 0 ? undefined : onTenant(place, 'audit', `--mode remediate --retry ${ids.join(',')}`);
}

/** Applies a plan that exceeds the caps of the environment. Shows the changes and asks first. */
export function largePlanCommand(place: CommandPlace, planned: number): Command | undefined {
  return onTenant(place, undefined, `--mode remediate --max-changes ${planned} --max-percent 100`);
}

/** Checks a policy file. */
export function lintPolicyCommand(file: string, launcher: Launcher): Command {
  return { program: `${LAUNCHERS[launcher]} lint --policy ${quoteForShell(file)}`, options: [] };
}

/** Checks all environment files with their policies. */
export function lintCommand(launcher: Launcher): Command {
  return { program: `${LAUNCHERS[launcher]} lint`, options: [] };
}

/** Writes an environment with the policy of a file, for the typed domains. Asks for the rest. */
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

/** The subcommands. The value: whether the subcommand accepts `--history`. */
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

/** The command line finds all other facts by the environment's name, in the region of its stack. */
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

/** The maximum length of an id: ids of the auditor and of Auth0 are shorter, and the id must fit in a line. */
const ID_CHARACTERS = 56;

function isId(text: string): boolean {
  return text.length <= ID_CHARACTERS && toWord(text) !== undefined;
}

function withId(text: string, write: (id: string) => Command | undefined): Command | undefined {
  return isId(text) ? write(text) : undefined;
}
