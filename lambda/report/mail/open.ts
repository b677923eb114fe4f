import type { Finding } from '../../judge/finding';
import type { Report } from '../../judge/report';
import { describeDrift } from '../words/finding';
import { nameLifecycle } from '../words/lifecycle';
import { nameEnding } from '../words/outcome';
import { strategyColumn } from './connection-lines';
import { writeShortList } from './short-list';

/** What an earlier message explained: which, how bad and for how long, and what keeps a run that may write from it. */
export function writeStillOpen(findings: readonly Finding[], report: Report): string[] {
  if (findings.length === 0) return [];
  const strategy = strategyColumn(findings);
  const heading = (finding: Finding): string =>
    `${finding.severity.toUpperCase()}: ${describeDrift(finding)}${report.mode === 'report' ? '' : ` (${nameEnding(finding)})`}`;
  const beside = (finding: Finding): string => `${strategy(finding)}  ${nameLifecycle(finding, report).padStart(8)}`;
  return [`STILL OPEN: ${findings.length}`, ...writeShortList(findings, { heading, beside })];
}
