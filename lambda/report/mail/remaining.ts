import type { Finding } from '../../judge/finding';
import { OUTCOMES } from '../../judge/outcome';
import type { Report } from '../../judge/report';
import { describeDrift } from '../words/finding';
import { isFirstRun, isReminder, nameLifecycle } from '../words/lifecycle';
import { isPermitted, nameEnding } from '../words/outcome';
import { type Section, writeFindings } from './findings';
import { writeLook } from './links';
import { strategyColumn, writeShortList } from './list';

/**
 * The findings that remain. New and reopened findings, and repairs that this run could not make, come first and in full:
 * effect on users, rule, where to look, and why there was no repair. Findings that an earlier message explained follow.
 */
export function writeRemaining(report: Report): string[][] {
  const left = report.findings.filter((finding) => !isPermitted(finding) && !hasOwnSection(finding, report));
  const isKnown = (finding: Finding): boolean => finding.lifecycle === 'open' && !OUTCOMES[finding.outcome].isOfThisRun;
  const fresh = left.filter((finding) => !isKnown(finding));
  return [
    ...writeFindings(report.mode === 'report' ? reported(fresh, isFirstRun(report)) : remediated(fresh), report),
    writeStillOpen(left.filter(isKnown), report),
  ];
}

/** Whether another section lists the finding. Report mode has no sections for repairs. */
function hasOwnSection({ outcome }: Finding, { mode }: Report): boolean {
  const { kind } = OUTCOMES[outcome];
  return kind === 'guarded' || (mode === 'remediate' && (kind === 'failure' || kind === 'put_right'));
}

/** The sections of a run in report mode. */
function reported(fresh: readonly Finding[], isFirst: boolean): Section[] {
  const isBack = ({ lifecycle }: Finding): boolean => lifecycle === 'reopened';
  const back = fresh.filter(isBack);
  const others = fresh.filter((finding) => !isBack(finding));
  return [
    { heading: isFirst ? null : 'NEW', findings: others },
    { heading: isFirst ? null : 'REOPENED', findings: back },
  ];
}

function remediated(left: readonly Finding[]): Section[] {
  const isRefused = ({ outcome }: Finding): boolean => OUTCOMES[outcome].kind === 'refused';
  const isLeftByPolicy = ({ outcome }: Finding): boolean => OUTCOMES[outcome].kind === 'by_policy';
  return [
    { heading: 'NOT FIXED', findings: left.filter((finding) => !isRefused(finding) && !isLeftByPolicy(finding)) },
    { heading: 'SKIPPED, WITH REASONS', findings: left.filter(isRefused) },
    { heading: 'REPAIR NOT ALLOWED BY POLICY', findings: left.filter(isLeftByPolicy) },
  ];
}

/**
 * Findings that an earlier message explained: connection, severity, age, and in remediate mode why they are not
 * repaired.
 */
export function writeStillOpen(findings: readonly Finding[], report: Report): string[] {
  if (findings.length === 0) return [];
  const strategy = strategyColumn(findings);
  const heading = (finding: Finding): string =>
    `${finding.severity.toUpperCase()}: ${describeDrift(finding)}${report.mode === 'report' ? '' : ` (${nameEnding(finding)})`}`;
  const beside = (finding: Finding): string => `${strategy(finding)}  ${nameLifecycle(finding, report).padStart(8)}`;
  return [
    `STILL OPEN: ${findings.length}`,
    ...writeShortList(findings, { heading, beside }),
    // Only a reminder is about these findings. In other mails they are not the news.
    ...(isReminder(report) ? ['', ...writeLook(findings, report.canonicalHost)] : []),
  ];
}
