import type { Finding } from '../../judge/finding';
import { columnsOf, fill, MAIL_COLUMNS, padTo } from '../text/columns';
import { groupBy } from '../text/group-by';
import { makeHarmless } from '../text/harmless';
import { authorLines, explainUnknownAuthors } from '../words/author';

/** The maximum number of connections in the section of an outcome. The full report has them all. */
export const SHOWN = 12;

interface ShortList {
  /** The text next to each id. */
  readonly beside: (finding: Finding) => string;
  /** The heading of a group: the text that its connections share. */
  readonly heading?: (finding: Finding) => string;
  /** The result of one connection, printed after it. Connections with the same result are listed together. */
  readonly result?: (finding: Finding) => readonly string[];
  /** Whether to print the author of each change, and below the list why other authors are unknown. */
  readonly authors?: boolean;
}

/**
 * The first `SHOWN` connections with the same outcome. Each group prints its shared texts once, then one line per
 * connection.
 */
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
    ...(more > 0 ? [`  - and ${more} more; the full report lists all of them`] : []),
    ...(authors ? explainUnknownAuthors(findings).flatMap((text) => ['', ...fill(text, { first: '  ' })]) : []),
  ];
}

/** A labelled line of a section: a reason, what to do, or where to look. */
export function advise(label: 'Reason' | 'Do' | 'Or' | 'Look' | 'Lease' | 'Undo', text: string): string[] {
  return fill(text, { first: `  ${label.padEnd(9)}` });
}

interface Listing {
  /** The text before each connection, such as `   - `. */
  readonly entry: string;
  /** The text between id and name. The caller pads it to get columns. */
  readonly beside: string;
  /** More lines for this connection, such as the author of the change. */
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
      : fill(makeHarmless(displayName, 50), { first: `${detail}display name: ` })),
    ...(code === 'UNDOCUMENTED_VALUE' && actual !== null
      ? fill(makeHarmless(actual, 50), { first: `${detail}value: ` })
      : []),
    ...below.flatMap((text) => fill(text, { first: detail })),
  ];
}

/**
 * Id, the text next to it, and name. The name is last in its line, or on a separate line, so that right-to-left text
 * cannot reorder other text.
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

/** The strategies of a list, padded to the widest. */
export function strategyColumn(findings: readonly Finding[]): (finding: Finding) => string {
  const pad = padStrategies(findings.map(({ connection }) => connection.strategy));
  return ({ connection }) => pad(connection.strategy);
}

export function padStrategies(strategies: readonly string[]): (strategy: string) => string {
  const nameStrategy = (strategy: string): string => makeHarmless(strategy, 24);
  const columns = strategies.reduce((widest, strategy) => Math.max(widest, columnsOf(nameStrategy(strategy))), 0);
  return (strategy) => padTo(nameStrategy(strategy), columns);
}
