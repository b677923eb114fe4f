import { type Report, RUN_ERRORS } from '../../lambda/judge/report';
import type { CommandPlace } from '../../lambda/report/commands/place';
import { makeHarmless, makeVisible } from '../../lambda/report/text/harmless';
import { describeChangeRun } from '../../lambda/report/words/change';
import { doubtOf } from '../../lambda/report/words/incomplete';
import { count, sawNoConnections } from '../../lambda/report/words/run';
import { exitCodeOf } from '../audit/exit-code-of';
import type { ExitCode } from '../exit-code';

/**
 * What the audit of one environment among several came to, and what that means. Public: `--format json` has these names.
 * The ones that ask most of a person come first.
 */
export const TENANT_STATUSES = {
  not_reached:
    'Nothing was read: refused, no answer, not deployed, a mistake in the file, or interrupted. Exit code 2.',
  incomplete: 'Only a part of the tenant was read, or the listing is not believed. Exit code 2.',
  history_failed: 'The history could not be read or written, so that what is new or held is not known. Exit code 2.',
  no_connections: 'A first run that saw no connections. Exit code 2.',
  indeterminate: 'Everything was read, and a connection could not be judged. Exit code 2.',
  not_set_up: 'The domain or the secret is still a placeholder. Exit code 2.',
  drifted: 'Open findings. Exit code 1.',
  ok: 'No open findings. Exit code 0.',
} as const satisfies Readonly<Record<string, string>>;
export type TenantStatus = keyof typeof TENANT_STATUSES;

/** `not reached`: a status for people. */
export function nameStatus(status: TenantStatus): string {
  return status.replaceAll('_', ' ');
}

/** One environment among several. */
export interface TenantResult {
  readonly environment: string;
  /** The tenant's domain; `null` where the environment names none that can be read. */
  readonly tenant: string | null;
  readonly status: TenantStatus;
  readonly exitCode: ExitCode;
  /** Why it is neither ok nor drifted, and what was noted of it; else `null`. It may quote anyone's text. */
  readonly reason: string | null;
  /** `null` where no run began. */
  readonly report: Report | null;
  /** Where commands on this environment are to work. */
  readonly commands: CommandPlace;
}

/** The audits of several environments, in the order in which these were named. */
export interface TenantsReport {
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly results: readonly TenantResult[];
}

/** What a run came to, and why where it is no answer. `notes`: what was noted before it. */
export function judgeRun(
  report: Report,
  notes: readonly string[] = [],
): Pick<TenantResult, 'status' | 'exitCode' | 'reason'> {
  const exitCode = exitCodeOf(report);
  const status = statusOf(report, exitCode);
  const reason = explain(report, status);
  const all = [...(reason === null ? [] : [reason]), ...describeEarlier(report), ...notes];
  return { status, exitCode, reason: all.length === 0 ? null : all.join(' ') };
}

/** So many changes are named. */
const EARLIER_SHOWN = 3;

/** Changes that a run reports for an earlier one or a person: the table has no other place for them. */
function describeEarlier({ earlierChanges }: Report): string[] {
  if (earlierChanges.length === 0) return [];
  const more = earlierChanges.length - EARLIER_SHOWN;
  return [
    'Not reported before:',
    ...earlierChanges
      .slice(0, EARLIER_SHOWN)
      .map(
        ({ change }) => `${describeChangeRun(change).slice(0, -1)}, ${count(change.connections.length, 'connection')}.`,
      ),
    ...(more > 0 ? [`And ${count(more, 'more change')}.`] : []),
  ];
}

function explain({ incomplete, summary, historyFailure }: Report, status: TenantStatus): string | null {
  if (incomplete !== null) return incomplete.message;
  if (historyFailure !== null) return historyFailure;
  if (status === 'no_connections') return 'Auth0 listed no connections. Check that this is the right tenant.';
  return status === 'indeterminate' ? `${count(summary.indeterminate, 'connection')} could not be judged.` : null;
}

function statusOf(report: Report, exitCode: ExitCode): TenantStatus {
  const { complete, incomplete, coverage, historyFailure } = report;
  if (incomplete !== null && RUN_ERRORS[incomplete.reason].isSetup) return 'not_set_up';
  if (!complete) return coverage.listed === 0 && doubtOf(report) === undefined ? 'not_reached' : 'incomplete';
  if (historyFailure !== null) return 'history_failed';
  if (exitCode === 2) return sawNoConnections(report) ? 'no_connections' : 'indeterminate';
  return exitCode === 1 ? 'drifted' : 'ok';
}

/** The words for a reason, which may quote anyone's text. Those of no run name files and commands to copy. */
export function quoteReason({ reason, report }: TenantResult): string {
  if (reason === null) return '';
  return report === null ? makeVisible(reason, 1000) : makeHarmless(reason, 1000);
}

/** The exit code of all together: the highest. */
export function worstExitCode({ results }: TenantsReport): ExitCode {
  return results.reduce<ExitCode>((worst, { exitCode }) => (exitCode > worst ? exitCode : worst), 0);
}
