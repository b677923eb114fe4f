import { isFailure, isSettled } from '../../lambda/judge/outcome';
import type { Report } from '../../lambda/judge/report';
import type { ExitCode } from '../exit-code';

/** The exit code that tells of a report. */
export function exitCodeOf({ complete, summary, findings, notices, untold, historyFailure }: Report): ExitCode {
  const hasFailed = findings.some(({ outcome }) => isFailure(outcome));
  // A first run that sees no connection looks at the wrong tenant, more likely than at an empty one.
  const isEmpty = notices.some(({ code }) => code === 'NO_CONNECTIONS');
  // What earlier runs saw is not known, or what this one saw is not kept.
  if (historyFailure !== null) return 2;
  if (!complete || hasFailed || isEmpty || untold.length > 0 || summary.indeterminate > 0) return 2;
  return findings.every(isSettled) ? 0 : 1;
}

/** Whether a report of exit code 0 tells of nothing that was done: no write of this run, and none of an earlier run or a person. */
export function hasNoNews({ findings, earlierChanges }: Report): boolean {
  return earlierChanges.length === 0 && findings.every(({ change }) => change === null);
}
