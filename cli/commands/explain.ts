import { defineCommand, type Ready } from '../command';
import { HISTORY, TARGET_OPTIONS, TEXT_OR_JSON } from '../command-options';
import { text, type ValuesOf } from '../option';

const OPTIONS = {
  ...TARGET_OPTIONS,
  connection: text({
    name: 'connection',
    placeholder: 'NAME_OR_ID',
    help: 'the same as NAME_OR_ID: exact name or id of the connection',
  }),
  format: TEXT_OR_JSON,
  history: HISTORY,
} as const;
const NEEDS = ['connection'] as const;
export type ExplainOptions = Ready<ValuesOf<typeof OPTIONS>, (typeof NEEDS)[number]>;

export const explainCommand = defineCommand({
  name: 'explain',
  summary: 'Shows the rule that applies to a connection, and its planned repair',
  options: OPTIONS,
  needs: NEEDS,
  positional: 'connection',
  example: 'explain Username-Password-Authentication',
  exitCodes: { 0: 'connection explained', 2: 'connection not found, tenant not readable, or wrong usage' },
});
