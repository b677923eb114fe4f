import { HistoryFailure } from '../../lambda/history/history';
import { problemLine } from '../../lambda/policy/problem';
import { commandPlaceOf, type Launcher } from '../../lambda/report/commands/place';
import { checkSecrets } from '../../lib/environment/tenant-checks';
import { ownCredentialNames } from '../access/credentials';
import { hasNoNews } from '../audit/exit-code-of';
import type { AuditOptions } from '../audit/options';
import { planOutputs } from '../audit/outputs';
import { resolveAudited, runOne } from '../audit/run-one';
import { writeResults } from '../audit/write-results';
import type { CommandContext } from '../command';
import type { ExitCode } from '../exit-code';
import { TargetError } from '../target-error';
import type { Terminal } from '../terminal';
import { type ChosenEnvironment, chooseEnvironments } from './choose';
import { writeCombined } from './combined-formats';
import { createProgress, quieten } from './quiet-terminal';
import { workSideBySide } from './side-by-side';
import { judgeRun, type TenantResult, type TenantsReport, worstExitCode } from './tenant-result';

/** The number of audits at the same time. An audit mostly waits for answers; this limit bounds memory and sockets. */
const AT_ONCE = 8;

/** Audits several environments in parallel, each as if it were alone, and writes one combined report. Writes to no tenant. */
export async function auditMany(options: AuditOptions, context: CommandContext): Promise<ExitCode> {
  const { launcher, readEnvironments, terminal } = context;
  const chosen = chooseEnvironments(options, await readEnvironments());
  refuseSharedCredentials(chosen, terminal);
  refuseSharedSecrets(chosen);
  const startedAt = terminal.now();
  const isInterrupted = terminal.watchInterrupts(() => 'The runs in progress wrote nothing.');
  const progress = createProgress(chosen.length, terminal);
  // Environments of one tenant share the rate limit of the tenant, and its lease in a local history.
  const groupOf = ({ name, hosts }: ChosenEnvironment) => hosts?.canonical ?? `environment ${name}`;
  const results = await workSideBySide(chosen, { groupOf, limit: AT_ONCE }, async (one) => {
    const own = quieten(terminal, one.name, { progress, isInterrupted });
    const result = isInterrupted()
      ? notReached(one, launcher, ['Interrupted before the run started.'])
      : await auditOne(one, options, { launcher, terminal: own });
    progress.end();
    return result;
  });
  terminal.progress?.('');
  const report: TenantsReport = {
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: new Date(terminal.now()).toISOString(),
    results,
  };
  const exitCode = worstExitCode(report);
  const unwritten = writeResults(
    planOutputs(options),
    (format, { columns, paint }) => writeCombined(format, report, columns, paint),
    {
      terminal,
      isKeptBack: options.quiet && exitCode === 0 && results.every(({ report: one }) => one !== null && hasNoNews(one)),
    },
  );
  if (unwritten.length > 0) throw new TargetError(unwritten);
  return exitCode;
}

/** An application belongs to one tenant. Its secret must not be sent to another tenant. */
function refuseSharedCredentials(chosen: readonly ChosenEnvironment[], { variables }: Terminal): void {
  const tenants = new Set(chosen.flatMap(({ hosts }) => hosts?.canonical ?? []));
  const names = ownCredentialNames(variables);
  if (tenants.size < 2 || names.length === 0) return;
  throw new TargetError([
    `${names.join(', ')}: these variables contain the credentials of one application, but ${tenants.size} tenants are to be audited. Unset these variables. The auditor then uses the secret of each environment.`,
  ]);
}

/** Refuses a secret that the files of two tenants name, for the same reason. */
function refuseSharedSecrets(chosen: readonly ChosenEnvironment[]): void {
  const problems = checkSecrets(chosen.map(({ file }) => file));
  if (problems.length > 0) throw new TargetError(problems.map(problemLine));
}

/** Audits one environment. A failure does not stop the audits of the other environments. */
async function auditOne(
  one: ChosenEnvironment,
  options: AuditOptions,
  { launcher, terminal }: Pick<CommandContext, 'launcher' | 'terminal'>,
): Promise<TenantResult> {
  if (one.hosts?.isPlaceholder === true) return notSetUp(one, launcher);
  try {
    const target = await resolveAudited(one.name, options, {
      launcher,
      readEnvironments: async () => [one.file],
      terminal,
    });
    const report = await runOne(target, options, terminal);
    return {
      environment: one.name,
      tenant: report.tenant,
      ...judgeRun(report, target.notes),
      report,
      commands: target.commands,
    };
  } catch (error) {
    return notReached(one, launcher, explain(error));
  }
}

function explain(error: unknown): readonly string[] {
  if (error instanceof TargetError) return error.problems;
  if (error instanceof HistoryFailure) return [error.message];
  // An unexpected error is named but not quoted, because more people read the report than the terminal.
  const name = error instanceof Error ? error.name : typeof error;
  return [`An internal error of the auditor (${name}) ended the run. Please report this error.`];
}

function notSetUp({ name, file, hosts }: ChosenEnvironment, launcher: Launcher): TenantResult {
  return {
    environment: name,
    tenant: hosts?.tenant ?? null,
    status: 'not_set_up',
    exitCode: 2,
    reason: `The domain is a placeholder. Set domain in ${file.file}.`,
    report: null,
    commands: commandPlaceOf({ environment: name }, launcher),
  };
}

function notReached({ name, hosts }: ChosenEnvironment, launcher: Launcher, problems: readonly string[]): TenantResult {
  return {
    environment: name,
    tenant: hosts?.tenant ?? null,
    status: 'not_reached',
    exitCode: 2,
    reason: problems.map((problem) => problem.replace(/(?<!\.)$/, '.')).join(' '),
    report: null,
    commands: commandPlaceOf({ environment: name }, launcher),
  };
}
