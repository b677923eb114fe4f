import { randomUUID } from 'node:crypto';
import { MODES } from '../../lambda/contract';
import { fingerprint } from '../../lambda/fingerprint';
import type { Finding } from '../../lambda/judge/finding';
import { isFailure, isSettled } from '../../lambda/judge/outcome';
import type { Report } from '../../lambda/judge/report';
import { writeHtml } from '../../lambda/report/html/page';
import { count } from '../../lambda/report/words/run';
import { runAudit } from '../../lambda/run/run-audit';
import { newRunId } from '../../lambda/run-id';
import { capsShape } from '../../lambda/settings';
import { defineCommand } from '../command';
import { HISTORY, OUTPUT, TARGET_OPTIONS, YES } from '../command-options';
import type { ExitCode } from '../exit-code';
import { FORMATS, writeFormat } from '../formats/formats';
import { writePlan } from '../formats/plan';
import { openHistory } from '../open-history';
import { openTenant } from '../open-tenant';
import { oneOf, type ValuesOf, wholeNumber } from '../option';
import { type ResolvedTarget, resolveTarget } from '../target';
import type { Terminal } from '../terminal';
import { writeOutput } from '../write-output';

const OPTIONS = {
  ...TARGET_OPTIONS,
  format: oneOf(FORMATS, { name: 'format', placeholder: 'FORMAT', help: 'form of the report' }),
  output: OUTPUT,
  mode: oneOf(MODES, { name: 'mode', placeholder: 'MODE', help: 'action on findings' }),
  yes: YES,
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
    2: 'run incomplete, connection not judged, repair failed, or wrong usage',
  },
  run: (options, { environments, terminal }) =>
    audit(resolveTarget(options, environments, terminal.variables), options, terminal),
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
  const deadline = isWriting ? startedAt + LONGEST_WRITING_MS : Number.POSITIVE_INFINITY;
  const { tenant } = openTenant(target, terminal, { writes: isWriting ? 'allowed' : 'refused', deadline });
  const { history, mayWrite, isShared } = openHistory(options.history, target, terminal);
  const report = await runAudit(
    {
      environment: target.environment,
      policy: target.policy,
      timeZone: target.timeZone,
      quarantine: target.quarantine,
      cadence: target.cadence,
      withoutPeople: target.withoutPeople,
      runId: newRunId(startedAt, randomUUID()),
      tenant: target.address.host,
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
      writePage: (ended) => writeHtml(ended, { docsUrl: target.docsUrl }),
      approve: (planned) => approve(planned, target, options, terminal),
      now,
      sleep,
      stopAt: deadline - TIME_TO_END_MS,
      overBy: deadline + TIME_TO_END_MS,
      progress: (step, done) => progress?.(PROGRESS[step](done)),
    },
  );
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

async function approve(
  planned: readonly Finding[],
  { address }: ResolvedTarget,
  { yes }: AuditOptions,
  { confirm, progress, note, columns }: Terminal,
): Promise<boolean> {
  if (yes) return true;
  progress?.('');
  note(writePlan(planned, columns));
  if (confirm === undefined) {
    note('Nobody can be asked here, so nothing is written; --yes writes without asking.');
    return false;
  }
  return confirm(`Write ${count(planned.length, 'change')} to ${address.host}?`);
}

function show(report: Report, { docsUrl }: ResolvedTarget, { format, output }: AuditOptions, terminal: Terminal): void {
  const columns = output === undefined ? terminal.columns : 80;
  writeOutput(writeFormat(format, report, { columns, docsUrl }).trimEnd(), { output, what: 'report' }, terminal);
}

function exitCodeOf({ complete, summary, findings }: Report): ExitCode {
  const hasFailed = findings.some(({ outcome }) => isFailure(outcome));
  if (!complete || hasFailed || summary.indeterminate > 0) return 2;
  return findings.every(isSettled) ? 0 : 1;
}
