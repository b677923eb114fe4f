import type { Finding } from '../../judge/finding';
import { columnsOf, fill, MAIL_COLUMNS, padTo } from '../text/columns';
import { groupBy } from '../text/group-by';
import { makeHarmless } from '../text/harmless';
import { authorLines, explainUnknownAuthors } from '../words/author';

/** An outcome's section is read at a glance; the full report has them all. */
export const SHOWN = 12;

interface ShortList {
  /** What stands beside each id. */
  readonly beside: (finding: Finding) => string;
  /** What the connections of a group share; it heads the group. */
  readonly heading?: (finding: Finding) => string;
  /** What became of one connection; it follows it. Connections with the same result are listed together. */
  readonly result?: (finding: Finding) => readonly string[];
  /** Says who changed each connection, and below the list why nobody knows of the others. */
  readonly authors?: boolean;
}

/** Connections with the same outcome: what they share said once, then a line for each, the first of them only. */
export function writeShortList(
  findings: readonly Finding[],
  { beside, heading, result, authors = false }: ShortList,
): string[] {
  const more = findings.length - SHOWN;
  const groups = groupBy(findings.slice(0, SHOWN), (finding) =>
    JSON.stringify([heading?.(finding), result?.(finding)]),
  );
  return [
    ...groups.flatMap((group) => [
      '',
      ...(heading === undefined ? [] : fill(heading(group[0]), { first: '  ' })),
      ...group.flatMap((finding) =>
        writeConnection(finding, {
          entry: '  - ',
          beside: beside(finding),
          below: authors ? authorLines(finding) : [],
        }),
      ),
      ...(result?.(group[0]) ?? []).flatMap((words) => fill(words, { first: '    ' })),
    ]),
    ...(more > 0 ? [`  - and ${more} more; the full report has them all`] : []),
    ...(authors ? explainUnknownAuthors(findings).flatMap((text) => ['', ...fill(text, { first: '  ' })]) : []),
  ];
}

/** A line of a section that says what to do, or where to look. */
export function advise(label: 'Reason' | 'Do' | 'Or' | 'Look' | 'Lease' | 'Undo', text: string): string[] {
  return fill(text, { first: `  ${label.padEnd(9)}` });
}

interface Listing {
  /** What stands before each connection, such as `   - `. */
  readonly entry: string;
  /** What stands between id and name, padded by the caller where columns are wanted. */
  readonly beside: string;
  /** More lines on this one connection, such as who changed it. */
  readonly below?: readonly string[] | undefined;
}

/** One connection in a list. */
export function writeConnection(
  { connection, code, actual }: Finding,
  { entry, beside, below = [] }: Listing,
): string[] {
  const { name, displayName } = connection;
  const detail = ' '.repeat(columnsOf(entry));
  return [
    ...writeLine(connection, { entry, beside }),
    ...(displayName === null || displayName === name
      ? []
      : fill(makeHarmless(displayName, 50), { first: `${detail}shown as: ` })),
    ...(code === 'UNDOCUMENTED_VALUE' && actual !== null
      ? fill(makeHarmless(actual, 50), { first: `${detail}value: ` })
      : []),
    ...below.flatMap((text) => fill(text, { first: detail })),
  ];
}

/**
 * Id, what stands beside it, and name. The name comes last in its line, or has one of its own: writing from right to left
 * cannot reorder what stands before.
 */
export function writeLine(
  { id, name }: Pick<Finding['connection'], 'id' | 'name'>,
  { entry, beside }: Omit<Listing, 'below'>,
): string[] {
  const detail = ' '.repeat(columnsOf(entry));
  const line = `${entry}${padTo(makeHarmless(id, 40), ID_COLUMNS)}  ${beside}`;
  const harmless = makeHarmless(name);
  const whole = `${line}  ${harmless}`;
  const start =
    columnsOf(line) <= MAIL_COLUMNS
      ? [line.trimEnd()]
      : [...fill(makeHarmless(id, 40), { first: entry }), ...fill(beside.trim(), { first: detail })];
  return columnsOf(whole) <= MAIL_COLUMNS ? [whole] : [...start, ...fill(harmless, { first: detail })];
}

/** `con_` and 16 characters. */
const ID_COLUMNS = 20;

/** The strategies of a list, each as wide as the widest. */
export function strategyColumn(findings: readonly Finding[]): (finding: Finding) => string {
  const pad = padStrategies(findings.map(({ connection }) => connection.strategy));
  return ({ connection }) => pad(connection.strategy);
}

export function padStrategies(strategies: readonly string[]): (strategy: string) => string {
  const nameStrategy = (strategy: string): string => makeHarmless(strategy, 24);
  const columns = strategies.reduce((widest, strategy) => Math.max(widest, columnsOf(nameStrategy(strategy))), 0);
  return (strategy) => padTo(nameStrategy(strategy), columns);
}
