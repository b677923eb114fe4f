import { UNDO_WORDS } from '../cli/actions/undo/restore';
import { COMMANDS } from '../cli/commands/commands';
import { NOT_APPLICABLE_WORDS } from '../cli/formats/explanation';
import { TENANT_STATUSES } from '../cli/many/tenant-result';
import { keysOf } from '../lambda/connection/tables';
import { SCHEMA_VERSION, SEVERITIES } from '../lambda/contract';
import { CHANGE_KINDS, CHANGE_RESULTS } from '../lambda/judge/change';
import { FINDING_CODES } from '../lambda/judge/evaluate';
import { NOTICES } from '../lambda/judge/notice';
import { OUTCOMES, QUARANTINES, STOP_REASONS } from '../lambda/judge/outcome';
import { MANUAL_REASONS } from '../lambda/judge/repair';
import { NOTIFICATIONS, RUN_ERRORS } from '../lambda/judge/report';
import { METRIC_NAMESPACE, METRICS } from '../lambda/metrics';
import { POLICY_PROBLEMS, type ProblemFacts } from '../lambda/policy/problem';
import { UNKNOWN_AUTHOR_WORDS } from '../lambda/report/words/author';
import { CHANGE_KIND_WORDS, CHANGE_RESULT_WORDS } from '../lambda/report/words/change';
import { anchorOf, type ReferenceTopic } from '../lambda/report/words/docs';
import { CODE_WORDS } from '../lambda/report/words/finding';
import { RUN_ERROR_WORDS } from '../lambda/report/words/incomplete';
import { RESOLUTION_WORDS } from '../lambda/report/words/lifecycle';
import { NOTICE_WORDS } from '../lambda/report/words/notice';
import { NOTIFICATION_WORDS } from '../lambda/report/words/notification';
import { OUTCOME_WORDS, QUARANTINE_WORDS } from '../lambda/report/words/outcome';
import { MANUAL_WORDS } from '../lambda/report/words/repair';
import { OTHER_WRITERS_WORDS } from '../lambda/report/words/run';
import { STOP_WORDS } from '../lambda/report/words/stop';
import type { ValueWords } from '../lambda/report/words/value-words';
import { ENVIRONMENT_PROBLEMS } from '../lib/environment/problem';
import { glossaryTable } from './glossary';
import { code, codes, linkTo, sentence, table } from './markdown';
import {
  ATTRIBUTE_MEANINGS,
  LIFECYCLE_MEANINGS,
  MESSAGE_TYPE_MEANINGS,
  METRIC_MEANINGS,
  MODE_MEANINGS,
  REPAIR_MEANINGS,
  SEVERITY_MEANINGS,
  VERDICT_MEANINGS,
} from './meanings';

/** Writes docs/reference.md: every public value, its meaning, and what to do. */
export function writeReference(): string {
  const chapters = [...writeEntries(), ...writeTables(), GLOSSARY_CHAPTER];
  return `# Reference

Every public value of the auditor: its meaning, and what to do. Consumers and pipelines can match on these values
([compatibility](compatibility.md)). The command \`npm run reference\` generates this page from the code.

${chapters.map(({ title }) => `- ${linkTo(title)}`).join('\n')}

${chapters.map(({ title, text }) => `## ${title}\n\n${text}`).join('\n\n')}
`;
}

interface Chapter {
  readonly title: string;
  readonly text: string;
}

const GLOSSARY_CHAPTER: Chapter = {
  title: 'Glossary',
  text: `Each word means one thing in code, messages and documents.\n\n${glossaryTable()}`,
};

/** The values that need an action: each has an entry with an anchor. */
function writeEntries(): Chapter[] {
  const ofRun = (reason: keyof typeof STOP_REASONS): string =>
    STOP_REASONS[reason].isOfRun ? 'Effect: all writes of the run stop.' : 'Effect: some writes of the run stop.';
  return [
    chapter('Finding codes', 'The problem of a connection.', 'finding', FINDING_CODES, CODE_WORDS),
    chapter(
      'Outcomes',
      'The result of the repair of a finding. In report mode: the expected result. Outcomes that need the most attention come first.',
      'outcome',
      OUTCOMES,
      OUTCOME_WORDS,
    ),
    chapter(
      'Stop reasons',
      'Why a repair has the outcome `skipped_stopped`: the field `stopped`. The most severe reasons come first.',
      'stop',
      STOP_REASONS,
      STOP_WORDS,
      ofRun,
    ),
    chapter(
      'Quarantine reasons',
      'Why a repair has the outcome `quarantined`: the field `quarantine`.',
      'quarantine',
      QUARANTINES,
      QUARANTINE_WORDS,
    ),
    chapter(
      'Manual reasons',
      'Why a repair is manual: its action is `manual`, or its outcome is `skipped_unsafe`.',
      'manual',
      MANUAL_REASONS,
      MANUAL_WORDS,
    ),
    chapter(
      'Run errors',
      'Why a run is incomplete: the field `incomplete.reason`.',
      'run-error',
      RUN_ERRORS,
      RUN_ERROR_WORDS,
    ),
    chapter(
      'Notices',
      'Facts about the auditor, the run or the policy, not about one connection.',
      'notice',
      NOTICES,
      NOTICE_WORDS,
    ),
    chapter(
      'Notifications',
      'Whether a run sends a message to recipients: the field `telling`.',
      'notification',
      NOTIFICATIONS,
      NOTIFICATION_WORDS,
    ),
    chapter(
      'Changes',
      'The changes that runs and operators make: the field `kind` of a change in records, in the state and in `earlier_change` messages.',
      'change',
      CHANGE_KINDS,
      CHANGE_KIND_WORDS,
    ),
    chapter(
      'Results of a change',
      'The result of a change on each connection: the field `result`. Results that need the most attention come first.',
      'change-result',
      CHANGE_RESULTS,
      CHANGE_RESULT_WORDS,
    ),
  ];
}

type Entry = Omit<ValueWords, 'name'> & { readonly name?: string };

function chapter<Value extends string>(
  title: string,
  intro: string,
  topic: ReferenceTopic,
  facts: { readonly [One in Value]: unknown },
  words: { readonly [One in Value]: Entry },
  more?: (value: Value) => string,
): Chapter {
  const entries = keysOf(facts).map((value) => {
    const { name, explanation, remedy } = words[value];
    const shown = name === undefined ? '' : ` (${name})`;
    const meaning = [sentence(explanation), ...(more === undefined ? [] : [more(value)])].join(' ');
    return `### <a id="${anchorOf(topic, value)}"></a>${code(value)}${shown}\n\n${meaning}\n\n**What to do:** ${sentence(remedy)}`;
  });
  return { title, text: [intro, ...entries].join('\n\n') };
}

