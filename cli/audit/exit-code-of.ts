import { isFailure, isSettled } from '../../lambda/judge/outcome';
import type { Report } from '../../lambda/judge/report';
import type { ExitCode } from '../exit-code';

/** The exit code of a report. */
export function exitCodeOf({ complete, summary, findings, notices, untold, historyFailure }: Report): ExitCode {
  const hasFailed = findings.some(({ outcome }) => isFailure(outcome));
  // If a first run lists no connection, the tenant is probably the wrong one, not an empty one.
  const isEmpty = notices.some(({ code }) => code === 'NO_CONNECTIONS');
  // The results of earlier runs are unknown, or the results of this run are not kept.
  if (historyFailure !== null) return 2;
  if (!complete || hasFailed || isEmpty || untold.length > 0 || summary.indeterminate > 0) return 2;
  return findings.every(isSettled) ? 0 : 1;
}

/** Whether a report of exit code 0 lists no change: no write of this run, of an earlier run or of a person. */
export function hasNoNews({ findings, earlierChanges }: Report): boolean {
  return earlierChanges.length === 0 && findings.every(({ change }) => change === null);
}
