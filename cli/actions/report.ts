import type { History, PastRun } from '../../lambda/history/history';
import { type KeptReport, parseReport } from '../../lambda/history/report/parse-report';
import { didYouMean } from '../../lambda/policy/nearest';
import { makeVisible } from '../../lambda/report/text/harmless';
import { CHANGE_KIND_WORDS } from '../../lambda/report/words/change';
import { isWritten, planOutputs } from '../audit/outputs';
import { writeResults } from '../audit/write-results';
import type { CommandContext } from '../command';
import { LAST, type ReportOptions } from '../commands/report';
import type { ExitCode } from '../exit-code';
import { writeFormat } from '../formats/formats';
import { describeChange } from '../history/describe-change';
import { describeOrigin } from '../history/describe-origin';
import { listEntries, newestRun } from '../history/entries';
import { openHistory } from '../open-history';
import { READING_HISTORY, whileTelling } from '../screen/while-telling';
import { type ResolvedTarget, resolveTarget } from '../target';
import { TargetError } from '../target-error';

/** Writes the report of a kept run, in any format. Sends no request to the tenant and changes no state. */
export async function writeReport(options: ReportOptions, context: CommandContext): Promise<ExitCode> {
  const target = await resolveTarget(options, context, { history: 'writes', credentials: 'none' });
  const { terminal } = context;
  const { docsUrl, commands } = target;
  const { history } = openHistory(target, terminal);
  const past = await whileTelling(READING_HISTORY, terminal, () => findRun(options.run ?? LAST, history));
  if (past.kind !== 'repair') return showChange(past, options, { target, context });
  const kept = readKept(past, history);
  const plan = planOutputs(options);
  if (past.phase !== 'ended' && (plan.printed !== 'table' || plan.files.length > 0)) throw new TargetError([NO_END]);
  const isForJunit = isWritten('junit', options);
  terminal.note((await describeOrigin(kept, past, { history, commands, isForJunit })).join('\n'));
  const unwritten = writeResults(
    plan,
    (format, { columns, paint }) => writeFormat(format, kept.report, { columns, paint, docsUrl, commands }),
    { terminal, isKeptBack: false },
  );
  if (unwritten.length > 0) throw new TargetError(unwritten);
  return 0;
}

/** The other formats would show written repairs as planned. */
const NO_END =
  '--run: this run has not recorded its end, and its report is from before its first write. Omit --format and --output to see the report together with the writes of the run.';

async function findRun(asked: string, history: History): Promise<PastRun> {
  const runId = asked === LAST ? newestRun(listEntries((await history.readState()).state)) : asked;
  if (runId === undefined) throw new TargetError(['This history contains no run yet.']);
  const past = await history.readRun(runId);
  if (past !== undefined) return past;
  const known = [LAST, ...listEntries((await history.readState()).state).map((entry) => entry.runId)];
  const meant = didYouMean(runId, known, { write: (id) => makeVisible(id) });
  throw new TargetError(
    [`--run: the history contains no run ${makeVisible(runId)}, or its record has expired${meant}`],
    [`Not found: ${makeVisible(history.placesOf(runId).record, 500)}`],
  );
}

function readKept(past: PastRun, history: History): KeptReport {
  const parsed = parseReport(past.file);
  if (parsed.ok) return parsed.kept;
  const { auditorVersion } = past.file;
  const by =
    typeof auditorVersion === 'string' ? ` Version ${makeVisible(auditorVersion)} of the auditor wrote it.` : '';
  throw new TargetError([
    `${history.placesOf(past.runId).record} contains no report that this version of the auditor can read: ${parsed.problem}.${by}`,
  ]);
}

/** A change by an operator has no report. The formats for programs have no replacement for it. */
function showChange(
  { kind, change }: PastRun,
  { format = 'table', outputs }: ReportOptions,
  {
    target: { commands },
    context: { terminal },
  }: { readonly target: ResolvedTarget; readonly context: CommandContext },
): ExitCode {
  const none = `This run has no report. Its kind is ${CHANGE_KIND_WORDS[kind].name}.`;
  if (format !== 'table' || outputs.length > 0) {
    throw new TargetError([`--run: ${none} Omit --format and --output to see what it changed.`]);
  }
  const entry = { ...change, connections: change.connections.length };
  const lines = describeChange(entry, { isUnreported: false, commands });
  terminal.note(none);
  terminal.print(lines.join('\n'));
  return 0;
}
