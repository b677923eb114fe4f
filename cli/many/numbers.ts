import { countBy } from '../../lambda/connection/tables';
import { isSettled } from '../../lambda/judge/outcome';
import type { Report } from '../../lambda/judge/report';
import { tally } from '../../lambda/report/html/tally';
import { countLifecycles } from '../../lambda/report/words/lifecycle';
import { TENANT_STATUSES, type TenantResult, type TenantStatus } from './tenant-result';

/** Numbers of connections of one tenant, or of all tenants together. */
export interface Numbers {
  readonly judged: number;
  readonly compliant: number;
  /** Without the exempt connections. */
  readonly drifted: number;
  /** The drifted and indeterminate connections of severity high or critical. */
  readonly grave: number;
  readonly indeterminate: number;
  readonly exempt: number;
  /** The drifted and indeterminate connections that no earlier run left open. */
  readonly fresh: number;
}

/** `undefined` if nothing was read, which is not the same as zero. */
export function numbersOf({ report }: TenantResult): Numbers | undefined {
  return report === null || report.coverage.listed === 0 ? undefined : countReport(report);
}

function countReport({ coverage, summary, findings }: Report): Numbers {
  const { drifted, indeterminate, exempt } = tally(findings);
  const open = findings.filter((finding) => !isSettled(finding));
  const { new: first, reopened } = countLifecycles(findings);
  return {
    judged: coverage.judged,
    compliant: summary.compliant,
    drifted,
    grave: open.filter(({ severity }) => severity === 'high' || severity === 'critical').length,
    indeterminate,
    exempt,
    fresh: first + reopened,
  };
}

/** The sums over the tenants that were read, at least in part. */
export function sumNumbers(results: readonly TenantResult[]): Numbers {
  const sum = { judged: 0, compliant: 0, drifted: 0, grave: 0, indeterminate: 0, exempt: 0, fresh: 0 };
  for (const numbers of results.map(numbersOf)) {
    if (numbers === undefined) continue;
    sum.judged += numbers.judged;
    sum.compliant += numbers.compliant;
    sum.drifted += numbers.drifted;
    sum.grave += numbers.grave;
    sum.indeterminate += numbers.indeterminate;
    sum.exempt += numbers.exempt;
    sum.fresh += numbers.fresh;
  }
  return sum;
}

/** The number of tenants with each status, including zeros. */
export function countStatuses(results: readonly TenantResult[]): Readonly<Record<TenantStatus, number>> {
  return countBy(
    TENANT_STATUSES,
    results.map(({ status }) => status),
  );
}
