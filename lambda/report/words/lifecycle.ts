import { countBy, keysOf } from '../../connection/tables';
import { type Finding, LIFECYCLES, type Lifecycle } from '../../judge/finding';
import { isSettled } from '../../judge/outcome';
import type { Report, Resolved } from '../../judge/report';
import { DAY_MS } from '../../policy/days';
import { unreachable } from '../text/unreachable';
import { changesForPeople } from './earlier';
import { count } from './run';

/**
 * Whether no earlier run was complete, so that nothing can be compared. Missed runs count as runs: they only reached no
 * one.
 */
export function isFirstRun({
  trend,
  historyFailure,
  notices,
}: Pick<Report, 'trend' | 'historyFailure' | 'notices'>): boolean {
  const hasMissed = notices.some(({ code }) => code === 'RUNS_MISSED');
  return historyFailure === null && !hasMissed && !trend.some(({ complete }) => complete);
}

/** Nothing changed, and findings stay open. */
export function isReminder(report: Report): boolean {
  return report.telling === 'reminder' && isQuiet(report) && !report.findings.every(isSettled);
}

/** Nothing changed, and no finding is open. */
export function isAllClear(report: Report): boolean {
  return report.telling === 'all_clear' && isQuiet(report) && report.findings.every(isSettled);
}

export const WEEKLY_ALL_CLEAR = 'Weekly all-clear. If it is missing, the audit or its alerts stopped.';

/** A run that wrote or missed something is described in full, regardless of its notification. */
function isQuiet(report: Report): boolean {
  const { complete, historyFailure, findings } = report;
  const isOld = (finding: Finding): boolean =>
    finding.change === null && (finding.lifecycle === 'open' || isSettled(finding));
  return complete && historyFailure === null && changesForPeople(report).length === 0 && findings.every(isOld);
}

/** Whole days since a finding was first seen; `undefined` if unknown. */
export function daysOpen(firstSeen: string | null, { startedAt }: Pick<Report, 'startedAt'>): number | undefined {
  const days = Math.floor((Date.parse(startedAt) - Date.parse(firstSeen ?? '')) / DAY_MS);
  return Number.isFinite(days) && days >= 0 ? days : undefined;
}

/** `new`, `reopened`, `12 days`, `today`: short enough for a column. */
export function nameLifecycle({ lifecycle, firstSeen }: Finding, report: Report): string {
  switch (lifecycle) {
    case 'new':
      return 'new';
    case 'reopened':
      return 'reopened';
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

/** Counts the open findings by their lifecycle. Newly held findings are counted separately. */
export function countLifecycles(findings: readonly Finding[]): Readonly<Record<Lifecycle, number>> {
  return countBy(
    LIFECYCLES,
    findings.flatMap((finding) => (isSettled(finding) || isNewlyHeld(finding) ? [] : [finding.lifecycle])),
  );
}

/** Whether an undo since the last run brought the finding back. The undo itself is the news. */
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

/** Why an earlier finding is resolved. */
export function describeResolution(how: Resolved['how']): string {
  return RESOLUTION_WORDS[how];
}

export const RESOLUTION_WORDS: Readonly<Record<Resolved['how'], string>> = {
  compliant: 'now complies with the policy',
  not_applicable: 'the setting no longer applies to the connection',
  absent: 'the connection is no longer listed',
};
