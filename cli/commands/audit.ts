import { randomUUID } from 'node:crypto';
import { MODES } from '../../lambda/contract';
import { fingerprint } from '../../lambda/fingerprint';
import type { Finding } from '../../lambda/judge/finding';
import { isFailure, isSettled, type StopReason } from '../../lambda/judge/outcome';
import type { Report } from '../../lambda/judge/report';
import { NothingToRetry } from '../../lambda/repair/retry';
import { writeHtml } from '../../lambda/report/html/page';
import { fill } from '../../lambda/report/text/columns';
import { makeHarmless, makeVisible } from '../../lambda/report/text/harmless';
import { count } from '../../lambda/report/words/run';
import { runAudit } from '../../lambda/run/run-audit';
import { newRunId } from '../../lambda/run-id';
import { capsShape } from '../../lambda/settings';
import { defineCommand } from '../command';
import { HISTORY, OUTPUT, TARGET_OPTIONS, YES } from '../command-options';
import type { ExitCode } from '../exit-code';
import { FORMATS, writeFormat } from '../formats/formats';
import { writePlan } from '../formats/plan';
import { type OpenHistory, openHistory, warnOfLocalHistory } from '../open-history';
import { openTenant } from '../open-tenant';
import { list, oneOf, toggle, type ValuesOf, wholeNumber } from '../option';
import { type ResolvedTarget, resolveTarget, TargetError } from '../target';
import { askFirst, type Terminal } from '../terminal';
import { writeOutput } from '../write-output';

const OPTIONS = {
  ...TARGET_OPTIONS,
  format: oneOf(FORMATS, { name: 'format', placeholder: 'FORMAT', help: 'form of the report' }),
  output: OUTPUT,
  mode: oneOf(MODES, { name: 'mode', placeholder: 'MODE', help: 'action on findings' }),
  yes: YES,
  firstRun: toggle({ name: 'first-run', help: 'with --yes: writes although no history of the tenant is known' }),
  retry: list({
    name: 'retry',
    placeholder: 'NAME',
    help: 'tries connections that rest after refusals: names or ids, with commas between them',
  }),
  maxChanges: wholeNumber(capsShape.maxChanges, {
    name: 'max-changes',
    placeholder: 'N',
    help: "cap on changed connections (default: the environment's)",
  }),
  maxPercent: wholeNumber(capsShape.maxPercent, {
    name: 'max-percent',
    placeholder: 'P',
    help: "cap as percent of those judged (default: the environment's)",
  }),
  history: HISTORY,
} as const;
type AuditOptions = ValuesOf<typeof OPTIONS>;

export const auditCommand = defineCommand({
  name: 'audit',
  summary: 'Compares connections with the policy; --mode remediate also repairs',
  options: OPTIONS,
  example: '--environment dev --format json --output report.json',
  exitCodes: {
    0: 'no open findings',
    1: 'open findings',
    2: 'run incomplete, connection not judged, repair failed, no connections at a first run, or wrong usage',
  },
  run: async (options, { environments, terminal }) =>
    audit(
      await resolveTarget(
        options,
        { environments, terminal },
        {
          history: options.mode === 'remediate' ? 'writes' : 'reads',
          credentials: 'needed',
        },
      ),
      options,
      terminal,
    ),
});

/** A run from a terminal that writes takes no longer; its lease ends some minutes later. */
const LONGEST_WRITING_MS = 60 * 60_000;
const TIME_TO_END_MS = 2 * 60_000;

const PROGRESS = {
  judged: (done: number) => `${count(done, 'connection')} judged`,
  // Whatever each came to: the report says what was written.
  repaired: (done: number) => `${count(done, 'repair')} ended`,
} as const;

