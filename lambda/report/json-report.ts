import type { Report } from '../audit/report';
import { SCHEMA_VERSION } from '../contract';
import { writeJson } from './json-text';

/** The CLI's JSON: the whole report, every value exact. Fields may be added; none changes its meaning in one schemaVersion. */
export function writeJsonReport(report: Report): string {
  const { runId, environment, tenant, mode, startedAt, finishedAt, complete, incomplete } = report;
  const { coverage, summary, findings, notices } = report;
  return `${writeJson(
    {
      schemaVersion: SCHEMA_VERSION,
      runId,
      environment,
      tenant,
      mode,
      startedAt,
      finishedAt,
      complete,
      incomplete,
      coverage,
      summary,
      findings,
      notices,
    },
    { indent: 2 },
  )}\n`;
}
