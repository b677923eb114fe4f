import type { Report } from '../../lambda/judge/report';
import { exitCodeOf } from '../audit/exit-code-of';
import type { AuditOptions } from '../audit/options';
import { resolveAudited, runOne } from '../audit/run-one';
import type { CommandContext } from '../command';
import { DEFAULT_ENVIRONMENT } from '../command-options';
import type { ExitCode } from '../exit-code';
import { writeFormat } from '../formats/formats';
import { auditMany } from '../many/audit-many';
import { isForSeveral } from '../many/contradictions';
import type { ResolvedTarget } from '../target';
import type { Terminal } from '../terminal';
import { writeOutput } from '../write-output';

/** Audits the tenant of one environment, repairs what the mode and the person allow, and shows the report. */
export async function audit(options: AuditOptions, context: CommandContext): Promise<ExitCode> {
  if (isForSeveral(options)) return auditMany(options, context);
  const [environment = DEFAULT_ENVIRONMENT] = options.environments;
  const target = await resolveAudited(environment, options, context);
  const report = await runOne(target, options, context.terminal);
  show(report, target, options, context.terminal);
  return exitCodeOf(report);
}

function show(
  report: Report,
  { docsUrl, commands }: ResolvedTarget,
  { format, output }: AuditOptions,
  terminal: Terminal,
): void {
  const columns = output === undefined ? terminal.columns : 80;
  writeOutput(
    writeFormat(format, report, { columns, docsUrl, commands }).trimEnd(),
    { output, what: 'report' },
    terminal,
  );
}
