import type { Report } from '../audit/report';
import { writeCsv } from './csv';
import { writeHtml } from './html';
import { writeJsonReport } from './json-report';
import { writeJunit } from './junit';
import { writeMarkdown } from './markdown';
import { writeOcsf } from './ocsf';
import { writeTable } from './table';
import { unreachable } from './unreachable';

/** The forms in which the command line writes a report. */
export const FORMATS = ['table', 'json', 'ocsf', 'csv', 'markdown', 'junit', 'html'] as const;
export type Format = (typeof FORMATS)[number];

/** A report in one of the forms. `columns`: how wide the terminal is; the table alone asks. */
export function writeFormat(format: Format, report: Report, { columns }: { readonly columns: number }): string {
  switch (format) {
    case 'table':
      return writeTable(report, columns);
    case 'json':
      return writeJsonReport(report);
    case 'ocsf':
      return writeOcsf(report);
    case 'csv':
      return writeCsv(report);
    case 'markdown':
      return writeMarkdown(report);
    case 'junit':
      return writeJunit(report);
    case 'html':
      return writeHtml(report);
    default:
      return unreachable(format);
  }
}
