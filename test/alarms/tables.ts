import { SECTIONS } from './failures';
import { duration, firstHeard, names, type Played, type Row, rowsOf } from './rows';

const HEAD = [
  '# Failures and their messages',
  '',
  'The simulation in `test/alarms/who-hears.ts` writes this file. The alarms are the alarms of the synthesized template,',
  'evaluated as AWS documents it. Function, schedules and topics are models (`test/alarms/`). The environment is in',
  'remediate mode and has recipients and a chat. The tenant has no drift, so that only failures cause messages. "One topic":',
  'alarms go to the topic of the alerts. "Two topics": `alarmRecipients` is set, and alarms go to a separate topic with a',
  'separate key.',
  '',
  '- A failure begins one hour before a run is due, after successful runs. A "first deploy" failure begins with the deployment.',
  '- Message: the name of an alarm; the subject of an *alert*, or its notice; or a message on the findings topic.',
  '- First: time from the beginning of the failure to the first message. Times: number of messages until the failure is fixed.',
  '- One topic, two topics: the receivers. "no one": the message is sent, but no one receives it.',
  '- After the fix: the messages after the fix, with the time since the fix.',
];

/** The cell of the layout with one topic if the failure concerns a topic that only the other layout has. */
const NO_SUCH_TOPIC = 'no such topic';

const UNHEARD = '## Failures that notify no one with two topics, and the reason';

/** The golden table: each message of each failure. */
export function writeGolden(all: readonly Played[]): string {
  const sections = SECTIONS.flatMap((section) => [
    `## ${section}`,
    '',
    '| Failure (fixed after) | Message | First | Times | One topic | Two topics | After the fix |',
    '|---|---|---|---|---|---|---|',
    ...all.filter(({ failure }) => failure.section === section).flatMap(writeRows),
    '',
  ]);
  return [...HEAD, '', ...sections, UNHEARD, '', ...writeUnheard(all), ''].join('\n');
}

function writeRows(played: Played): string[] {
  const { name, failure } = played;
  const rows = rowsOf(played, 'during');
  const mended = rowsOf(played, 'mended')
    .map((row) => `${describe(row)}, ${duration(row.first)}`)
    .join('; ');
  const title = `${name} (${failure.days} d)`;
  if (rows.length === 0) return [line([title, 'none', '', '', oneTopic(played, []), 'no one', mended])];
  return rows.map((row, index) => {
    const { first, times, by } = row;
    const cells = [
      describe(row),
      duration(first),
      String(times),
      oneTopic(played, by['one topic']),
      names(by['two topics']),
    ];
    return line([index === 0 ? title : '', ...cells, index === 0 ? mended : '']);
  });
}

function describe({ kind, message }: Row): string {
  return { alarm: message, alert: `*alert* ${message}`, finding: `*findings* ${message}`, OK: `OK ${message}` }[kind];
}

/** The reasons why a failure notifies no one although alarms have a separate topic. */
function writeUnheard(all: readonly Played[]): string[] {
  return all.flatMap(({ name, failure: { unheard } }) => (unheard === undefined ? [] : [`- *${name}*: ${unheard}`]));
}

/** The table of docs/alarms.md: the first message of each failure and its receivers. */
export function writeSummary(all: readonly Played[]): string {
  const failures = all.filter(({ failure }) => failure.section !== 'No failure');
  return [
    '| Failure | First message | After | Receivers with one topic | Receivers with two topics |',
    '|---|---|---|---|---|',
    ...failures.map(writeSummaryRow),
    '',
    'These failures notify no one, even with two topics:',
    '',
    ...writeUnheard(failures),
  ].join('\n');
}

function writeSummaryRow(played: Played): string {
  const [one, two] = [firstHeard(played['one topic']), firstHeard(played['two topics'])];
  const first = two ?? one;
  if (first === undefined) return line([played.name, 'none', '', oneTopic(played, []), 'no one']);
  const { kind, text, after } = first;
  const message = kind === 'alert' ? `alert: ${text}` : `\`${text}\``;
  return line([played.name, message, duration(after), oneTopic(played, one?.by ?? []), names(two?.by ?? [])]);
}

function oneTopic({ failure }: Played, by: Parameters<typeof names>[0]): string {
  return failure.isOfOwnTopic ? NO_SUCH_TOPIC : names(by);
}

function line(cells: readonly string[]): string {
  return `|${cells.map((cell) => (cell === '' ? ' ' : ` ${cell} `)).join('|')}|`;
}
