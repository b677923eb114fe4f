import { cutInto, padTo } from '../../lambda/report/text/columns';

/** Between two columns of a table. */
export const GAP = '  ';

/** One list of lines for each column. */
export type Row = readonly (readonly string[])[];

/** The lines of a row, each cell in its columns. A line that is too long is continued below: nothing is lost. */
export function layOutRow(row: Row, columns: readonly number[]): string[] {
  const cells = row.map((lines, index) => lines.flatMap((line) => cutInto(line, columns[index] ?? 1)));
  const height = Math.max(...cells.map((cell) => cell.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((cell, index) => padTo(cell[line] ?? '', columns[index] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
}
