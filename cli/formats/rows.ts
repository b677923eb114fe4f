import { cutInto, padTo } from '../../lambda/report/text/columns';

/** Between two columns of a table. */
export const GAP = '  ';

/** One list of lines for each column. */
export type Row = readonly (readonly string[])[];

/** Marks one line of a cell, without its padding. */
export type PaintCell = (text: string, at: { readonly column: number; readonly line: number }) => string;

/** The lines of a row, each cell in its columns. A line that is too long continues below, so that no text is lost. */
export function layOutRow(row: Row, columns: readonly number[], paint: PaintCell = (text) => text): string[] {
  const cells = row.map((lines, index) => lines.flatMap((line) => cutInto(line, columns[index] ?? 1)));
  const height = Math.max(...cells.map((cell) => cell.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((cell, column) => {
        const text = cell[line] ?? '';
        return paint(text, { column, line }) + padTo(text, columns[column] ?? 0).slice(text.length);
      })
      .join(GAP)
      .trimEnd(),
  );
}
