import type { EarlierChange } from '../../lambda/judge/change';
import type { Finding } from '../../lambda/judge/finding';
import type { Report } from '../../lambda/judge/report';
import { headline } from '../../lambda/report/headline/headline';
import { makeHarmless, makeVisible } from '../../lambda/report/text/harmless';
import { describeWriter, quoteAuthor } from '../../lambda/report/words/author';
import {
  type ChangeGroup,
  countResults,
  describeChangedValue,
  describeChangeRun,
  explainChange,
  explainReason,
  groupByResult,
  quotePerson,
} from '../../lambda/report/words/change';
import { type DashboardLink, dashboardLink } from '../../lambda/report/words/dashboard';
import { CHANGE_HEADINGS, countWrites, partChanges } from '../../lambda/report/words/earlier';
import { nameUnseen } from '../../lambda/report/words/finding';
import { remedyFor } from '../../lambda/report/words/incomplete';
import { describeChanges, describeResolution, isFirstRun, nameLifecycle } from '../../lambda/report/words/lifecycle';
import { describeNotice } from '../../lambda/report/words/notice';
import { nameEnding } from '../../lambda/report/words/outcome';
import { describeCoverage } from '../../lambda/report/words/run';
import { countSelected, type Selection } from '../../lambda/report/words/selection';

/** GitHub accepts 65,536 characters in a comment, and a row has up to 600. */
const SHOWN = 80;
const NOTICES_SHOWN = 8;

/** The report in GitHub's Markdown: for a pull request, an issue or a job's summary. */
export function writeMarkdown(report: Report, selection?: Selection): string {
  const sections = [
    [`## ${headline(report)}`],
    [
      `Environment ${code(makeVisible(report.environment))}, tenant ${code(makeVisible(report.tenant))}, run ${code(makeVisible(report.runId))}.`,
    ],
    [`${describeCoverage(report)}${isFirstRun(report) ? '' : ` Changes: ${describeChanges(report)}.`}`],
    ...(selection === undefined ? [] : [[`**Shown:** ${code(countSelected(selection, report))}`]]),
    ...writeEarlier(report),
    writeIncomplete(report),
    writeTable(report, selection?.findings ?? report.findings),
    writeResolved(report),
    report.notices.slice(0, NOTICES_SHOWN).map((notice) => `- ${code(describeNotice(notice, report.mode))}`),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** The unreported writes of earlier runs, and the changes by people. */
function writeEarlier({ earlierChanges }: Report): string[][] {
  const { ofRuns, ofPeople } = partChanges(earlierChanges);
  return [
    writeChanges(`${CHANGE_HEADINGS.ofRuns}: ${countWrites(ofRuns)}`, ofRuns),
    writeChanges(`${CHANGE_HEADINGS.ofPeople}: ${ofPeople.length}`, ofPeople),
  ];
}

/** A change has up to 900 characters, and a connection in it 400. */
const CHANGES_SHOWN = 4;
const CHANGED_SHOWN = 4;

function writeChanges(heading: string, changes: readonly EarlierChange[]): string[] {
  if (changes.length === 0) return [];
  const more = changes.length - CHANGES_SHOWN;
  return [
    `### ${heading}`,
    '',
    ...changes.slice(0, CHANGES_SHOWN).flatMap(writeChange),
    ...(more > 0 ? [`- and ${more} more; \`--format json\` lists all`] : []),
  ];
}

function writeChange(earlier: EarlierChange): string[] {
  const { change } = earlier;
  const counts = countResults(change);
  const what = describeChangeRun(change, {
    author: (text) => code(quotePerson(text)),
    run: (text) => code(makeVisible(text)),
  });
  const reason = explainReason(change, (text) => code(makeHarmless(text, 300)));
  const words = [what, ...(counts === '' ? [] : [`**${counts}.**`]), explainChange(earlier), ...reason];
  return [`- ${words.join(' ')}`, ...groupByResult(change).flatMap(writeGroup)];
}

function writeGroup({ words: { name, explanation, remedy }, isToCheck, connections }: ChangeGroup): string[] {
  const more = connections.length - CHANGED_SHOWN;
  return [
    isToCheck ? `  - **${name}**: ${explanation} ${remedy}` : `  - ${name}`,
    ...connections.slice(0, CHANGED_SHOWN).map((connection) => {
      const value = describeChangedValue(connection);
      const names = [
        makeHarmless(connection.name),
        makeHarmless(connection.id, 40),
        makeHarmless(connection.strategy, 24),
      ];
      return `    - ${[...names, ...(value === '' ? [] : [value])].map(code).join(' ')}`;
    }),
    ...(more > 0 ? [`    - and ${more} more`] : []),
  ];
}

function writeIncomplete({ incomplete, historyFailure }: Report): string[] {
  return [
    ...(incomplete === null
      ? []
      : [
          `> **This is not an all-clear.** ${code(makeHarmless(incomplete.message, 500))} ${remedyFor(incomplete.reason)}`,
        ]),
    ...(historyFailure === null ? [] : [`> **The history failed.** ${code(makeHarmless(historyFailure, 500))}`]),
  ];
}

function writeTable(report: Report, findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  const more = findings.length - SHOWN;
  return [
    '| Severity | Since | Connection | Strategy | Is | Should be | Outcome | Changed by |',
    '|---|---|---|---|---|---|---|---|',
    ...findings.slice(0, SHOWN).map((finding) => writeRow(finding, report)),
    ...(more > 0 ? ['', `and ${more} more; \`--format json\` lists all`] : []),
  ];
}

function writeRow(finding: Finding, report: Report): string {
  const { connection, severity, expected, changedBy } = finding;
  const page = dashboardLink(report.canonicalHost, connection);
  const link = (opens: DashboardLink['opens'], text: string): string =>
    page?.opens === opens ? `[${text}](${page.address})` : text;
  const cells = [
    severity === 'critical' || severity === 'high' ? `**${severity.toUpperCase()}**` : severity,
    nameLifecycle(finding, report),
    `${code(makeHarmless(connection.name))} ${link('connection', code(makeHarmless(connection.id, 40)))}`,
    link('list', code(makeHarmless(connection.strategy, 24))),
    code(nameActual(finding)),
    expected.map(code).join(' or '),
    nameEnding(finding),
    describeWriter(changedBy, (text) => code(quoteAuthor(text))) ?? '',
  ];
  return `| ${cells.join(' | ')} |`;
}

function nameActual({ code: kind, actual, effective }: Finding): string {
  const value = actual === null ? `not set (${effective ?? 'unknown'})` : makeHarmless(actual, 40);
  return nameUnseen(kind) ?? value;
}

function writeResolved({ resolved }: Report): string[] {
  if (resolved.length === 0) return [];
  const more = resolved.length - SHOWN;
  return [
    `Resolved: ${resolved.length}`,
    '',
    ...resolved
      .slice(0, SHOWN)
      .map(
        ({ connection, how }) =>
          `- ${code(makeHarmless(connection.name))} ${code(makeHarmless(connection.id, 40))}: ${describeResolution(how)}`,
      ),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ];
}

/**
 * A code span: GitHub renders no mention, link, emoji, reference or emphasis inside it. A bar would end the cell even
 * inside a code span (GitHub Flavored Markdown, tables). A harmless text contains no backquote.
 */
function code(text: string): string {
  return `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}
