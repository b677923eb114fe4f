import type { Agreement, Conformance } from './conformance';

const WIDTH = 80;
const COUNT_WIDTHS = [10, 10, 8] as const;
const NAME_WIDTH = WIDTH - COUNT_WIDTHS.reduce((sum, width) => sum + width, 0);

/** The table, what is not emulated, and every difference; reads well at 80 columns. */
export function describeConformance(results: readonly Conformance[]): string {
  const lines = [row('recording', 'statuses', 'key sets', 'seeded'), '-'.repeat(WIDTH)];
  for (const { name, statuses, keySets, seeded } of results) {
    lines.push(row(name, share(statuses), share(keySets), String(seeded)));
  }
  lines.push('-'.repeat(WIDTH));
  const total = (pick: (result: Conformance) => Agreement): string => share(sum(results.map(pick)));
  const seeded = results.reduce((count, result) => count + result.seeded, 0);
  lines.push(
    row(
      'total',
      total((result) => result.statuses),
      total((result) => result.keySets),
      String(seeded),
    ),
  );

  const paths = countEach(results.flatMap((result) => result.notEmulated));
  lines.push('', paths.length === 0 ? 'Not emulated: nothing' : 'Not emulated, and not counted:');
  for (const [path, count] of paths) lines.push(`${String(count).padStart(6)}  ${printable(path)}`);

  const different = results.filter((result) => result.differences.length > 0);
  lines.push('', different.length === 0 ? 'Differences: none' : 'Differences (the recording first, then the sandbox):');
  for (const { name, differences } of different) {
    lines.push(`  ${printable(name)}`);
    for (const difference of differences) lines.push(...wrap(printable(difference), 4));
  }
  return `${lines.join('\n')}\n`;
}

export function agrees(results: readonly Conformance[]): boolean {
  return results.every((result) => result.differences.length === 0);
}

function row(name: string, ...counts: readonly [string, string, string]): string {
  const shown = printable(name);
  const cut = shown.length >= NAME_WIDTH ? `${shown.slice(0, NAME_WIDTH - 2)}…` : shown;
  return cut.padEnd(NAME_WIDTH) + counts.map((count, i) => count.padStart(COUNT_WIDTHS[i] ?? 0)).join('');
}

function share({ agreed, compared }: Agreement): string {
  return `${agreed}/${compared}`;
}

function sum(all: readonly Agreement[]): Agreement {
  return all.reduce(
    (left, right) => ({ agreed: left.agreed + right.agreed, compared: left.compared + right.compared }),
    { agreed: 0, compared: 0 },
  );
}

function countEach(texts: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
}

function wrap(text: string, indent: number): string[] {
  const lines: string[] = [];
  let line = ' '.repeat(indent);
  for (const word of text.split(' ')) {
    if (line.trim() !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = ' '.repeat(indent + 4);
    }
    line += line.trim() === '' ? word : ` ${word}`;
  }
  return [...lines, line];
}

/** Names come from files: nothing in them may move the cursor. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}
