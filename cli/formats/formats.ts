import type { WithoutFinding } from '../../lambda/judge/evaluate';
import type { Report } from '../../lambda/judge/report';
import { commandPlaceOf } from '../../lambda/report/commands/place';
import { type PageContext, writeHtml } from '../../lambda/report/html/page';
import { writeOcsf } from '../../lambda/report/machine/ocsf';
import { unreachable } from '../../lambda/report/text/unreachable';
import type { Selection } from '../../lambda/report/words/selection';
import { type Paint, PLAIN } from '../screen/colours';
import { writeCsv } from './csv';
import type { Format } from './format-names';
import { writeJsonReport } from './json';
import { writeJunit } from './junit';
import { writeMarkdown } from './markdown';
import { writeTable } from './table';

interface FormatContext extends PageContext {
  /** Width of the terminal in columns; only the table uses it. */
  readonly columns: number;
  /**
   * The connections without a finding; only JUnit lists them.
   * @default unknown, as for a run that is read from its record
   */
  readonly withoutFinding?: readonly WithoutFinding[] | undefined;
  /**
   * Colours the severities and the verdict in the table.
   * @default no colours
   */
  readonly paint?: Paint;
  /** The findings that are shown, if a filter omits some. */
  readonly selection?: Selection | undefined;
}

/** Whether the format can state that it shows only a part of the findings. The other formats contain only rows. */
const PLACES_FOR_SELECTION: Readonly<Record<Format, boolean>> = {
  table: true,
  json: true,
  ocsf: false,
  csv: false,
  markdown: true,
  junit: true,
  html: true,
};

export function hasPlaceForSelection(format: Format): boolean {
  return PLACES_FOR_SELECTION[format];
}

/** Writes a report in one of the formats. */
export function writeFormat(
  format: Format,
  report: Report,
  { columns, paint = PLAIN, docsUrl, commands = commandPlaceOf(report), selection, withoutFinding }: FormatContext,
): string {
  switch (format) {
    case 'table':
      return writeTable(report, { width: columns, commands, paint, selection });
    case 'json':
      return writeJsonReport(report, selection);
    case 'ocsf':
      return writeOcsf(report, { docsUrl }, selection?.findings);
    case 'csv':
      return writeCsv(report, selection?.findings);
    case 'markdown':
      return writeMarkdown(report, selection);
    case 'junit':
      return writeJunit(report, { selection, withoutFinding });
    case 'html':
      return writeHtml(report, { docsUrl, commands, selection });
    default:
      return unreachable(format);
  }
}
