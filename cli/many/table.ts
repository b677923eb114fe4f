import { introduce } from '../../lambda/report/commands/command';
import { auditCommand, checkCommand } from '../../lambda/report/commands/npm';
import { columnsOf, fill } from '../../lambda/report/text/columns';
import { makeHarmless, makeVisible } from '../../lambda/report/text/harmless';
import { GAP, layOutRow } from '../formats/rows';
import { type Paint, PLAIN } from '../screen/colours';
import { colourOfAll, colourOfResult } from './colour';
import { numbersOf } from './numbers';
import { nameStatus, quoteReason, type TenantResult, type TenantsReport } from './tenant-result';
import { describeTotals, headlineOfAll } from './words';

const HEADINGS = { state: 'STATE', environment: 'ENVIRONMENT', tenant: 'TENANT' } as const;
const NUMBER_HEADINGS = ['JUDGED', 'DRIFTED', 'HIGH+', 'NEW', 'INDET.'] as const;
const LEAST_NAME_COLUMNS = 20;

/** A row for each environment, then the reasons why some have no result. The summary comes last because a terminal shows the end of the output. */
export function writeTenantsTable(report: TenantsReport, width = 80, paint: Paint = PLAIN): string {
  const { results } = report;
  return `${[
    ...layOut(results, width, paint),
    '',
    ...writeReasons(results, width),
    ...writeCommands(results, width),
    ...fill(describeTotals(report), { columns: width }),
    ...fill(headlineOfAll(report), { columns: width }).map((line) => paint(colourOfAll(results), line)),
  ].join('\n')}\n`;
}

interface Cells {
  readonly state: string;
  readonly environment: string;
  readonly tenant: string;
  readonly numbers: readonly string[];
}

function cellsOf(result: TenantResult): Cells {
  const numbers = numbersOf(result);
  const counts = numbers && [numbers.judged, numbers.drifted, numbers.grave, numbers.fresh, numbers.indeterminate];
  return {
    state: nameStatus(result.status).toUpperCase(),
    environment: makeHarmless(result.environment),
    tenant: result.tenant === null ? '-' : makeVisible(result.tenant, 256),
    numbers: counts?.map(String) ?? NUMBER_HEADINGS.map(() => '-'),
  };
}

/** The tenant is next to its environment if every line then fits, otherwise below it. */
function layOut(results: readonly TenantResult[], width: number, paint: Paint): string[] {
  const rows: readonly Cells[] = [{ ...HEADINGS, numbers: NUMBER_HEADINGS }, ...results.map(cellsOf)];
  const widest = (texts: readonly string[]): number => Math.max(...texts.map(columnsOf));
  const numbers = NUMBER_HEADINGS.map((_, index) => widest(rows.map((row) => row.numbers[index] ?? '')));
  const state = widest(rows.map((row) => row.state));
  const environment = widest(rows.map((row) => row.environment));
  const tenant = widest(rows.map((row) => row.tenant));
  const left = width - [state, ...numbers].reduce((sum, each) => sum + each + GAP.length, 0);
  const alignedIn = (row: Cells) => row.numbers.map((cell, index) => [cell.padStart(numbers[index] ?? 0)]);
  const isBeside = environment + GAP.length + tenant <= left;
  const names = Math.max(LEAST_NAME_COLUMNS, Math.min(left, Math.max(environment, tenant)));
  const columns = isBeside ? [state, environment, tenant, ...numbers] : [state, names, ...numbers];
  return rows.flatMap((row, index) => {
    const placed = isBeside ? [[row.environment], [row.tenant]] : [[row.environment, row.tenant]];
    // The first row contains the headings.
    const result = results[index - 1];
    return layOutRow([[row.state], ...placed, ...alignedIn(row)], columns, (text, { column }) =>
      column === 0 && result !== undefined && text !== '' ? paint(colourOfResult(result), text) : text,
    );
  });
}

/** The reasons why environments are neither ok nor drifted. */
function writeReasons(results: readonly TenantResult[], width: number): string[] {
  const lines = results.flatMap((result) => {
    if (result.reason === null) return [];
    const lead = `${makeHarmless(result.environment)} (${nameStatus(result.status)}):`;
    return fill(`${lead} ${quoteReason(result)}`, { first: '- ', rest: '  ', columns: width });
  });
  return lines.length === 0 ? [] : [...lines, ''];
}

/** The commands with more details about the first judged and the first unread environment. */
function writeCommands(results: readonly TenantResult[], width: number): string[] {
  const judged = results.find((result) => result.exitCode !== 0 && numbersOf(result) !== undefined);
  const missed = results.find((result) => numbersOf(result) === undefined);
  const say = (words: string) => fill(words, { columns: width });
  const lines = [
    ...(judged === undefined
      ? []
      : introduce(say('To list the findings of one environment:'), auditCommand(judged.commands))),
    ...(missed === undefined
      ? []
      : introduce(say('To check the setup of one environment:'), checkCommand(missed.commands))),
  ];
  return lines.length === 0 ? [] : [...lines, ''];
}
