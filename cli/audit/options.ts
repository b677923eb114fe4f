import { MODES } from '../../lambda/contract';
import { SETTING_RANGES } from '../../lambda/setting-ranges';
import { HISTORY, OUTPUT, SEVERAL_OPTIONS, TENANT_OPTIONS, YES } from '../command-options';
import { FORMATS } from '../formats/format-names';
import { list, oneOf, toggle, type ValuesOf, wholeNumber } from '../option';

export const AUDIT_OPTIONS = {
  ...SEVERAL_OPTIONS,
  ...TENANT_OPTIONS,
  format: oneOf(FORMATS, { name: 'format', placeholder: 'FORMAT', help: 'form of the report' }),
  output: OUTPUT,
  mode: oneOf(MODES, { name: 'mode', placeholder: 'MODE', help: 'action on findings' }),
  yes: YES,
  firstRun: toggle({ name: 'first-run', help: 'with --yes: writes although no history of the tenant is known' }),
  retry: list({
    name: 'retry',
    placeholder: 'NAME',
    help: 'tries connections that rest after refusals: names or ids, with commas between them',
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
