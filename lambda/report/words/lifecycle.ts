import { countBy, keysOf } from '../../connection/tables';
import { type Finding, LIFECYCLES, type Lifecycle } from '../../judge/finding';
import { isSettled } from '../../judge/outcome';
import type { Report, Resolved } from '../../judge/report';
import { DAY_MS } from '../../policy/days';
import { unreachable } from '../text/unreachable';
import { changesForPeople } from './earlier';
import { count } from './run';

/** Whether no earlier run saw everything, so that there is nothing to compare with. Runs that were missed did run. */
export function isFirstRun({
  trend,
  historyFailure,
  notices,
}: Pick<Report, 'trend' | 'historyFailure' | 'notices'>): boolean {
  const hasMissed = notices.some(({ code }) => code === 'RUNS_MISSED');
  return historyFailure === null && !hasMissed && !trend.some(({ complete }) => complete);
}

/** Nothing happened, and something stays open. */
export function isReminder(report: Report): boolean {
  return report.telling === 'reminder' && isQuiet(report) && !report.findings.every(isSettled);
}

/** Nothing happened, and nothing is open. */
export function isAllClear(report: Report): boolean {
  return report.telling === 'all_clear' && isQuiet(report) && report.findings.every(isSettled);
}

export const WEEKLY_ALL_CLEAR = 'The weekly all-clear. Should it stay away, the audit does not run.';

/** A run that did something or missed something is described in full, whatever its notification. */
function isQuiet(report: Report): boolean {
  const { complete, historyFailure, findings } = report;
  const isOld = (finding: Finding): boolean =>
    finding.change === null && (finding.lifecycle === 'open' || isSettled(finding));
  return complete && historyFailure === null && changesForPeople(report).length === 0 && findings.every(isOld);
}

/** Whole days since a finding was first seen; `undefined` where nobody can say. */
export function daysOpen(firstSeen: string | null, { startedAt }: Pick<Report, 'startedAt'>): number | undefined {
  const days = Math.floor((Date.parse(startedAt) - Date.parse(firstSeen ?? '')) / DAY_MS);
  return Number.isFinite(days) && days >= 0 ? days : undefined;
}

/** `new`, `back`, `12 days`, `today`: as much as a column has room for. */
export function nameLifecycle({ lifecycle, firstSeen }: Finding, report: Report): string {
  switch (lifecycle) {
    case 'new':
      return 'new';
    case 'reopened':
      return 'back';
    case 'open': {
      const days = daysOpen(firstSeen, report);
      if (days === undefined) return 'open';
      return days === 0 ? 'today' : count(days, 'day');
    }
    default:
      return unreachable(lifecycle);
  }
}

/** `open for 12 days`. */
export function describeAge(firstSeen: string | null, report: Pick<Report, 'startedAt'>): string {
  const days = daysOpen(firstSeen, report);
  if (days === undefined) return 'open';
  return days === 0 ? 'open since today' : `open for ${count(days, 'day')}`;
}

/** What still asks something of somebody, by where it stands. What a person undid is counted apart. */
export function countLifecycles(findings: readonly Finding[]): Readonly<Record<Lifecycle, number>> {
  return countBy(
    LIFECYCLES,
    findings.flatMap((finding) => (isSettled(finding) || isNewlyHeld(finding) ? [] : [finding.lifecycle])),
  );
}

/** What a person undid since the last run is back because of that, which is no news of its own. */
export function isNewlyHeld({ outcome, lifecycle }: Finding): boolean {
  return outcome === 'held' && LIFECYCLES[lifecycle].isNews;
}

/** `2 new, 1 reopened, 5 still open (the longest for 12 days), 3 resolved`. */
export function describeChanges(report: Report): string {
  const { findings, resolved } = report;
  const counts = countLifecycles(findings);
  const held = findings.filter(isNewlyHeld).length;
  const ages = findings.flatMap((finding) =>
    isSettled(finding) || finding.lifecycle !== 'open' ? [] : (daysOpen(finding.firstSeen, report) ?? []),
  );
  const oldest = ages.reduce((most, days) => Math.max(most, days), 0);
  const longest = oldest > 0 ? ` (the longest for ${count(oldest, 'day')})` : '';
  const parts = [
    ...keysOf(LIFECYCLES).flatMap((lifecycle) =>
      LIFECYCLES[lifecycle].isNews && counts[lifecycle] > 0 ? [`${counts[lifecycle]} ${lifecycle}`] : [],
    ),
    ...(held > 0 ? [`${held} held`] : []),
    ...(counts.open > 0 ? [`${counts.open} still open${longest}`] : []),
    ...(resolved.length > 0 ? [`${resolved.length} resolved`] : []),
  ];
  return parts.length === 0 ? 'none' : parts.join(', ');
}

/** How a run knows that an earlier finding is none any more. */
export function describeResolution(how: Resolved['how']): string {
  return RESOLUTION_WORDS[how];
}

export const RESOLUTION_WORDS: Readonly<Record<Resolved['how'], string>> = {
  compliant: 'as the policy says by now',
  not_applicable: 'the setting no longer applies to it',
  absent: 'the connection is gone',
};
