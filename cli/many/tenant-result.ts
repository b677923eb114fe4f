import { type Report, RUN_ERRORS } from '../../lambda/judge/report';
import type { CommandPlace } from '../../lambda/report/commands/place';
import { makeHarmless, makeVisible } from '../../lambda/report/text/harmless';
import { describeChangeRun } from '../../lambda/report/words/change';
import { doubtOf } from '../../lambda/report/words/incomplete';
import { count, sawNoConnections } from '../../lambda/report/words/run';
import { exitCodeOf } from '../audit/exit-code-of';
import type { ExitCode } from '../exit-code';

/**
 * The result of the audit of one environment among several, and its meaning. Public: `--format json` uses these names.
 * The most urgent come first.
 */
export const TENANT_STATUSES = {
  not_reached:
    'Nothing was read: access refused, no answer, not deployed, an error in the file, or interrupted. Exit code 2.',
  incomplete: 'Only a part of the tenant was read, or the listing is not trusted. Exit code 2.',
  history_failed: 'The history could not be read or written, so new findings and holds are unknown. Exit code 2.',
  no_connections: 'A first run listed no connections. Exit code 2.',
  indeterminate: 'Everything was read, but at least one connection could not be judged. Exit code 2.',
  not_set_up: 'The domain or the secret is still a placeholder. Exit code 2.',
  drifted: 'Open findings. Exit code 1.',
  ok: 'No open findings. Exit code 0.',
} as const satisfies Readonly<Record<string, string>>;
export type TenantStatus = keyof typeof TENANT_STATUSES;

/** A status as readable text, such as `not reached`. */
export function nameStatus(status: TenantStatus): string {
  return status.replaceAll('_', ' ');
}

/** One environment among several. */
export interface TenantResult {
  readonly environment: string;
  /** The tenant's domain; `null` if the environment has no readable domain. */
  readonly tenant: string | null;
  readonly status: TenantStatus;
  readonly exitCode: ExitCode;
  /** Why the environment is neither ok nor drifted, and notes on the run; otherwise `null`. The text can quote text from anyone. */
  readonly reason: string | null;
  /** `null` if no run started. */
  readonly report: Report | null;
  /** The place in which commands for this environment work. */
  readonly commands: CommandPlace;
}

/** The audits of several environments, in the order in which the environments were named. */
export interface TenantsReport {
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly results: readonly TenantResult[];
}

/** The result of a run, and the reason if the run gives no reliable result. `notes` are the notes from before the run. */
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

/** The number of changes that are named. */
const EARLIER_SHOWN = 3;

/** Changes by an earlier run or a person that this run reports. The table has no other place for these changes. */
function describeEarlier({ earlierChanges }: Report): string[] {
  if (earlierChanges.length === 0) return [];
  const more = earlierChanges.length - EARLIER_SHOWN;
  return [
    'Not reported until now:',
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

/** A reason as text, which can quote text from anyone. Without a run, the reason names files and commands, which must stay exact for copying. */
export function quoteReason({ reason, report }: TenantResult): string {
  if (reason === null) return '';
  return report === null ? makeVisible(reason, 1000) : makeHarmless(reason, 1000);
}

/** The exit code of all results together: the highest one. */
export function worstExitCode({ results }: TenantsReport): ExitCode {
  return results.reduce<ExitCode>((worst, { exitCode }) => (exitCode > worst ? exitCode : worst), 0);
}
