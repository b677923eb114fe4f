import type { Finding } from '../../lambda/judge/finding';
import { columnsOf, fill, padTo } from '../../lambda/report/text/columns';
import { groupBy } from '../../lambda/report/text/group-by';
import { makeHarmless, NAME_COLUMNS } from '../../lambda/report/text/harmless';
import { explainTransition } from '../../lambda/report/words/finding';
import { count } from '../../lambda/report/words/run';
import { countFills } from './table-repairs';

type Group = readonly [Finding, ...Finding[]];

/** Further connections of one effect are only counted: the caps limit the plan, but not to the height of a screen. */
const ROWS_SHOWN = 12;
const STRATEGIES_SHOWN = 6;
const STRATEGY_COLUMNS = 16;
/** An id has 20 columns; this is the limit for a longer id. */
const ID_COLUMNS = 40;
/** The columns that a name keeps in a narrow terminal. */
const LEAST_NAME_COLUMNS = 16;

/**
 * The plan that the operator is asked to allow: the number of connections by strategy, then for each effect its meaning
 * for users and one line for each connection. A dozen connections and the question fit on a screen of 24 lines.
 */
export function writePlan(planned: readonly Finding[], columns: number): string {
  const groups = groupBy(planned, nameEffect);
  const lines = [
    ...fill(`${count(planned.length, 'connection')} would be written: ${countStrategies(planned)}`, { columns }),
    ...groups.flatMap((group) => writeGroup(group, columns)),
  ];
  return lines.join('\n');
}

/** `on_first_login -> on_each_login` */
function nameEffect({ effective, repair }: Finding): string {
  if (repair.action === 'manual') return 'manual';
  const from = effective ?? 'an unknown value';
  return from === repair.to ? `${from}, now set explicitly` : `${from} -> ${repair.to}`;
}

function writeGroup(group: Group, columns: number): string[] {
  const [first] = group;
  const { effective, repair } = first;
  const heading = `${nameEffect(first)}: ${count(group.length, 'connection')}`;
  const facts = [
    ...countSome(group, 'currently not set', ({ source }) => source === 'default'),
    ...countSome(group, 'by removing the key', (finding) => finding.repair.action === 'remove'),
  ];
  const fills = group.flatMap((finding) => (finding.repair.action === 'manual' ? [] : finding.repair.fills));
  const meanings = [
    ...(repair.action === 'manual' ? [] : [explainTransition(effective, repair.to)]),
    ...(fills.length === 0 ? [] : [`Auth0 also adds missing options: ${countFills(fills)}.`]),
  ];
  const more = group.length - ROWS_SHOWN;
  return [
    ...fill([heading, ...facts].join(', '), { rest: '  ', columns }),
    ...meanings.flatMap((meaning) => fill(meaning, { first: '  ', columns })),
    ...writeRows(group.slice(0, ROWS_SHOWN), columns),
    ...(more > 0
      ? fill(`and ${more} more. To see all: answer no, then run with --format json.`, { first: '    ', columns })
      : []),
  ];
}

/** `3 of them currently not set`; without the number if it applies to all. */
function countSome(group: Group, words: string, isSo: (finding: Finding) => boolean): string[] {
  const number = group.filter(isSo).length;
  if (number === 0) return [];
  return [number === group.length ? words : `${number} of them ${words}`];
}

/** Name, id and strategy, in columns. The name is shortened if there is no space; the id never is. */
function writeRows(findings: readonly Finding[], columns: number): string[] {
  const rows = findings.map(({ connection: { id, name, strategy } }) => ({
    id: makeHarmless(id, ID_COLUMNS),
    name,
    strategy: makeHarmless(strategy, STRATEGY_COLUMNS),
  }));
  const widest = (texts: readonly string[]): number => Math.max(...texts.map(columnsOf));
  const ids = widest(rows.map(({ id }) => id));
  const room = columns - '    '.length - 2 * '  '.length - ids - widest(rows.map(({ strategy }) => strategy));
  const most = Math.max(LEAST_NAME_COLUMNS, Math.min(NAME_COLUMNS, room));
  const names = rows.map(({ name }) => makeHarmless(name, most));
  const width = widest(names);
  return rows.map(
    ({ id, strategy }, index) => `    ${padTo(names[index] ?? '', width)}  ${padTo(id, ids)}  ${strategy}`,
  );
}

/** `okta 7, samlp 3, auth0 2`, most first. */
function countStrategies(planned: readonly Finding[]): string {
  const groups = groupBy(planned, ({ connection }) => connection.strategy).toSorted((a, b) => b.length - a.length);
  const rest = groups.slice(STRATEGIES_SHOWN);
  return [
    ...groups
      .slice(0, STRATEGIES_SHOWN)
      .map((group) => `${makeHarmless(group[0].connection.strategy, STRATEGY_COLUMNS)} ${group.length}`),
    ...(rest.length > 0 ? [`others ${rest.flat().length}`] : []),
  ].join(', ');
}
