import { MODES, SEVERITIES } from '../../lambda/contract';
import { SETTING_RANGES } from '../../lambda/setting-ranges';
import { HISTORY, SEVERAL_OPTIONS, TENANT_OPTIONS, YES } from '../command-options';
import { FORMAT_ENDINGS, FORMATS } from '../formats/format-names';
import { list, lists, oneOf, oneOfIfGiven, texts, toggle, type ValuesOf, wholeNumber } from '../option';

/** In which forms a report is written, and where. */
export const OUTPUT_OPTIONS = {
  format: oneOfIfGiven(FORMATS, {
    name: 'format',
    placeholder: 'FORMAT',
    help: 'form of the report (default: table, or by the ending of --output)',
  }),
  outputs: texts({
    name: 'output',
    placeholder: 'FILE',
    help: `file for the report, in the form of its ending (${Object.values(FORMAT_ENDINGS).join(', ')}) or in that of --format; may be given several times`,
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
    help: 'shows only findings of this strategy; several with commas, or the option again',
  }),
  only: texts({
    name: 'only',
    placeholder: 'NAME_OR_ID',
    help: 'shows only the findings of this connection; may be given several times',
  }),
  quiet: toggle({
    name: 'quiet',
    help: 'for cron: prints nothing where the exit code is 0 and nothing was changed; no progress',
  }),
  mode: oneOf(MODES, { name: 'mode', placeholder: 'MODE', help: 'action on findings' }),
  yes: YES,
  firstRun: toggle({ name: 'first-run', help: 'with --yes: allows writes without a history of the tenant' }),
  retry: list({
    name: 'retry',
    placeholder: 'NAME',
    help: 'retries connections that rest after refusals: names or ids, with commas between them',
  }),
  maxChanges: wholeNumber(SETTING_RANGES.maxChanges, {
    name: 'max-changes',
    placeholder: 'N',
    help: "cap on changed connections (default: the environment's)",
  }),
  maxPercent: wholeNumber(SETTING_RANGES.maxPercent, {
    name: 'max-percent',
    placeholder: 'P',
    help: "cap as percent of those judged (default: the environment's)",
  }),
  history: HISTORY,
} as const;
export type AuditOptions = ValuesOf<typeof AUDIT_OPTIONS>;
