import type { Connection } from '../../lambda/connection/connection';
import { STRATEGY_NAMES } from '../../lambda/connection/strategies';
import { SEVERITIES } from '../../lambda/contract';
import type { Finding } from '../../lambda/judge/finding';
import type { Report } from '../../lambda/judge/report';
import { didYouMean, nearest } from '../../lambda/policy/nearest';
import { makeHarmless } from '../../lambda/report/text/harmless';
import { count } from '../../lambda/report/words/run';
import type { Filters, Selection } from '../../lambda/report/words/selection';
import { quoteUnknown } from '../screen/unknown-connection';
import type { AuditOptions } from './options';

/** The connections of a listing, as far as options can name them. */
type Listed = readonly Pick<Connection, 'id' | 'name' | 'strategy'>[];

export function isFiltered({ severity, strategies, only }: Filters): boolean {
  return severity !== undefined || strategies.length > 0 || only.length > 0;
}

/** The problems that are visible before any request. An unknown strategy can be new at Auth0, unless its name is close to a known one. */
export function findFilterProblems(options: AuditOptions): readonly string[] {
  const misspelt = options.strategies
    .filter((name) => !STRATEGY_NAMES.includes(name) && nearest(name, STRATEGY_NAMES) !== undefined)
    .map((name) => `--strategy: no strategy '${makeHarmless(name)}'${didYouMean(name, STRATEGY_NAMES)}`);
  if (options.mode === 'report' || !isFiltered(options)) return misspelt;
  const reason =
    'these filters only limit what the report shows, not what is repaired; omit them with --mode remediate';
  return [...misspelt, `--severity, --strategy and --only: ${reason}`];
}

/** The findings that match the filters; `undefined` if there is no filter. */
export function selectFindings({ findings }: Report, filters: Filters, listed: Listed): Selection | undefined {
  if (!isFiltered(filters)) return undefined;
  const { severity, strategies, only } = filters;
  const ids = new Set(listed.map(({ id }) => id));
  const isMeant = ({ connection: { id, name } }: Finding): boolean =>
    // Anyone can choose a name. A name that equals the id of another connection does not match.
    only.some((wanted) => wanted === id || (wanted === name && !ids.has(wanted)));
  const least = severity === undefined ? 0 : SEVERITIES.indexOf(severity);
  return {
    findings: findings.filter(
      (finding) =>
        SEVERITIES.indexOf(finding.severity) >= least &&
        (strategies.length === 0 || strategies.includes(finding.connection.strategy)) &&
        (only.length === 0 || isMeant(finding)),
    ),
    filters: { severity, strategies, only },
  };
}

/** The names in the filters that a complete listing does not contain, one sentence each. An incomplete listing proves no absence. */
export function findUnlisted({ complete }: Report, { strategies, only }: Filters, listed: Listed): readonly string[] {
  if (!complete) return [];
  const texts = new Set(listed.flatMap(({ id, name }) => [id, name]));
  const known = new Set([...STRATEGY_NAMES, ...listed.map(({ strategy }) => strategy)]);
  const all = count(listed.length, 'connection');
  return [
    ...strategies
      .filter((name) => !known.has(name))
      .map((name) => `--strategy: none of ${all} has the strategy '${makeHarmless(name)}'`),
    ...only
      .filter((wanted) => !texts.has(wanted))
      .map((wanted) => `--only: none of ${all} has the id or name ${quoteUnknown(wanted, listed)}`),
  ];
}
