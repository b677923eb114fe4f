import { keysOf } from '../../lambda/connection/tables';

/**
 * The formats in which the command line writes a report, and the file extension of each. OCSF is one JSON array, so its
 * file is not JSON Lines.
 */
export const FORMAT_ENDINGS = {
  table: '.txt',
  json: '.json',
  ocsf: '.ocsf.json',
  csv: '.csv',
  markdown: '.md',
  junit: '.xml',
  html: '.html',
} as const satisfies Readonly<Record<string, `.${string}`>>;
export type Format = keyof typeof FORMAT_ENDINGS;
export const FORMATS = keysOf(FORMAT_ENDINGS);

/** The format of a file by its name. The longest matching extension decides; `undefined` if none matches. */
export function formatOfFile(file: string): Format | undefined {
  const [longest] = FORMATS.filter((format) => file.toLowerCase().endsWith(FORMAT_ENDINGS[format])).toSorted(
    (a, b) => FORMAT_ENDINGS[b].length - FORMAT_ENDINGS[a].length,
  );
  return longest;
}

/** The formats for several environments in one report. The other formats have no place for a tenant that was not reached, so that tenant would look clean. */
export const COMBINED_FORMATS = ['table', 'json', 'html'] as const satisfies readonly Format[];
export type CombinedFormat = (typeof COMBINED_FORMATS)[number];
