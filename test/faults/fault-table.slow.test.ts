import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EXCHANGES, type Exchange } from './exchanges';
import { WAYS } from './faults';
import { leaveState, live, type Outcome } from './night';
import { writeReportRows } from './report-rows';
import type { Script } from './script';

const GOLDEN = path.join(__dirname, '../golden/faults.md');

interface Cell {
  readonly way: string;
  readonly script: Script;
  readonly outcome: Outcome;
}

interface Section {
  readonly exchange: Exchange;
  readonly cells: readonly Cell[];
  /** The faults that cannot occur in this exchange, by reason. */
  readonly impossible: ReadonlyMap<string, readonly string[]>;
}

const sections: Section[] = [];
let state = '';
let random: jest.SpyInstance | undefined;

beforeAll(async () => {
  // Shorter pauses before a repeated call. They do not change the number of repetitions.
  random = jest.spyOn(Math, 'random').mockReturnValue(0.01);
  state = await leaveState();
});
afterAll(() => random?.mockRestore());

describe.each(EXCHANGES)('$name', (exchange) => {
  let cells: readonly Cell[];

  beforeAll(async () => {
    cells = await meetFaults(exchange);
  });

  /** The cells that are wrong, each with its result. */
  const cellsWhere = (isWrong: (cell: Cell) => boolean): string[] =>
    cells.filter(isWrong).map(({ way, outcome }) => `${way}: ${JSON.stringify(outcome)}`);

  it(`each fault at the exchange ${exchange.name} occurs in its run`, () =>
    expect(cellsWhere(({ outcome }) => !outcome.met)).toEqual([]));

  it(`no fault at the exchange ${exchange.name} damages a connection`, () =>
    expect(cellsWhere(({ outcome, script }) => outcome.damage !== 'none' && script.losesEdit !== true)).toEqual([]));

  it(`no fault at the exchange ${exchange.name} leaks a secret`, () =>
    expect(cellsWhere(({ outcome }) => outcome.leak !== 'none')).toEqual([]));

  it(`each write is reported to recipients and consumers by run 2 after each fault at the exchange ${exchange.name}`, () =>
    expect(cellsWhere(({ outcome }) => [outcome.people, outcome.machines].includes('NOT REPORTED'))).toEqual([]));

  it(`each run with a fault at the exchange ${exchange.name} ends before its time limit`, () =>
    expect(cellsWhere(({ outcome }) => outcome.inTime !== 'yes')).toEqual([]));
});

/** Two runs for each fault that can occur in the exchange, and a new section of the table. */
async function meetFaults(exchange: Exchange): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  const impossible = new Map<string, readonly string[]>();
  for (const { name, script } of WAYS) {
    const scripted = script(exchange);
    if (typeof scripted === 'string') impossible.set(scripted, [...(impossible.get(scripted) ?? []), name]);
    else cells.push({ way: name, script: scripted, outcome: await live(state, exchange, scripted) });
  }
  sections.push({ exchange, cells, impossible });
  return cells;
}

it('each fault is reported as in the golden table', async () => {
  // A part of the exchanges must not replace the table.
  expect(sections.map(({ exchange }) => exchange)).toEqual(EXCHANGES);
  const table = writeTable(sections, await writeReportRows());
  // To write a new table, delete the old one. The diff then shows the changes.
  if (!existsSync(GOLDEN)) writeFileSync(GOLDEN, table);
  expect(table).toBe(readFileSync(GOLDEN, 'utf8'));
});

const HEAD = [
  '# Results of each fault',
  '',
  'Written by `test/faults/fault-table.slow.test.ts`. The deployed handler runs in remediate mode on 53 connections on two',
  'pages, with the state of a run without faults. An editor has changed three of the connections back. Run 1 has the fault.',
  'A fault lasts from the named exchange to the end of run 1; an event, such as an edit or an expired token, occurs one time.',
  'Run 2 is one day later and has no fault. After "killed", the process sends nothing more, and run 2 is a new process.',
  '"Applied": the call was carried out, and only its answer is wrong.',
  '',
  '- Damage: a stored connection has a difference other than the setting to be repaired.',
  '- Leak: a planted secret in a message, record, page, error or in the output.',
  '- Writes: the writes of run 1 that the tenant has.',
  '- Recipients notified, consumers notified: the runs in which these writes were reported on the topic.',
  '- Subject in run 1: the subject of the alert. Without an alert, only the alarm on the failed invocation notifies.',
  '- Exit: the exit of run 1. Run 2 ends with `ok` unless its exit is named.',
];

function writeTable(written: readonly Section[], reportRows: readonly string[]): string {
  return [...HEAD, '', ...written.flatMap(writeSection), ...reportRows, ''].join('\n');
}

function writeSection({ exchange, cells, impossible }: Section): string[] {
  const lines = new Map<string, string[]>();
  for (const { way, outcome } of cells) {
    const { damage, leak, writes, people, machines, subject, inTime, exits } = outcome;
    const line = [damage, leak, writes, people, machines, subject, inTime, exits].join(' | ');
    lines.set(line, [...(lines.get(line) ?? []), way]);
  }
  return [
    `## ${exchange.name}`,
    '',
    `${exchange.about}.`,
    '',
    '| Faults | Damage | Leak | Writes | Recipients notified | Consumers notified | Subject in run 1 | In time | Exit |',
    '|---|---|---|---|---|---|---|---|---|',
    ...[...lines].map(([line, ways]) => `| ${ways.join('; ')} | ${line} |`),
    '',
    ...[...impossible].map(([reason, ways]) => `- Omitted, because ${reason}: ${ways.join('; ')}.`),
    '',
  ];
}
