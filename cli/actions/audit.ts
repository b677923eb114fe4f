import type { WithoutFinding } from '../../lambda/judge/evaluate';
import { describeSelection } from '../../lambda/report/words/selection';
import { exitCodeOf, hasNoNews } from '../audit/exit-code-of';
import { findUnlisted, isFiltered, selectFindings } from '../audit/filters';
import type { AuditOptions } from '../audit/options';
import { isWritten, type OutputPlan, planOutputs } from '../audit/outputs';
import { resolveAudited, runOne } from '../audit/run-one';
import { writeResults } from '../audit/write-results';
import type { CommandContext } from '../command';
import type { ExitCode } from '../exit-code';
import { hasPlaceForSelection, writeFormat } from '../formats/formats';
import { sayWhereKept } from '../history/say-where-kept';
import { auditMany } from '../many/audit-many';
import { isForSeveral } from '../many/contradictions';
import { holdNotes, tellNotes } from '../screen/quiet';
import { TargetError } from '../target-error';

/** Audits the tenant of one environment, repairs what the mode and the operator allow, and shows the report. */
export async function audit(options: AuditOptions, context: CommandContext): Promise<ExitCode> {
  const { launcher, readEnvironments, starter } = context;
  const { terminal, tell } = options.quiet ? holdNotes(context.terminal) : tellNotes(context.terminal);
  const surroundings: CommandContext = { launcher, readEnvironments, starter, terminal };
  return isForSeveral(options) ? auditMany(options, surroundings) : auditOne(options, surroundings, tell);
}

/** `tellHeld`: prints the notes that a quiet terminal has kept back. */
async function auditOne(options: AuditOptions, context: CommandContext, tellHeld: () => void): Promise<ExitCode> {
  const { terminal } = context;
  const [environment] = options.environments;
  const target = await resolveAudited(environment, options, context);
  const withoutFinding: WithoutFinding[] = [];
  const note = (connection: WithoutFinding): void => void withoutFinding.push(connection);
  const report = await runOne(target, options, terminal, needsEveryConnection(options) ? note : undefined);
  const listed = [...report.findings.map(({ connection }) => connection), ...withoutFinding];
  const selection = selectFindings(report, options, listed);
  const unlisted = findUnlisted(report, options, listed);
  const exitCode = unlisted.length > 0 ? 2 : exitCodeOf(report);
  const { docsUrl, commands } = target;
  const plan = planOutputs(options);
  // A filtered report does not list the connections without a finding.
  const others = selection === undefined ? withoutFinding : [];
  const isKeptBack = options.quiet && exitCode === 0 && hasNoNews(report);
  if (selection !== undefined && lacksSelection(plan)) terminal.note(describeSelection(selection, report));
  if (!isKeptBack) tellHeld();
  if (plan.files.length === 0) sayWhereKept(report, target, terminal);
  const unwritten = writeResults(
    plan,
    (format, { columns, paint }) =>
      writeFormat(format, report, { columns, paint, docsUrl, commands, selection, withoutFinding: others }),
    { terminal, isKeptBack },
  );
  if (unlisted.length + unwritten.length > 0) throw new TargetError([...unlisted, ...unwritten]);
  return exitCode;
}

/** Whether one of the formats has no place for the note that only a part of the findings is shown. */
function lacksSelection({ printed, files }: OutputPlan): boolean {
  const formats = [printed, ...files.map(({ format }) => format)];
  return formats.some((format) => format !== undefined && !hasPlaceForSelection(format));
}

/** JUnit lists the connections without a finding, and a filter can name one. Otherwise they are not kept. */
function needsEveryConnection(options: AuditOptions): boolean {
  return isWritten('junit', options) || isFiltered(options);
}
