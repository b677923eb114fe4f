import { SCHEMA_VERSION } from '../../lambda/contract';
import type { Report } from '../../lambda/judge/report';
import { writeJson } from '../../lambda/report/text/json';
import { countOutcomes, describeEnding } from '../../lambda/report/words/outcome';
import type { Selection } from '../../lambda/report/words/selection';

/** The CLI's JSON: the whole report, every value exact, and for people what became of each finding in words. Fields may be added; none changes its meaning in one schemaVersion. */
export function writeJsonReport(report: Report, selection?: Selection): string {
  return `${writeJson(fieldsOfReport(report, selection), { indent: 2 })}\n`;
}

/** What the JSON of a report holds, for a text that holds several. Outcomes and summary are those of all findings. */
export function fieldsOfReport(report: Report, selection?: Selection): object {
  const { runId, environment, tenant, canonicalHost, mode, startedAt, finishedAt, complete, incomplete } = report;
  const { coverage, summary, findings, notices, resolved, earlierChanges, trend, telling, places } = report;
  const { otherWriters, historyFailure, subscribers, untold } = report;
  return {
    schemaVersion: SCHEMA_VERSION,
    runId,
    environment,
    tenant,
    canonicalHost,
    mode,
    startedAt,
    finishedAt,
    complete,
    incomplete,
    coverage,
    summary,
    outcomes: countOutcomes(findings),
    ...(selection === undefined ? {} : { shown: fieldsOfSelection(selection, report) }),
    findings: (selection?.findings ?? findings).map((finding) => ({ ...finding, ending: describeEnding(finding) })),
    notices,
    resolved,
    earlierChanges,
    trend,
    telling,
    places,
    otherWriters,
    historyFailure,
    subscribers,
    untold,
  };
}

/** How many of the findings are there, and which filters chose them. */
function fieldsOfSelection({ findings, filters }: Selection, { findings: all }: Report): object {
  const { severity = null, strategies, only } = filters;
  return { findings: findings.length, of: all.length, severity, strategies, only };
}