/** Audits the tenant, repairs what the mode and the person allow, and shows the report. */
async function audit(target: ResolvedTarget, options: AuditOptions, terminal: Terminal): Promise<ExitCode> {
  const { now, sleep, progress } = terminal;
  const startedAt = now();
  const isWriting = options.mode === 'remediate';
  const end = startedAt + LONGEST_WRITING_MS;
  const deadline = isWriting ? end : Number.POSITIVE_INFINITY;
  const { tenant } = openTenant(target, terminal, { writes: isWriting ? 'allowed' : 'refused', deadline });
  const opened = openHistory(target, terminal);
  const { history, mayWrite, isShared } = opened;
  const runId = newRunId(startedAt, randomUUID());
  const isInterrupted = terminal.watchInterrupts(() => describeLeft(runId, isWriting));
  const report = await runAudit(
    {
      environment: target.environment,
      policy: target.policy,
      timeZone: target.timeZone,
      quarantine: target.quarantine,
      retry: new Set(options.retry),
      cadence: target.cadence,
      withoutPeople: target.withoutPeople,
      runId,
      by: await terminal.whoAmI(isShared ? target.aws : undefined),
      tenant: target.address.host,
      canonicalHost: target.canonicalHost,
      mode: options.mode,
      policyFingerprint: fingerprint(target.policy),
      caps: overrideCaps(target, options),
    },
    {
      tenant,
      history,
      mayWrite,
      // The function reports to people; a run from a terminal on its history must not take that from it.
      isUnannounced: isShared,
      writePage: (ended) => writeHtml(ended, { docsUrl: target.docsUrl, commands: target.commands }),
      approve: (planned, { isFirstRun }) => approve(planned, { isFirstRun, opened, target, options, terminal }),
      isInterrupted,
      now,
      sleep,
      stopAt: deadline - TIME_TO_END_MS,
      overBy: end + TIME_TO_END_MS,
      progress: (step, done) => progress?.(PROGRESS[step](done)),
    },
  ).catch((error: unknown): never => {
    progress?.('');
    throw error instanceof NothingToRetry ? describeUnknown(error, target) : error;
  });
  progress?.('');
  show(report, target, options, terminal);
  return exitCodeOf(report);
}

/** Two numbers on the command line are caps of their own; one of them changes that part of the environment's. */
function overrideCaps({ caps }: ResolvedTarget, { maxChanges, maxPercent }: AuditOptions): ResolvedTarget['caps'] {
  const changes = maxChanges ?? caps?.maxChanges;
  const percent = maxPercent ?? caps?.maxPercent;
  return changes === undefined || percent === undefined ? undefined : { maxChanges: changes, maxPercent: percent };
}

interface Asking {
  readonly isFirstRun: boolean;
  readonly opened: OpenHistory;
  readonly target: ResolvedTarget;
  readonly options: AuditOptions;
  readonly terminal: Terminal;
}

/** Shows the plan and asks. Why nothing may be written, if so. */
async function approve(
  planned: readonly Finding[],
  { isFirstRun, opened, target, options, terminal }: Asking,
): Promise<StopReason | undefined> {
  const { progress, note, columns } = terminal;
  const warnings = [...(isFirstRun ? warnOfFirstRun(opened, target) : []), ...warnOfLocalHistory(opened, target)];
  progress?.('');
  if (!options.yes) note(writePlan(planned, columns));
  if (warnings.length > 0) note(warnings.join('\n'));
  if (options.yes) return isFirstRun && !options.firstRun ? 'first_run' : undefined;
  const question = `Write ${count(planned.length, 'change')} to ${target.address.host}?`;
  return askFirst(question, { yes: false, nothingIs: 'written' }, terminal);
}

function warnOfFirstRun({ place }: OpenHistory, { address }: ResolvedTarget): string[] {
  return fill(
    `No history of ${address.host} is known in ${makeVisible(place, 200)}: what people undid and what keeps being set back is not known. With --yes, nothing is written unless --first-run is given too.`,
    { columns: 80 },
  );
}

/** What a person should know who ends the run at once. */
function describeLeft(runId: string, isWriting: boolean): string {
  return isWriting
    ? `Run ${runId}: a write under way may have been made and not recorded. The next run compares the tenant with its record and reports what was written.`
    : `Run ${runId} wrote nothing.`;
}

/** Most often a name is misspelt, or the connection has been fixed since. */
function describeUnknown({ names }: NothingToRetry, { address }: ResolvedTarget): TargetError {
  const shown = names.map((name) => `'${makeHarmless(name)}'`).join(', ');
  return new TargetError([
    `--retry: no finding of ${address.host} is of a connection with the name or id ${shown}: it is misspelt, or no longer a finding. Nothing was written.`,
  ]);
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

function exitCodeOf({ complete, summary, findings, notices, untold }: Report): ExitCode {
  const hasFailed = findings.some(({ outcome }) => isFailure(outcome));
  // A first run that sees no connection looks at the wrong tenant, more likely than at an empty one.
  const isEmpty = notices.some(({ code }) => code === 'NO_CONNECTIONS');
  if (!complete || hasFailed || isEmpty || untold.length > 0 || summary.indeterminate > 0) return 2;
  return findings.every(isSettled) ? 0 : 1;
}
