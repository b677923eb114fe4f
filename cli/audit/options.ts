import { MODES, SEVERITIES } from '../../lambda/contract';
import { SETTING_RANGES } from '../../lambda/setting-ranges';
import { HISTORY, SEVERAL_OPTIONS, TENANT_OPTIONS, YES } from '../command-options';
import { FORMAT_ENDINGS, FORMATS } from '../formats/format-names';
import { list, lists, oneOf, oneOfIfGiven, texts, toggle, type ValuesOf, wholeNumber } from '../option';

/** The formats and files of a report. */
export const OUTPUT_OPTIONS = {
  format: oneOfIfGiven(FORMATS, {
    name: 'format',
    placeholder: 'FORMAT',
    help: 'format of the report (default: table, or by the file extension of --output)',
  }),
  outputs: texts({
    name: 'output',
    placeholder: 'FILE',
    help: `file for the report; the extension (${Object.values(FORMAT_ENDINGS).join(', ')}) or --format sets the format; can be repeated`,
  }),
} as const;

export const AUDIT_OPTIONS = {
  ...SEVERAL_OPTIONS,
  ...TENANT_OPTIONS,
  ...OUTPUT_OPTIONS,
  severity: oneOfIfGiven(SEVERITIES, {
    name: 'severity',
    placeholder: 'LEVEL',
    help: 'shows only findings of this severity and above',
  }),
  strategies: lists({
    name: 'strategy',
    placeholder: 'NAME',
    help: 'shows only findings of this strategy; separate several with commas, or repeat the option',
  }),
  only: texts({
    name: 'only',
    placeholder: 'NAME_OR_ID',
    help: 'shows only the findings of this connection; can be repeated',
  }),
  quiet: toggle({
    name: 'quiet',
    help: 'for cron: prints nothing if the exit code is 0 and nothing was changed; shows no progress',
  }),
  mode: oneOf(MODES, { name: 'mode', placeholder: 'MODE', help: 'action on findings' }),
  yes: YES,
  firstRun: toggle({ name: 'first-run', help: 'with --yes: allows writes when the tenant has no history' }),
  retry: list({
    name: 'retry',
    placeholder: 'NAME',
    help: 'retries connections that are paused after refusals: names or ids, separated by commas',
  }),
  maxChanges: wholeNumber(SETTING_RANGES.maxChanges, {
    name: 'max-changes',
    placeholder: 'N',
    help: "cap on changed connections (default: the environment's)",
  }),
  maxPercent: wholeNumber(SETTING_RANGES.maxPercent, {
    name: 'max-percent',
    placeholder: 'P',
    help: "cap as percent of judged connections (default: the environment's)",
  }),
  history: HISTORY,
} as const;
export type AuditOptions = ValuesOf<typeof AUDIT_OPTIONS>;
