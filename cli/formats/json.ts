import { SCHEMA_VERSION } from '../../lambda/contract';
import type { Report } from '../../lambda/judge/report';
import { writeJson } from '../../lambda/report/text/json';
import { countOutcomes, describeEnding } from '../../lambda/report/words/outcome';
import type { Selection } from '../../lambda/report/words/selection';

/** The JSON of the command line: the whole report with exact values, and for each finding its ending as a sentence. Fields can be added; no field changes its meaning within one schemaVersion. */
export function writeJsonReport(report: Report, selection?: Selection): string {
  return `${writeJson(fieldsOfReport(report, selection), { indent: 2 })}\n`;
}

/** The members of a report in JSON, also for a document with several reports. Outcomes and summary count all findings, regardless of the filters. */
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

/** How many of the findings are listed, and which filters selected them. */
function fieldsOfSelection({ findings, filters }: Selection, { findings: all }: Report): object {
  const { severity = null, strategies, only } = filters;
  return { findings: findings.length, of: all.length, severity, strategies, only };
}
