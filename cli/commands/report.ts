import { OUTPUT_OPTIONS } from '../audit/options';
import { findOutputProblems } from '../audit/outputs';
import { defineCommand } from '../command';
import { HISTORY, TARGET_OPTIONS } from '../command-options';
import { text, type ValuesOf } from '../option';

/** `--run last` */
export const LAST = 'last';

const OPTIONS = {
  ...TARGET_OPTIONS,
  run: text({
    name: 'run',
    placeholder: 'RUN_ID',
    help: `id of the run to report; ${LAST}: the newest run with a report (default: ${LAST})`,
  }),
  ...OUTPUT_OPTIONS,
  history: HISTORY,
} as const;
export type ReportOptions = ValuesOf<typeof OPTIONS>;

export const reportCommand = defineCommand({
  name: 'report',
  summary: 'Writes the report of an earlier run again, from its record',
  options: OPTIONS,
  example: 'report --output report.html --output report.csv',
  findContradictions: findOutputProblems,
  exitCodes: { 0: 'report written, regardless of its findings', 2: 'no such run, record not readable, or wrong usage' },
});
