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

/** The maximum number of findings in a mail. The full report has the rest. */
const SHOWN = 25;

/** Findings of one kind, and their heading; `null` for no heading. */
export interface Section {
  readonly heading: string | null;
  readonly findings: readonly Finding[];
}

/**
 * The most severe findings of each section in full, then the rest as counts. Findings with the same texts form a group, so
 * that no text is repeated. Expects the findings in the order of a report: most severe first.
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

/** The key of a group: the texts that its findings share. All other facts are printed with each finding. */
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
  /** The number of the group that printed a text. */
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
    ...unknownAuthors(group).flatMap((text) => fill(once(text), { first: '   Author  ' })),
    ...fill(once(explainEffect(first)), { first: '   Why     ' }),
    ...fill(`${first.rule === 'default' ? 'Default' : `Rule ${makeHarmless(first.rule)}`}${reason}`, {
      first: '   Policy  ',
    }),
    ...(path === undefined ? [] : fill(once(path), { first: '   Look    ' })),
    ...writeLinks(group, report.canonicalHost),
    ...fill(`${once(describeRepair(first))} ${describeEnding(first)}`, { first: '   Repair  ' }),
  ];
}

/** The age of an open finding, and the author of the change. */
function historyOf({ lifecycle, firstSeen, changedBy }: Finding, report: Report): string[] {
  const author = describeAuthor(changedBy);
  const words = [
    ...(lifecycle === 'open' ? [describeAge(firstSeen, report)] : []),
    ...(lifecycle === 'reopened' ? ['reopened'] : []),
    ...(author === undefined ? [] : [author]),
  ];
  return words.length === 0 ? [] : [words.join(', ')];
}

/** The reasons why authors are unknown, without duplicates. */
function unknownAuthors(group: readonly Finding[]): string[] {
  const reasons = group.flatMap(({ changedBy }) =>
    changedBy?.kind === 'unknown' ? [UNKNOWN_AUTHOR_WORDS[changedBy.why]] : [],
  );
  const others = reasons.length < group.length ? 'For the others, the author is ' : '';
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
