import type { Finding } from '../audit/report';
import { SEVERITIES } from '../contract';
import { columnsOf, padTo } from './columns';
import { dashboardPath } from './dashboard-path';
import { describeDrift, explainEffect, nameCode } from './finding-words';
import { groupBy } from './group-by';
import { makeHarmless } from './harmless';
import { fill, MAIL_COLUMNS } from './paragraphs';
import { describeOutcome, describeRepair } from './repair-words';

/** More than a person reads at night; the findings topic and the CLI have the rest. */
const SHOWN = 25;

/**
 * The worst findings in full, those with the same meaning together so that nothing is explained twice; then the rest as
 * counts. Expects the findings as a report has them: the worst first.
 */
export function writeFindings(findings: readonly Finding[]): string[] {
  const explained = new Map<string, number>();
  const groups = groupBy(findings.slice(0, SHOWN), meaningOf);
  return [
    ...groups.flatMap((group, index) => [...(index > 0 ? [''] : []), ...writeGroup(group, index + 1, explained)]),
    ...writeRest(findings.slice(SHOWN)),
  ];
}

/** What the same words describe. Whatever differs between two findings of a group is printed with each. */
function meaningOf(finding: Finding): string {
  return JSON.stringify([
    finding.severity,
    describeDrift(finding),
    dashboardPath(finding.connection.strategy),
    describeRepair(finding),
    finding.outcome,
    finding.rule,
    finding.reason,
  ]);
}

function writeGroup(group: readonly [Finding, ...Finding[]], number: number, explained: Map<string, number>): string[] {
  const [first] = group;
  const once = (text: string): string => {
    const earlier = explained.get(text);
    if (earlier === undefined) explained.set(text, number);
    return earlier === undefined ? text : `As in ${earlier}.`;
  };
  const strategyColumns = Math.max(...group.map(({ connection }) => columnsOf(strategyNameOf(connection))));
  const reason = first.reason === null ? '' : `: ${makeHarmless(first.reason, 500)}`;
  return [
    ...fill(`${first.severity.toUpperCase()}: ${describeDrift(first)}`, { first: `${number}. ` }),
    '',
    ...group.flatMap((finding) => writeConnection(finding, strategyColumns)),
    '',
    ...fill(once(explainEffect(first)), { first: '   Why     ' }),
    ...fill(`${first.rule === 'default' ? 'Default' : `Rule ${makeHarmless(first.rule)}`}${reason}`, {
      first: '   Policy  ',
    }),
    ...fill(once(dashboardPath(first.connection.strategy)), { first: '   Look    ' }),
    ...fill(`${once(describeRepair(first))} ${describeOutcome(first.outcome)}`, { first: '   Repair  ' }),
  ];
}

/**
 * The name comes last in its line, or has one of its own: writing from right to left cannot reorder what stands before.
 */
function writeConnection({ connection, code, actual }: Finding, strategyColumns: number): string[] {
  const { name, displayName } = connection;
  const line = `${ENTRY}${padTo(idOf(connection), ID_COLUMNS)}  ${padTo(strategyNameOf(connection), strategyColumns)}`;
  const harmless = makeHarmless(name);
  const whole = `${line}  ${harmless}`;
  return [
    ...(columnsOf(whole) <= MAIL_COLUMNS ? [whole] : [line.trimEnd(), ...fill(harmless, { first: DETAIL })]),
    ...(displayName === null || displayName === name
      ? []
      : fill(makeHarmless(displayName, 50), { first: `${DETAIL}shown as: ` })),
    ...(code === 'UNDOCUMENTED_VALUE' && actual !== null
      ? fill(makeHarmless(actual, 50), { first: `${DETAIL}value: ` })
      : []),
  ];
}

const ENTRY = '   - ';
const DETAIL = '     ';
/** `con_` and 16 characters. */
const ID_COLUMNS = 20;

function idOf({ id }: Finding['connection']): string {
  return makeHarmless(id, 40);
}

function strategyNameOf({ strategy }: Finding['connection']): string {
  return makeHarmless(strategy, 24);
}

function writeRest(rest: readonly Finding[]): string[] {
  if (rest.length === 0) return [];
  const kinds = groupBy(rest, ({ severity, code }) => `${severity} ${code}`).toSorted(
    ([a], [b]) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity),
  );
  return [
    '',
    `and ${rest.length} more:`,
    ...kinds.map(
      (kind) => `  ${kind.length} ${kind[0].severity.toUpperCase()} ${kind[0].code} (${nameCode(kind[0].code)})`,
    ),
  ];
}
