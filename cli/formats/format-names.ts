import { keysOf } from '../../lambda/connection/tables';

/**
 * The forms in which the command line writes a report, and how the name of a file ends that gets it. OCSF is one JSON
 * array, so that its file is no JSON Lines.
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

/** The form of a file by its name, whose longest ending decides; `undefined` where it has none of them. */
export function formatOfFile(file: string): Format | undefined {
  const [longest] = FORMATS.filter((format) => file.toLowerCase().endsWith(FORMAT_ENDINGS[format])).toSorted(
    (a, b) => FORMAT_ENDINGS[b].length - FORMAT_ENDINGS[a].length,
  );
  return longest;
}

/** Those of several environments as one. Of the other forms, none has a place for a tenant that was not reached: to its readers it would look clean. */
export const COMBINED_FORMATS = ['table', 'json', 'html'] as const satisfies readonly Format[];
export type CombinedFormat = (typeof COMBINED_FORMATS)[number];