/** The values that need only one line. */
function writeTables(): Chapter[] {
  const attributes = keysOf(ATTRIBUTE_MEANINGS).map((name) => {
    const { meaning, values } = ATTRIBUTE_MEANINGS[name];
    const fixed = name === 'schemaVersion' ? [SCHEMA_VERSION] : values;
    return [code(name), meaning, fixed === null ? 'any text' : codes(fixed)];
  });
  const exits = COMMANDS.flatMap(({ name, exitCodes }) =>
    Object.entries(exitCodes).map(([exit, meaning]) => [code(name), exit, sentence(meaning)]),
  );
  const metrics = keysOf(METRICS).map((name) => [code(name), METRICS[name].unit, METRIC_MEANINGS[name]]);
  return [
    {
      title: 'Message attributes',
      text: `Each message on the findings topic has all of these attributes, with the type String. [findings-message.schema.json](findings-message.schema.json) describes the bodies.\n\n${table(['Attribute', 'Meaning', 'Values'], attributes)}`,
    },
    valueTable('Message types', MESSAGE_TYPE_MEANINGS),
    { title: 'Exit codes', text: table(['Command', 'Exit code', 'Meaning'], exits) },
    valueTable('Severities', SEVERITY_MEANINGS, [...SEVERITIES].reverse()),
    valueTable('Verdicts', VERDICT_MEANINGS),
    valueTable('Reasons for not applicable', NOT_APPLICABLE_WORDS),
    valueTable('Lifecycles', LIFECYCLE_MEANINGS),
    valueTable('Ways a finding resolves', RESOLUTION_WORDS),
    valueTable('Repairs', REPAIR_MEANINGS),
    valueTable('Modes', MODE_MEANINGS),
    valueTable('Other writers', OTHER_WRITERS_WORDS),
    valueTable('Unknown authors', UNKNOWN_AUTHOR_WORDS),
    valueTable('Undo outcomes', UNDO_WORDS),
    valueTable('Statuses of several environments', TENANT_STATUSES),
    {
      title: 'Metrics',
      text: `In the namespace ${code(METRIC_NAMESPACE)}, each with the dimensions ${code('service')} and ${code('environment')}.\n\n${table(['Metric', 'Unit', 'Meaning'], metrics)}`,
    },
    problemTable('Problems of a policy', POLICY_PROBLEMS),
    problemTable('Problems of an environment', ENVIRONMENT_PROBLEMS),
  ];
}

function valueTable<Value extends string>(
  title: string,
  meanings: { readonly [One in Value]: string },
  order: readonly Value[] = keysOf(meanings),
): Chapter {
  return {
    title,
    text: table(
      ['Value', 'Meaning'],
      order.map((value) => [code(value), sentence(meanings[value])]),
    ),
  };
}

function problemTable(title: string, problems: Readonly<Record<string, ProblemFacts>>): Chapter {
  const rows = Object.entries(problems).map(([name, { severity, meaning }]) => [code(name), severity, meaning]);
  return { title, text: table(['Code', 'Severity', 'Meaning'], rows) };
}
