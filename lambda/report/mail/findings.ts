import { strategyOf } from '../../connection/strategies';
import { SEVERITIES } from '../../contract';
import type { Finding } from '../../judge/finding';
import type { Report } from '../../judge/report';
import { fill } from '../text/columns';
import { groupBy } from '../text/group-by';
import { makeHarmless } from '../text/harmless';
import { describeAuthor, UNKNOWN_AUTHOR_WORDS } from '../words/author';
import { dashboardPath } from '../words/dashboard';
import { describeDrift, explainEffect, nameCode } from '../words/finding';
import { describeAge } from '../words/lifecycle';
import { describeEnding } from '../words/outcome';
import { describeRepair } from '../words/repair';
import { writeLinks } from './links';
import { strategyColumn, writeConnection } from './list';

/** More than a person reads in a mail; the full report has the rest. */
const SHOWN = 25;

/** Findings that go together, and what to call them; `null` where they need no heading. */
export interface Section {
  readonly heading: string | null;
  readonly findings: readonly Finding[];
}

/**
 * The worst findings of each section in full, those with the same meaning together so that nothing is explained twice;
 * then the rest as counts. Expects the findings as a report has them: the worst first.
 */
export function writeFindings(sections: readonly Section[], report: Report): string[][] {
  const written = sections.filter(({ findings }) => findings.length > 0);
  const shown = Math.ceil(SHOWN / Math.max(1, written.length));
  const writer = { report, explained: new Map<string, number>() };
  let number = 0;
  return written.map(({ heading, findings }) => {
    const groups = groupBy(findings.slice(0, shown), meaningOf);
    return [
      ...(heading === null ? [] : [`${heading}: ${findings.length}`, '']),
      ...groups.flatMap((group, index) => {
        number += 1;
        return [...(index > 0 ? [''] : []), ...writeGroup(group, number, writer)];
      }),
      ...writeRest(findings.slice(shown)),
    ];
  });
}

/** What the same words describe. Whatever differs between two findings of a group is printed with each. */
function meaningOf(finding: Finding): string {
  return JSON.stringify([
    finding.severity,
    describeDrift(finding),
    strategyOf(finding.connection.strategy).group,
    describeRepair(finding),
    describeEnding(finding),
    finding.rule,
    finding.reason,
  ]);
}

interface Writer {
  readonly report: Report;
  /** In which group a text was printed. */
  readonly explained: Map<string, number>;
}

function writeGroup(group: readonly [Finding, ...Finding[]], number: number, { report, explained }: Writer): string[] {
  const [first] = group;
  const once = (text: string): string => {
    const earlier = explained.get(text);
    if (earlier === undefined) explained.set(text, number);
    return earlier === undefined ? text : `As in ${earlier}.`;
  };
  const strategy = strategyColumn(group);
  const path = dashboardPath(first.connection.strategy, ...group.map(({ connection }) => connection.strategy));
  const reason = first.reason === null ? '' : `: ${makeHarmless(first.reason, 500)}`;
  return [
    ...fill(`${first.severity.toUpperCase()}: ${describeDrift(first)}`, { first: `${number}. ` }),
    '',
    ...group.flatMap((finding) =>
      writeConnection(finding, { entry: '   - ', beside: strategy(finding), below: historyOf(finding, report) }),
    ),
    '',
    ...unknownAuthors(group).flatMap((text) => fill(once(text), { first: '   Who     ' })),
    ...fill(once(explainEffect(first)), { first: '   Why     ' }),
    ...fill(`${first.rule === 'default' ? 'Default' : `Rule ${makeHarmless(first.rule)}`}${reason}`, {
      first: '   Policy  ',
    }),
    ...(path === undefined ? [] : fill(once(path), { first: '   Look    ' })),
    ...writeLinks(group, report.canonicalHost),
    ...fill(`${once(describeRepair(first))} ${describeEnding(first)}`, { first: '   Repair  ' }),
  ];
}

/** Since when, and who: what is new says itself who moved it, what stays open how long it has. */
function historyOf({ lifecycle, firstSeen, changedBy }: Finding, report: Report): string[] {
  const author = describeAuthor(changedBy);
  const words = [
    ...(lifecycle === 'open' ? [describeAge(firstSeen, report)] : []),
    ...(lifecycle === 'reopened' ? ['back'] : []),
    ...(author === undefined ? [] : [author]),
  ];
  return words.length === 0 ? [] : [words.join(', ')];
}

/** The reasons why authors are not known, each once for the group. */
function unknownAuthors(group: readonly Finding[]): string[] {
  const reasons = group.flatMap(({ changedBy }) =>
    changedBy?.kind === 'unknown' ? [UNKNOWN_AUTHOR_WORDS[changedBy.why]] : [],
  );
  const others = reasons.length < group.length ? 'Of the others, ' : '';
  return [...new Set(reasons)].map((reason) => (others === '' ? capitalize(reason) : others + reason));
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
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
