import type { Severity } from '../../contract';
import type { Finding } from '../../judge/finding';
import type { Report } from '../../judge/report';
import { makeHarmless } from '../text/harmless';
import { count } from './run';

/**
 * The filters of the findings that are shown. A finding must match all filters, and of each list at least one entry.
 */
export interface Filters {
  /** This severity and higher. */
  readonly severity: Severity | undefined;
  readonly strategies: readonly string[];
  /** Ids or exact names of connections. */
  readonly only: readonly string[];
}

/** The findings that match the filters. All other parts of the report cover the whole run. */
export interface Selection {
  readonly findings: readonly Finding[];
  readonly filters: Filters;
}

/** `3 of 16 findings (--severity high)` */
export function countSelected({ findings, filters }: Selection, report: Pick<Report, 'findings'>): string {
  return `${findings.length} of ${count(report.findings.length, 'finding')} (${nameFilters(filters).join(' ')})`;
}

/** The same as a separate line. */
export function describeSelection(selection: Selection, report: Pick<Report, 'findings'>): string {
  return `Shown: ${countSelected(selection, report)}`;
}

/** As options of the command line. */
function nameFilters({ severity, strategies, only }: Filters): string[] {
  return [
    ...(severity === undefined ? [] : [`--severity ${severity}`]),
    ...strategies.map((name) => `--strategy ${makeHarmless(name, 24)}`),
    ...only.map((name) => `--only ${quote(makeHarmless(name))}`),
  ];
}

function quote(name: string): string {
  return name.includes(' ') ? `'${name}'` : name;
}
