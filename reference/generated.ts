import { readFileSync } from 'node:fs';
import path from 'node:path';
import { canChangeLogin, FILL_KEYS, type Fill } from '../lambda/connection/fills';
import { STRATEGY_NAMES, strategyOf } from '../lambda/connection/strategies';
import { keysOf } from '../lambda/connection/tables';
import { CHANGE_RESULTS } from '../lambda/judge/change';
import { STOP_REASONS } from '../lambda/judge/outcome';
import { MANUAL_REASONS } from '../lambda/judge/repair';
import { NOTIFICATIONS, RUN_ERRORS } from '../lambda/judge/report';
import { CONDITIONS } from '../lambda/policy/conditions';
import { policyJsonSchema } from '../lambda/policy/schema';
import { CHANGE_RESULT_WORDS } from '../lambda/report/words/change';
import { CODE_WORDS } from '../lambda/report/words/finding';
import { RUN_ERROR_WORDS } from '../lambda/report/words/incomplete';
import { NOTIFICATION_WORDS } from '../lambda/report/words/notification';
import { MANUAL_WORDS } from '../lambda/report/words/repair';
import { STOP_WORDS } from '../lambda/report/words/stop';
import { commandsTable } from './commands';
import { code, replaceSection, sentence, table } from './markdown';
import { CONDITION_EXAMPLES } from './meanings';
import { messageJsonSchema } from './message-schema';
import { writeReference } from './reference';
import { writeScale } from './scale/scale';

const ROOT = path.join(__dirname, '..');

/** The text of every file that is generated from the tables of the code, as a whole or in sections. The key is the path. */
export function writeGenerated(): Readonly<Record<string, string>> {
  const sectionOf = (file: string, name: string, text: string) =>
    replaceSection(readFileSync(path.join(ROOT, file), 'utf8'), name, text);
  return {
    'docs/reference.md': writeReference(),
    'docs/scale.md': writeScale(),
    'docs/findings-message.schema.json': json(messageJsonSchema()),
    'docs/policy.md': sectionOf('docs/policy.md', 'conditions', conditionsTable()),
    'docs/remediation.md': replaceSection(
      sectionOf('docs/remediation.md', 'manual-reasons', manualTable()),
      'filled-options',
      fillsTable(),
    ),
    'docs/runbook.md': writeRunbook(),
    'docs/messages.md': sectionOf('docs/messages.md', 'notifications', notificationTable()),
    'README.md': sectionOf('README.md', 'findings', findingsTable()),
    'policy.schema.json': json(policyJsonSchema()),
  };
}

/** The runbook with its generated tables. */
function writeRunbook(): string {
  const sections: readonly (readonly [name: string, text: string])[] = [
    ['commands', commandsTable()],
    ['change-results', changeResultTable()],
    ['run-errors', runErrorTable()],
    ['stop-reasons', stopTable()],
  ];
  const runbook = readFileSync(path.join(ROOT, 'docs/runbook.md'), 'utf8');
  return sections.reduce((document, [name, text]) => replaceSection(document, name, text), runbook);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function conditionsTable(): string {
  const rows = keysOf(CONDITIONS).map((key) => {
    return [code(key), CONDITIONS[key].schema.description ?? '', code(JSON.stringify(CONDITION_EXAMPLES[key]))];
  });
  return table(['Condition', 'Meaning', 'Example'], rows);
}

function findingsTable(): string {
  const rows = keysOf(CODE_WORDS).map((key) => [code(key), CODE_WORDS[key].explanation, CODE_WORDS[key].remedy]);
  return table(['Code', 'Meaning', 'What to do'], rows);
}

function manualTable(): string {
  const rows = keysOf(MANUAL_REASONS).map((reason) => {
    const { explanation, remedy } = MANUAL_WORDS[reason];
    return [code(reason), explanation, remedy];
  });
  return table(['Reason', 'Why', 'What to do'], rows);
}

function fillsTable(): string {
  const rows = keysOf(FILL_KEYS).flatMap((key) =>
    STRATEGY_NAMES.flatMap((strategy) => {
      const fill = strategyOf(strategy).fills?.[key];
      return fill === undefined
        ? []
        : [[code(key), code(strategy), describeValue(fill), canChangeLogin(key) ? 'yes' : 'no']];
    }),
  );
  return table(['Option', 'Strategy', 'Value that Auth0 can fill in', 'Can change a login'], rows);
}

function describeValue({ value }: Fill): string {
  if (value === 'text') return 'any non-empty text';
  if (value === 'endpoint') return 'an https address at the origin of `discovery_url` or `issuer`';
  return value.map((one) => code(JSON.stringify(one))).join(' or ');
}

function runErrorTable(): string {
  const reasons = keysOf(RUN_ERRORS).filter((reason) => RUN_ERRORS[reason].endsRun);
  const rows = reasons.map((reason) => [RUN_ERROR_WORDS[reason].name, RUN_ERROR_WORDS[reason].remedy]);
  return table(['Reason', 'What to do'], rows);
}

/** The results that an operator should check. */
function changeResultTable(): string {
  const results = keysOf(CHANGE_RESULTS).filter((result) => CHANGE_RESULTS[result].isToCheck);
  const rows = results.map((result) => {
    const { name, explanation, remedy } = CHANGE_RESULT_WORDS[result];
    return [name, explanation, remedy];
  });
  return table(['Result', 'Meaning', 'What to do'], rows);
}

/** The reasons that stop all writes of a run. */
function stopTable(): string {
  const reasons = keysOf(STOP_REASONS).filter((reason) => STOP_REASONS[reason].isOfRun);
  const rows = reasons.map((reason) => {
    const { name, explanation, remedy } = STOP_WORDS[reason];
    return [name, explanation, remedy];
  });
  return table(['Reason', 'Meaning', 'What to do'], rows);
}

function notificationTable(): string {
  const rows = keysOf(NOTIFICATIONS).map((decision) => {
    const { name, explanation } = NOTIFICATION_WORDS[decision];
    return [name, code(decision), sentence(explanation)];
  });
  return table(['Message', 'telling', 'When'], rows);
}
