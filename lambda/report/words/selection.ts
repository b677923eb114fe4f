import type { Severity } from '../../contract';
import type { Finding } from '../../judge/finding';
import type { Report } from '../../judge/report';
import { makeHarmless } from '../text/harmless';
import { count } from './run';

/** What a reader chose to see of the findings of a report: all conditions hold, and one of each list. */
export interface Filters {
  /** This severity and above. */
  readonly severity: Severity | undefined;
  readonly strategies: readonly string[];
  /** Ids or exact names of connections. */
  readonly only: readonly string[];
}

/** The findings that these filters leave; everything else of the report is that of the whole run. */
export interface Selection {
  readonly findings: readonly Finding[];
  readonly filters: Filters;
}

/** `3 of 16 findings (--severity high)` */
export function countSelected({ findings, filters }: Selection, report: Pick<Report, 'findings'>): string {
  return `${findings.length} of ${count(report.findings.length, 'finding')} (${nameFilters(filters).join(' ')})`;
}

/** The same as a line of its own. */
export function describeSelection(selection: Selection, report: Pick<Report, 'findings'>): string {
  return `Shown: ${countSelected(selection, report)}`;
}

/** As they are given to the command line. */
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
