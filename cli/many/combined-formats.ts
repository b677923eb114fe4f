import { keysOf } from '../../lambda/connection/tables';
import type { Format } from '../formats/formats';
import { writeTenantsHtml } from './html';
import { writeTenantsJson } from './json';
import { writeTenantsTable } from './table';
import type { TenantsReport } from './tenant-result';

type Writer = (report: TenantsReport, columns: number) => string;

/** Of the other forms, none has a place for a tenant that was not reached: to its readers it would look clean. */
const WRITERS = {
  table: writeTenantsTable,
  json: writeTenantsJson,
  html: writeTenantsHtml,
} as const satisfies Readonly<Partial<Record<Format, Writer>>>;

/** The forms in which several environments are written as one. */
export const COMBINED_FORMATS: readonly Format[] = keysOf(WRITERS);

/** Throws of a format that is not among `COMBINED_FORMATS`, which the arguments have refused. */
export function writeCombined(format: Format, report: TenantsReport, columns: number): string {
  const writers: Readonly<Partial<Record<Format, Writer>>> = WRITERS;
  const write = writers[format];
  if (write === undefined) throw new Error(`${format}: no form for several environments`);
  return write(report, columns);
}
