import { SECTIONS } from './failures';
import { duration, firstHeard, names, type Played, type Row, rowsOf } from './rows';

const HEAD = [
  '# Who hears of which failure',
  '',
  'Written by `test/alarms/who-hears.ts`, by a simulation: the alarms are those of the synthesized template, evaluated as',
  'AWS documents it; function, schedules and topics are models (`test/alarms/`). The environment repairs, has',
  'recipients and a chat, and a tenant without drift, so that only what fails is told. "One topic": alarms go over the',
  'topic of the alerts. "Two ways": `alarmRecipients` are named, and alarms go to them over a topic with a key of its own.',
  '',
  '- A failure begins one hour before a run is due, after runs that went well. With "first deploy" it begins with that.',
  '- Message: the name of an alarm; what the subject of an *alert* says, or its notice; or a message on the findings topic.',
  '- First: time from the beginning of the failure to the first one. Times: how often it comes until the failure is mended.',
  '- One topic, two ways: who receives it. "nobody": it is sent, and reaches nobody.',
  '- Mended: what comes afterwards, with the time since then.',
];

/** In the layout with one topic, where the failure is one of a topic that only the other layout has. */
const NO_SUCH_TOPIC = 'no such topic';

const UNHEARD = '## Heard of by nobody with two ways, and why';

/** The golden table: each message of each failure. */
export function writeGolden(all: readonly Played[]): string {
  const sections = SECTIONS.flatMap((section) => [
    `## ${section}`,
    '',
    '| Failure (mended after) | Message | First | Times | One topic | Two ways | Mended |',
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
  if (rows.length === 0) return [line([title, 'none', '', '', oneTopic(played, []), 'nobody', mended])];
  return rows.map((row, index) => {
    const { first, times, by } = row;
    const cells = [
      describe(row),
      duration(first),
      String(times),
      oneTopic(played, by['one topic']),
      names(by['two ways']),
    ];
    return line([index === 0 ? title : '', ...cells, index === 0 ? mended : '']);
  });
}

function describe({ kind, message }: Row): string {
  return { alarm: message, alert: `*alert* ${message}`, finding: `*findings* ${message}`, OK: `OK ${message}` }[kind];
}

/** Why nobody hears of a failure although alarms have a way of their own. */
function writeUnheard(all: readonly Played[]): string[] {
  return all.flatMap(({ name, failure: { unheard } }) => (unheard === undefined ? [] : [`- *${name}*: ${unheard}`]));
}

/** The table of docs/alarms.md: for each failure, who hears first. */
export function writeSummary(all: readonly Played[]): string {
  const failures = all.filter(({ failure }) => failure.section !== 'All is well');
  return [
    '| What fails | Heard first | After | With one topic | With two ways |',
    '|---|---|---|---|---|',
    ...failures.map(writeSummaryRow),
    '',
    'Of these nobody hears, also with two ways:',
    '',
    ...writeUnheard(failures),
  ].join('\n');
}

function writeSummaryRow(played: Played): string {
  const [one, two] = [firstHeard(played['one topic']), firstHeard(played['two ways'])];
  const first = two ?? one;
  if (first === undefined) return line([played.name, 'nothing', '', oneTopic(played, []), 'nobody']);
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
