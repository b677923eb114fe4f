import type { Agreement } from './conformance';

const WIDTH = 80;
const COUNT_WIDTHS = [10, 10, 10, 8] as const;
const NAME_WIDTH = WIDTH - COUNT_WIDTHS.reduce((total, width) => total + width, 0);

/** A name, shortened if it is too long, and up to four counts. */
export function row(name: string, counts: readonly string[]): string {
  const shown = printable(name);
  const cut = shown.length >= NAME_WIDTH ? `${shown.slice(0, NAME_WIDTH - 2)}…` : shown;
  return cut.padEnd(NAME_WIDTH) + counts.map((count, i) => count.padStart(COUNT_WIDTHS[i] ?? 0)).join('');
}

export function rule(): string {
  return '-'.repeat(WIDTH);
}

export function share({ agreed, compared }: Agreement): string {
  return `${agreed}/${compared}`;
}

/** Rounded down, so that 100 % means all. Empty if nothing was compared. */
export function percent({ agreed, compared }: Agreement): string {
  return compared === 0 ? '' : `${(Math.floor((agreed / compared) * 1000) / 10).toFixed(1)} %`;
}

export function sum(all: readonly Agreement[]): Agreement {
  return all.reduce(
    (left, right) => ({ agreed: left.agreed + right.agreed, compared: left.compared + right.compared }),
    { agreed: 0, compared: 0 },
  );
}

/** Sorted, the most frequent first. */
export function countEach(texts: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
}

/** Lines of at most 80 columns. Lines after the first line have a larger indent. */
export function wrap(text: string, indent: number): string[] {
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

/** Names come from files. Control characters in them must not move the cursor. */
export function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}
