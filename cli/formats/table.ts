import type { Finding } from '../../lambda/judge/finding';
import type { Report } from '../../lambda/judge/report';
import { type CommandPlace, commandPlaceOf } from '../../lambda/report/commands/place';
import { headline } from '../../lambda/report/headline/headline';
import { colourOf } from '../../lambda/report/html/page';
import { columnsOf, fill } from '../../lambda/report/text/columns';
import { makeHarmless, NAME_COLUMNS } from '../../lambda/report/text/harmless';
import { nameUnseen } from '../../lambda/report/words/finding';
import { remedyFor } from '../../lambda/report/words/incomplete';
import { isFirstRun, nameLifecycle } from '../../lambda/report/words/lifecycle';
import { describeNotice } from '../../lambda/report/words/notice';
import { nameEnding } from '../../lambda/report/words/outcome';
import { nameRepair } from '../../lambda/report/words/repair';
import { describeCoverage } from '../../lambda/report/words/run';
import { describeSelection, type Selection } from '../../lambda/report/words/selection';
import { type Paint, PLAIN } from '../screen/colours';
import { GAP, layOutRow, type Row } from './rows';
import { writeEarlier } from './table-earlier';
import { writeRepairs } from './table-repairs';
import { summarizeWrites, writeDetails } from './table-writes';

const HEADINGS = ['SEVERITY', 'CONNECTION', 'STRATEGY', 'IS -> SHOULD BE', 'REPAIR'];
/** `con_` and 16 characters. A longer id widens the column up to `most`; a still longer id continues on the next line. */
const CONNECTION = { least: 20, most: 40 };
const STRATEGY_COLUMNS = 13;
const VALUE_COLUMNS = 17;
/** Anyone can cause notices about unknown strategies, so further notices are only counted. */
const NOTICES_SHOWN = 8;

export interface TableContext {
  /** Columns of the terminal. */
  readonly width?: number;
  /**
   * The place in which the commands in the table work.
   * @default the report's environment
   */
  readonly commands?: CommandPlace;
  /** @default no colours */
  readonly paint?: Paint;
  /** The findings that are shown, if a filter omits some. */
  readonly selection?: Selection | undefined;
}

/**
 * The table of the command line. A finding takes two or three lines because its id is never cut and 80 columns are not
 * enough for one line. The summary comes last because a terminal shows the end of the output.
 */
export function writeTable(
  report: Report,
  { width = 80, commands = commandPlaceOf(report), paint = PLAIN, selection }: TableContext = {},
): string {
  const findings = selection?.findings ?? report.findings;
  const lines =
    findings.length === 0
      ? []
      : [
          ...layOut(findings, report, { width, paint }),
          ...writeRepairs(findings, width),
          ...writeDetails(findings, width),
          '',
        ];
  return `${[...lines, ...writeEarlier(report, width), ...summarize(report, { width, commands, paint, selection })].join('\n')}\n`;
}

function cellsOf(finding: Finding, report: Report, nameColumns: number): Row {
  const { connection, severity, expected, repair, outcome, exemption } = finding;
  return [
    [
      severity === 'informational' ? 'INFO' : severity.toUpperCase(),
      ...(isFirstRun(report) ? [] : [nameLifecycle(finding, report)]),
    ],
    [makeHarmless(connection.name, nameColumns), makeHarmless(connection.id, 1024)],
    [makeHarmless(connection.strategy, STRATEGY_COLUMNS * 2)],
    [nameActual(finding), ...expected.map((value, index) => `${index === 0 ? '->' : 'or'} ${value}`)],
    [
      nameRepair(repair),
      nameEnding(finding),
      ...(exemption !== null && outcome !== 'skipped_exempt' ? ['exempt'] : []),
    ],
  ];
}

function nameActual({ code, actual, effective }: Finding): string {
  const value = actual === null ? `(${effective ?? 'unknown'})` : makeHarmless(actual, VALUE_COLUMNS);
  return nameUnseen(code) ?? value;
}

function layOut(
  findings: readonly Finding[],
  report: Report,
  { width, paint }: { readonly width: number; readonly paint: Paint },
): string[] {
  const columns = measure(
    findings.map((finding) => cellsOf(finding, report, NAME_COLUMNS)),
    width,
  );
  const headings = HEADINGS.map((heading) => [heading]);
  const unset = findings.some(({ source }) => source === 'default');
  return [
    ...layOutRow(headings, columns),
    ...findings.flatMap((finding) =>
      layOutRow(cellsOf(finding, report, columns[1] ?? CONNECTION.least), columns, (text, { column, line }) =>
        column === 0 && line === 0 ? paint(finding.severity, text) : text,
      ),
    ),
    ...(unset ? ['', '(value): not set; Auth0 uses this default'] : []),
  ];
}

/** Names get the remaining columns. No column shrinks further: in a terminal below about 75 columns, the table is wider. */
function measure(rows: readonly Row[], width: number): readonly number[] {
  const widest = HEADINGS.map((heading, index) =>
    rows.reduce(
      (most, row) => (row[index] ?? []).reduce((wide, line) => Math.max(wide, columnsOf(line)), most),
      columnsOf(heading),
    ),
  );
  const [severity = 0, connection = 0, strategy = 0, value = 0, repair = 0] = widest;
  const fixed = [severity, Math.min(strategy, STRATEGY_COLUMNS), Math.min(value, VALUE_COLUMNS), repair];
  const left = width - fixed.reduce((sum, each) => sum + each + GAP.length, 0);
  const id = rows.reduce((most, row) => Math.max(most, columnsOf(row[1]?.[1] ?? '')), CONNECTION.least);
  const names = Math.max(Math.min(id, CONNECTION.most), Math.min(connection, left));
  return [severity, names, Math.min(strategy, STRATEGY_COLUMNS), Math.min(value, VALUE_COLUMNS), repair];
}

function summarize(report: Report, { width, commands, paint, selection }: Required<TableContext>): string[] {
  const { incomplete, notices, mode } = report;
  const more = notices.length - NOTICES_SHOWN;
  return [
    ...notices
      .slice(0, NOTICES_SHOWN)
      .flatMap((notice) => fill(describeNotice(notice, mode), { first: 'note: ', columns: width })),
    ...(more > 0 ? [`note: and ${more} more`] : []),
    ...summarizeWrites(report, commands, width),
    ...(selection === undefined ? [] : fill(describeSelection(selection, report), { columns: width })),
    ...fill(describeCoverage(report), { columns: width }),
    ...(incomplete === null
      ? []
      : [
          ...fill(makeHarmless(incomplete.message, 1000), { columns: width }),
          ...fill(remedyFor(incomplete.reason), { columns: width }),
        ]),
    ...fill(headline(report), { columns: width }).map((line) => paint(colourOf(report), line)),
  ];
}
