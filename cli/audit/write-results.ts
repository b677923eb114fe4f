import { fill } from '../../lambda/report/text/columns';
import { makeVisible } from '../../lambda/report/text/harmless';
import type { Format } from '../formats/format-names';
import { type Paint, PLAIN, paintFor } from '../screen/colours';
import type { Terminal } from '../terminal';
import type { OutputFile, OutputPlan } from './outputs';

type Write = (format: Format, screen: { readonly columns: number; readonly paint: Paint }) => string;

/**
 * Writes the report in every requested format: first the files, then the printed format unless it is kept back. If a
 * file cannot be written, its text is printed instead. Returns the reason for each such file, one sentence each.
 */
export function writeResults(
  { printed, files }: OutputPlan,
  write: Write,
  { terminal, isKeptBack }: { readonly terminal: Terminal; readonly isKeptBack: boolean },
): readonly string[] {
  const { print, note, columns } = terminal;
  const written: OutputFile[] = [];
  const lost: (OutputFile & { readonly text: string; readonly reason: string })[] = [];
  for (const { file, format } of files) {
    const text = write(format, { columns: 80, paint: PLAIN }).trimEnd();
    try {
      terminal.writeFile(file, `${text}\n`);
      written.push({ file, format });
    } catch (error) {
      lost.push({ file, format, text, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  const isPrinted = printed !== undefined && (!isKeptBack || lost.length > 0);
  if (isPrinted) print(write(printed, { columns, paint: paintFor(terminal) }).trimEnd());
  for (const { format, text } of lost) if (!isPrinted || format !== printed) print(text);
  if (written.length > 0) {
    const names = written.map(({ file, format }) => `${makeVisible(file, 200)} (${format})`).join(', ');
    note(fill(`Written: ${names}.`, { columns: 80 }).join('\n'));
  }
  return lost.map(({ reason }) => `--output: ${reason}; the report is printed instead`);
}
