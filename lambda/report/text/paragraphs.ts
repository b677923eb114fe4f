import { columnsOf, cutInto } from './columns';

/** RFC 3676 advises lines of at most 78 characters; 72 leaves room for a reply's quote marks. */
export const MAIL_COLUMNS = 72;

export interface Shape {
  /** What stands before the first line, such as `Why   `. */
  readonly first?: string;
  /** What stands before the others; as wide as the first unless it is given. */
  readonly rest?: string;
  readonly columns?: number;
}

/** Fills lines with the words of a text. A word longer than a line is cut, so that no name can break the layout. */
export function fill(text: string, { first = '', rest, columns = MAIL_COLUMNS }: Shape = {}): string[] {
  const indent = rest ?? ' '.repeat(columnsOf(first));
  const room = Math.max(1, columns - Math.max(columnsOf(first), columnsOf(indent)));
  const words = text.split(' ').flatMap((word) => cutInto(word, room));
  const lines: string[] = [];
  let line: string | undefined;
  for (const word of words) {
    if (line !== undefined && columnsOf(line) + 1 + columnsOf(word) > room) {
      lines.push(line);
      line = word;
    } else {
      line = line === undefined ? word : `${line} ${word}`;
    }
  }
  return [...lines, line ?? ''].map((content, index) => ((index === 0 ? first : indent) + content).trimEnd());
}
