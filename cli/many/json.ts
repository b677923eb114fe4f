import { writeJson } from '../../lambda/report/text/json';
import { fieldsOfReport } from '../formats/json';
import { countStatuses, sumNumbers } from './numbers';
import { type TenantsReport, worstExitCode } from './tenant-result';

/** Version of the object that contains the reports. Each report has a separate version. */
const TENANTS_SCHEMA_VERSION = '1';

/** Several audits as one object: totals, and for each environment its status and its whole report. Fields can be added. */
export function writeTenantsJson(report: TenantsReport): string {
  const { startedAt, finishedAt, results } = report;
  const { judged, compliant, drifted, grave, indeterminate, exempt, fresh } = sumNumbers(results);
  const fields = {
    kind: 'tenants',
    schemaVersion: TENANTS_SCHEMA_VERSION,
    startedAt,
    finishedAt,
    exitCode: worstExitCode(report),
    totals: {
      environments: results.length,
      byStatus: countStatuses(results),
      connections: { judged, compliant, drifted, highOrCritical: grave, indeterminate, exempt, new: fresh },
    },
    tenants: results.map(({ environment, tenant, status, exitCode, reason, report: run }) => ({
      environment,
      tenant,
      status,
      exitCode,
      reason,
      report: run === null ? null : fieldsOfReport(run),
    })),
  };
  return `${writeJson(fields, { indent: 2 })}\n`;
}
