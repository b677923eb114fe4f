import type { CombinedFormat, Format } from '../formats/format-names';
import { type Paint, PLAIN } from '../screen/colours';
import { writeTenantsHtml } from './html';
import { writeTenantsJson } from './json';
import { writeTenantsTable } from './table';
import type { TenantsReport } from './tenant-result';

type Writer = (report: TenantsReport, columns: number, paint: Paint) => string;

const WRITERS: Readonly<Record<CombinedFormat, Writer>> = {
  table: writeTenantsTable,
  json: writeTenantsJson,
  html: writeTenantsHtml,
};

/** Throws for a format that is not in `COMBINED_FORMATS`. The check of the arguments has already refused such a format. */
export function writeCombined(format: Format, report: TenantsReport, columns: number, paint: Paint = PLAIN): string {
  const writers: Readonly<Partial<Record<Format, Writer>>> = WRITERS;
  const write = writers[format];
  if (write === undefined) throw new Error(`${format}: not a format for several environments`);
  return write(report, columns, paint);
}
