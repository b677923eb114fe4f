import { keysOf } from '../../lambda/connection/tables';
import { countGrouped, grouped } from '../../lambda/report/html/numbers';
import { countStatuses, sumNumbers } from './numbers';
import { nameStatus, TENANT_STATUSES, type TenantsReport } from './tenant-result';

/** The verdict over all environments in one line of ASCII: `3 environments: 1 not reached, 1 drifted, 1 ok`. */
export function headlineOfAll({ results }: TenantsReport): string {
  const counts = countStatuses(results);
  const said = keysOf(TENANT_STATUSES).flatMap((status) =>
    counts[status] === 0 ? [] : [`${grouped(counts[status])} ${nameStatus(status)}`],
  );
  return `${countGrouped(results.length, 'environment')}: ${said.join(', ')}`;
}

/** `120 connections judged: 100 compliant, 12 drifted (3 high or critical, 2 new), 1 indeterminate, 4 exempt` */
export function describeTotals({ results }: TenantsReport): string {
  const { judged, compliant, drifted, grave, indeterminate, exempt, fresh } = sumNumbers(results);
  return `${countGrouped(judged, 'connection')} judged: ${grouped(compliant)} compliant, ${grouped(drifted)} drifted, ${grouped(indeterminate)} indeterminate, ${grouped(exempt)} exempt. High or critical: ${grouped(grave)}. New: ${grouped(fresh)}.`;
}
