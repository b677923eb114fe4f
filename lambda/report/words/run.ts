import type { Mode } from '../../contract';
import type { OtherWriters, Report } from '../../judge/report';
import { makeVisible } from '../text/harmless';
import { doubtOf, isListingCut } from './incomplete';
import { countOutcomes } from './outcome';

/** How much of the tenant was seen, and as what: every connection that was listed is in exactly one of the counts. */
export function describeCoverage(report: Report): string {
  const { coverage, summary, findings } = report;
  const counts = [
    `${summary.compliant} compliant`,
    `${summary.noncompliant} drifted`,
    `${summary.not_applicable} not applicable`,
    `${summary.indeterminate} indeterminate`,
  ];
  if (coverage.listed === 0) return describeNone(report);
  const cut = doubtOf(report)?.coverage ?? 'listed before the run ended early';
  const listed = `${coverage.listed} ${isListingCut(report) ? cut : 'listed'}`;
  const { remediated, already_compliant, gone } = countOutcomes(findings);
  const since = [
    ...(summary.exempt > 0 ? [`${summary.exempt} exempt`] : []),
    ...(remediated > 0 ? [`${remediated} fixed since`] : []),
    ...(already_compliant + gone > 0 ? [`${already_compliant + gone} right or deleted since`] : []),
  ];
  const ofThese = since.length === 0 ? '' : ` Of these, ${since.join(', ')}.`;
  return `${listed}, ${coverage.judged} judged: ${counts.join(', ')}.${ofThese}`;
}

function describeNone(report: Report): string {
  if (doubtOf(report) !== undefined || sawNoConnections(report)) return 'None: Auth0 listed no connections.';
  return report.complete ? 'None: the tenant has no connections.' : 'None was read.';
}

/** Whether the first run saw no connections, which more often means the wrong tenant than an empty one. */
export function sawNoConnections({ notices }: Pick<Report, 'notices'>): boolean {
  return notices.some(({ code }) => code === 'NO_CONNECTIONS');
}

/** What a run in this mode may do. */
export function describeMode(mode: Mode): string {
  return mode === 'report'
    ? 'report: reads the tenant, writes nothing'
    : 'remediate: fixes what the policy and the rails allow';
}

/** What the tenant's log shows about others who wrote while we did: an edit between our read and our write would be lost. */
export function describeOtherWriters(otherWriters: OtherWriters): string {
  return OTHER_WRITERS_WORDS[otherWriters];
}

export const OTHER_WRITERS_WORDS: Readonly<Record<OtherWriters, string>> = {
  not_looked_for: 'not looked for: this run wrote nothing.',
  no_scope: 'not looked for. Grant read:logs so that the auditor can look them up after each run that writes.',
  none_seen: "none seen in the tenant's log.",
  seen: "SEEN in the tenant's log; named with each connection.",
  log_unreadable: "not known: the tenant's log could not be read. Look there (Dashboard: Monitoring > Logs).",
};

/** `04:30:02Z`: the day stands at the end of the message. */
export function describeTime(at: string): string {
  return `${makeVisible(at.slice('2026-11-23T'.length, '2026-11-23T04:30:02'.length), 8)}Z`;
}

/** `1 connection`, `2 connections`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
