import { defineCommand } from '../command';
import { HISTORY, OUTPUT, TARGET_OPTIONS } from '../command-options';
import { FORMATS } from '../formats/format-names';
import { oneOf, text, type ValuesOf } from '../option';

/** `--run last` */
export const LAST = 'last';

const OPTIONS = {
  ...TARGET_OPTIONS,
  run: text({ name: 'run', placeholder: 'RUN_ID', help: `run whose report to write (default: ${LAST})` }),
  format: oneOf(FORMATS, { name: 'format', placeholder: 'FORMAT', help: 'form of the report' }),
  output: OUTPUT,
  history: HISTORY,
} as const;
export type ReportOptions = ValuesOf<typeof OPTIONS>;

export const reportCommand = defineCommand({
  name: 'report',
  summary: 'Writes the report of an earlier run again, from its record',
  options: OPTIONS,
  example: 'report --environment dev --format html --output report.html',
  exitCodes: { 0: 'report written, whatever it says', 2: 'no such run, record not readable, or wrong usage' },
});
