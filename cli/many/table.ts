import { introduce } from '../../lambda/report/commands/command';
import { auditCommand, checkCommand } from '../../lambda/report/commands/npm';
import { commandPlaceOf } from '../../lambda/report/commands/place';
import { columnsOf, fill } from '../../lambda/report/text/columns';
import { makeHarmless, makeVisible } from '../../lambda/report/text/harmless';
import { GAP, layOutRow } from '../formats/rows';
import { numbersOf } from './numbers';
import { TENANT_STATUSES, type TenantResult, type TenantsReport } from './tenant-result';
import { describeTotals, headlineOfAll } from './words';

const HEADINGS = ['STATE', 'ENVIRONMENT', 'TENANT', 'JUDGED', 'DRIFTED', 'HIGH+', 'NEW', 'UNSEEN'];
/** A longer name is continued below. */
const ENVIRONMENT_COLUMNS = 20;
const LEAST_TENANT_COLUMNS = 12;

/** A row for each environment, then why some are no answer; the summary comes last, where a terminal stops. */
export function writeTenantsTable(report: TenantsReport, width = 80): string {
  const { results } = report;
  const rows = results.map(cellsOf);
  const columns = measure([HEADINGS, ...rows], width);
  const lines = [HEADINGS, ...rows].flatMap((row) => layOutRow(alignNumbers(row, columns), columns));
  return `${[
    ...lines,
    '',
    ...writeReasons(results, width),
    ...writeCommands(results, width),
    ...fill(describeTotals(report), { columns: width }),
    ...fill(headlineOfAll(report), { columns: width }),
  ].join('\n')}\n`;
}

function cellsOf(result: TenantResult): readonly string[] {
  const { status, environment, tenant } = result;
  const numbers = numbersOf(result);
  const counts = numbers && [numbers.judged, numbers.drifted, numbers.grave, numbers.fresh, numbers.indeterminate];
  return [
    TENANT_STATUSES[status].toUpperCase(),
    makeHarmless(environment),
    tenant === null ? '-' : makeVisible(tenant, 256),
    ...(counts?.map(String) ?? ['-', '-', '-', '-', '-']),
  ];
}

/** Every column as wide as it needs to be; the tenant's has what is left. */
function measure(rows: readonly (readonly string[])[], width: number): readonly number[] {
  const widest = HEADINGS.map((_, index) => Math.max(...rows.map((cells) => columnsOf(cells[index] ?? ''))));
  const [state = 0, environment = 0, tenant = 0, ...numbers] = widest;
  const named = Math.min(environment, ENVIRONMENT_COLUMNS);
  const fixed = [state, named, ...numbers].reduce((sum, each) => sum + each + GAP.length, 0);
  return [state, named, Math.min(tenant, Math.max(LEAST_TENANT_COLUMNS, width - fixed)), ...numbers];
}

const FIRST_NUMBER = HEADINGS.indexOf('JUDGED');

function alignNumbers(cells: readonly string[], columns: readonly number[]): string[][] {
  return cells.map((cell, index) => [index < FIRST_NUMBER ? cell : cell.padStart(columns[index] ?? 0)]);
}

/** Why an environment is neither ok nor drifted. */
function writeReasons(results: readonly TenantResult[], width: number): string[] {
  const lines = results.flatMap(({ environment, status, reason }) => {
    if (reason === null) return [];
    const lead = `${makeHarmless(environment)}: ${TENANT_STATUSES[status]}.`;
    return fill(`${lead} ${makeHarmless(reason, 1000)}`, { first: '- ', columns: width });
  });
  return lines.length === 0 ? [] : [...lines, ''];
}

/** How to see more of the first environment of each kind. */
function writeCommands(results: readonly TenantResult[], width: number): string[] {
  const judged = results.find((result) => result.exitCode !== 0 && numbersOf(result) !== undefined);
  const missed = results.find((result) => numbersOf(result) === undefined);
  const say = (words: string) => fill(words, { columns: width });
  const lines = [
    ...(judged === undefined
      ? []
      : introduce(say('To see the findings of one environment:'), auditCommand(judged.commands))),
    ...(missed === undefined
      ? []
      : introduce(say('To see what is missing for one environment:'), checkCommand(commandPlaceOf(missed)))),
  ];
  return lines.length === 0 ? [] : [...lines, ''];
}
