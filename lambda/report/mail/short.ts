import type { Finding } from '../../judge/finding';
import { isSettled } from '../../judge/outcome';
import type { Report } from '../../judge/report';
import { fill } from '../text/columns';
import { makeHarmless, makeVisible } from '../text/harmless';

/** Nothing happened, and something stays open. */
export function isReminder(report: Report): boolean {
  return report.telling === 'reminder' && isQuiet(report) && !report.findings.every(isSettled);
}

/** Nothing happened, and nothing is open. */
export function isAllClear(report: Report): boolean {
  return report.telling === 'all_clear' && isQuiet(report) && report.findings.every(isSettled);
}

/** A run that did something or missed something is told in full, as whatever it was told. */
function isQuiet({ complete, historyFailure, findings }: Report): boolean {
  const isOld = (finding: Finding): boolean =>
    finding.change === null && (finding.lifecycle === 'open' || isSettled(finding));
  return complete && historyFailure === null && findings.every(isOld);
}

/** Three lines: what holds, of what, and what it means if they stay away. */
export function writeAllClear(verdict: string, { environment, tenant, runId }: Report): string[] {
  return [
    ...fill(verdict),
    ...fill(`${makeHarmless(environment)}, ${makeVisible(tenant)}, run ${makeVisible(runId)}`),
    ...fill('The weekly all-clear. Should it stay away, the audit does not run.'),
  ];
}
