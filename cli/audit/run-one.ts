import { randomUUID } from 'node:crypto';
import { fingerprint } from '../../lambda/fingerprint';
import type { WithoutFinding } from '../../lambda/judge/evaluate';
import type { Report } from '../../lambda/judge/report';
import { NothingToRetry } from '../../lambda/repair/retry';
import { writeHtml } from '../../lambda/report/html/page';
import { runAudit } from '../../lambda/run/run-audit';
import { newRunId } from '../../lambda/run-id';
import type { CommandContext } from '../command';
import { openHistory } from '../open-history';
import { openTenant } from '../open-tenant';
import { describeStep } from '../screen/steps';
import { quoteUnknown } from '../screen/unknown-connection';
import { type ResolvedTarget, resolveTarget } from '../target';
import { TargetError } from '../target-error';
import type { Terminal } from '../terminal';
import { approve } from './approve';
import type { AuditOptions } from './options';

/** The longest duration of a writing run from a terminal. Its lease ends some minutes later. */
const LONGEST_WRITING_MS = 60 * 60_000;
const TIME_TO_END_MS = 2 * 60_000;

/** Finds the inputs for the run of an environment; `undefined` means the default environment. Throws `TargetError`. */
export function resolveAudited(
  environment: string | undefined,
  options: AuditOptions,
  surroundings: CommandContext,
): Promise<ResolvedTarget> {
  const { domain, canonicalDomain, policyFile, secretArn, region, stackName, reservePercent, history, mode } = options;
  return resolveTarget(
    { environment, domain, canonicalDomain, policyFile, secretArn, region, stackName, reservePercent, history },
    surroundings,
    { history: mode === 'remediate' ? 'writes' : 'reads', credentials: 'needed' },
  );
}

/**
 * Audits one tenant and repairs what the mode and the operator allow. `noteWithoutFinding` gets each connection without a
 * finding. Throws `TargetError`, or `HistoryFailure` if the history cannot be opened.
 */
export async function runOne(
  target: ResolvedTarget,
  options: AuditOptions,
  terminal: Terminal,
  noteWithoutFinding?: (connection: WithoutFinding) => void,
): Promise<Report> {
  const { now, sleep, progress } = terminal;
  const startedAt = now();
  const isWriting = options.mode === 'remediate';
  const end = startedAt + LONGEST_WRITING_MS;
  const deadline = isWriting ? end : Number.POSITIVE_INFINITY;
  const { tenant } = openTenant(target, terminal, { writes: isWriting ? 'allowed' : 'refused', deadline });
  const opened = openHistory(target, terminal);
  const { history, mayWrite, isShared } = opened;
  const runId = newRunId(startedAt, randomUUID());
  progress?.(`sending requests to ${target.address.host}`);
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
      // The function alerts recipients. A run from a terminal on the same history must not make the function skip an alert.
      isUnannounced: isShared,
      writePage: (ended) => writeHtml(ended, { docsUrl: target.docsUrl, commands: target.commands }),
      approve: (planned, { isFirstRun }) => approve(planned, { isFirstRun, opened, target, options, terminal }),
      isInterrupted,
      now,
      sleep,
      stopAt: deadline - TIME_TO_END_MS,
      overBy: end + TIME_TO_END_MS,
      progress: progress && ((step) => progress(describeStep(step))),
      noteWithoutFinding,
    },
  ).catch((error: unknown): never => {
    progress?.('');
    throw error instanceof NothingToRetry ? describeUnknown(error, target) : error;
  });
  progress?.('');
  return report;
}

/** Two numbers on the command line replace the caps of the environment. One number replaces only that part of these caps. */
function overrideCaps({ caps }: ResolvedTarget, { maxChanges, maxPercent }: AuditOptions): ResolvedTarget['caps'] {
  const changes = maxChanges ?? caps?.maxChanges;
  const percent = maxPercent ?? caps?.maxPercent;
  return changes === undefined || percent === undefined ? undefined : { maxChanges: changes, maxPercent: percent };
}

/** The message to an operator who ends the run immediately. */
function describeLeft(runId: string, isWriting: boolean): string {
  return isWriting
    ? `Run ${runId}: a write in progress might have been made but not recorded. The next run compares the tenant with the record and reports what was written.`
    : `Run ${runId} wrote nothing.`;
}

/** Usually the name is misspelt, or the connection is already fixed. */
function describeUnknown({ names, known }: NothingToRetry, { address }: ResolvedTarget): TargetError {
  return new TargetError([
    ...names.map(
      (name) =>
        `--retry: ${address.host} has no finding for a connection with the name or id ${quoteUnknown(name, known)}`,
    ),
    'Nothing was written. A connection that is already fixed has no finding.',
  ]);
}
