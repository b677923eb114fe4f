import type { Terminal } from '../../cli/terminal';

export interface RecordedTerminal extends Terminal {
  /** All that was printed on stdout. */
  readonly printed: () => string;
  /** All that was said on stderr beside the result. */
  readonly noted: () => string;
  /** Each text of progress, in order. */
  readonly told: readonly string[];
  readonly files: ReadonlyMap<string, string>;
}

/** A terminal that keeps what a command does to it. */
export function recordTerminal(
  variables: Terminal['variables'],
  { columns = 80, isTerminal = false }: { columns?: number; isTerminal?: boolean } = {},
): RecordedTerminal {
  const lines: string[] = [];
  const notes: string[] = [];
  const told: string[] = [];
  const files = new Map<string, string>();
  return {
    variables,
    print: (text) => lines.push(`${text}\n`),
    note: (text) => notes.push(`${text}\n`),
    progress: isTerminal ? (text) => told.push(text) : undefined,
    confirm: undefined,
    columns,
    writeFile: (file, text) => files.set(file, text),
    now: Date.now,
    sleep: async () => undefined,
    printed: () => lines.join(''),
    noted: () => notes.join(''),
    told,
    files,
  };
}
