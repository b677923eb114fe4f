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

/** The connections of a listing, for what a person may name. */
type Listed = readonly Pick<Connection, 'id' | 'name' | 'strategy'>[];

export function isFiltered({ severity, strategies, only }: Filters): boolean {
  return severity !== undefined || strategies.length > 0 || only.length > 0;
}

/** What can be told before anything is asked: a strategy that we do not know may be new at Auth0, unless it is nearly a known one. */
export function findFilterProblems(options: AuditOptions): readonly string[] {
  const misspelt = options.strategies
    .filter((name) => !STRATEGY_NAMES.includes(name) && nearest(name, STRATEGY_NAMES) !== undefined)
    .map((name) => `--strategy: no strategy '${makeHarmless(name)}'${didYouMean(name, STRATEGY_NAMES)}`);
  if (options.mode === 'report' || !isFiltered(options)) return misspelt;
  const reason = 'show a part of the report and do not choose what is repaired; leave them out with --mode remediate';
  return [...misspelt, `--severity, --strategy and --only: ${reason}`];
}

/** What is left of the findings; `undefined` where nothing was asked for. */
export function selectFindings({ findings }: Report, filters: Filters, listed: Listed): Selection | undefined {
  if (!isFiltered(filters)) return undefined;
  const { severity, strategies, only } = filters;
  const ids = new Set(listed.map(({ id }) => id));
  const isMeant = ({ connection: { id, name } }: Finding): boolean =>
    // Names are anyone's texts: one that reads like an id does not stand beside the id.
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

/** What the filters name and the whole listing does not have, a sentence each. A listing that is not complete shows nothing of this. */
export function findUnlisted({ complete }: Report, { strategies, only }: Filters, listed: Listed): readonly string[] {
  if (!complete) return [];
  const texts = new Set(listed.flatMap(({ id, name }) => [id, name]));
  const known = new Set([...STRATEGY_NAMES, ...listed.map(({ strategy }) => strategy)]);
  const all = count(listed.length, 'connection');
  return [
    ...strategies
      .filter((name) => !known.has(name))
      .map((name) => `--strategy: of ${all}, none has the strategy '${makeHarmless(name)}'`),
    ...only
      .filter((wanted) => !texts.has(wanted))
      .map((wanted) => `--only: of ${all}, none has the id or name ${quoteUnknown(wanted, listed)}`),
  ];
}
