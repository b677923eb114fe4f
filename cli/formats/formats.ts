import type { WithoutFinding } from '../../lambda/judge/evaluate';
import type { Report } from '../../lambda/judge/report';
import { commandPlaceOf } from '../../lambda/report/commands/place';
import { type PageContext, writeHtml } from '../../lambda/report/html/page';
import { writeOcsf } from '../../lambda/report/machine/ocsf';
import { unreachable } from '../../lambda/report/text/unreachable';
import { type Paint, PLAIN } from '../screen/colours';
import { writeCsv } from './csv';
import type { Format } from './format-names';
import { writeJsonReport } from './json';
import { writeJunit } from './junit';
import { writeMarkdown } from './markdown';
import { writeTable } from './table';

interface FormatContext extends PageContext {
  /** How wide the terminal is; the table alone asks. */
  readonly columns: number;
  /**
   * The connections without a finding; JUnit alone lists them.
   * @default not known, as of a run that is read from its record
   */
  readonly withoutFinding?: readonly WithoutFinding[] | undefined;
  /**
   * What marks in the table.
   * @default no colours
   */
  readonly paint?: Paint;
}

/** A report in one of the forms. */
export function writeFormat(
  format: Format,
  report: Report,
  { columns, paint = PLAIN, docsUrl, commands = commandPlaceOf(report), withoutFinding }: FormatContext,
): string {
  switch (format) {
    case 'table':
      return writeTable(report, { width: columns, commands, paint });
    case 'json':
      return writeJsonReport(report);
    case 'ocsf':
      return writeOcsf(report, { docsUrl });
    case 'csv':
      return writeCsv(report);
    case 'markdown':
      return writeMarkdown(report);
    case 'junit':
      return writeJunit(report, withoutFinding);
    case 'html':
      return writeHtml(report, { docsUrl, commands });
    default:
      return unreachable(format);
  }
}
