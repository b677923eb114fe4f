import type { WithoutFinding } from '../../lambda/judge/evaluate';
import type { Report } from '../../lambda/judge/report';
import { exitCodeOf } from '../audit/exit-code-of';
import type { AuditOptions } from '../audit/options';
import { resolveAudited, runOne } from '../audit/run-one';
import type { CommandContext } from '../command';
import type { ExitCode } from '../exit-code';
import { writeFormat } from '../formats/formats';
import { sayWhereKept } from '../history/say-where-kept';
import { auditMany } from '../many/audit-many';
import { isForSeveral } from '../many/contradictions';
import { PLAIN, paintFor } from '../screen/colours';
import type { ResolvedTarget } from '../target';
import type { Terminal } from '../terminal';
import { writeOutput } from '../write-output';

/** Audits the tenant of one environment, repairs what the mode and the person allow, and shows the report. */
export async function audit(options: AuditOptions, context: CommandContext): Promise<ExitCode> {
  if (isForSeveral(options)) return auditMany(options, context);
  const [environment] = options.environments;
  const target = await resolveAudited(environment, options, context);
  const withoutFinding: WithoutFinding[] | undefined = listsEveryConnection(options) ? [] : undefined;
  const report = await runOne(target, options, context.terminal, (connection) => withoutFinding?.push(connection));
  show({ report, withoutFinding }, target, options, context.terminal);
  if (options.output === undefined) sayWhereKept(report, target, context.terminal);
  return exitCodeOf(report);
}

/** Whether a format that is asked for names the connections without a finding too; else they are not kept. */
function listsEveryConnection({ format }: AuditOptions): boolean {
  return format === 'junit';
}

interface Audited {
  readonly report: Report;
  readonly withoutFinding: readonly WithoutFinding[] | undefined;
}

function show(
  { report, withoutFinding }: Audited,
  { docsUrl, commands }: ResolvedTarget,
  { format, output }: AuditOptions,
  terminal: Terminal,
): void {
  const [columns, paint] = output === undefined ? [terminal.columns, paintFor(terminal)] : [80, PLAIN];
  writeOutput(
    writeFormat(format, report, { columns, paint, docsUrl, commands, withoutFinding }).trimEnd(),
    { output, what: 'report' },
    terminal,
  );
}
