import type { Mode } from '../../contract';
import type { OtherWriters, Report } from '../../judge/report';
import { makeVisible } from '../text/harmless';
import { doubtOf, isListingCut } from './incomplete';
import { countOutcomes } from './outcome';

/** How many connections were listed, and their verdicts. Each listed connection is in exactly one of the counts. */
export function describeCoverage(report: Report): string {
  const { coverage, summary, findings } = report;
  const counts = [
    `${summary.compliant} compliant`,
    `${summary.noncompliant} drifted`,
    `${summary.not_applicable} not applicable`,
  ];
  if (coverage.listed === 0) return describeNone(report);
  const cut = doubtOf(report)?.coverage ?? 'listed before the run ended early';
  const listed = `${coverage.listed} ${isListingCut(report) ? cut : 'listed'}`;
  const { remediated, already_compliant, gone } = countOutcomes(findings);
  const since = [
    ...(summary.exempt > 0 ? [`${summary.exempt} exempt`] : []),
    ...(remediated > 0 ? [`${remediated} fixed in this run`] : []),
    ...(already_compliant + gone > 0 ? [`${already_compliant + gone} fixed or deleted by others`] : []),
  ];
  const ofFindings = since.length === 0 ? '' : ` Of the findings: ${since.join(', ')}.`;
  return `${listed}, ${coverage.judged} judged (${counts.join(', ')}), ${summary.indeterminate} indeterminate.${ofFindings}`;
}

function describeNone(report: Report): string {
  if (doubtOf(report) !== undefined || sawNoConnections(report)) return 'None: Auth0 listed no connections.';
  return report.complete ? 'None: the tenant has no connections.' : 'No connection was read.';
}

/** Whether the first run listed no connections. Usually this means a wrong tenant, not an empty tenant. */
export function sawNoConnections({ notices }: Pick<Report, 'notices'>): boolean {
  return notices.some(({ code }) => code === 'NO_CONNECTIONS');
}

/** What a run in this mode is allowed to do. */
export function describeMode(mode: Mode): string {
  return mode === 'report'
    ? 'report: reads the tenant, writes nothing'
    : 'remediate: repairs what the policy and the safeguards allow';
}

/**
 * What the tenant's log shows about other writers during the run. An edit between our read and our write would be lost.
 */
export function describeOtherWriters(otherWriters: OtherWriters): string {
  return OTHER_WRITERS_WORDS[otherWriters];
}

export const OTHER_WRITERS_WORDS: Readonly<Record<OtherWriters, string>> = {
  not_looked_for: 'not applicable: this run wrote nothing.',
  no_scope: 'unknown. Grant read:logs so that the auditor can look up other writers after each run that writes.',
  none_seen: "none found in the tenant's log.",
  seen: "FOUND in the tenant's log; listed with each connection.",
  log_unreadable:
    "unknown: the tenant's log could not be read. Search the log manually (Dashboard: Monitoring > Logs).",
};

/** `04:30:02Z`. The end of the message has the date. */
export function describeTime(at: string): string {
  return `${makeVisible(at.slice('2026-11-23T'.length, '2026-11-23T04:30:02'.length), 8)}Z`;
}

/** `1 connection`, `2 connections`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
