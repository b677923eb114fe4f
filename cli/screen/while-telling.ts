import type { Terminal } from '../terminal';

/** Shows a text on the line of progress until the work has finished or failed. */
export async function whileTelling<T>(
  text: string,
  { progress }: Pick<Terminal, 'progress'>,
  work: () => Promise<T>,
): Promise<T> {
  progress?.(text);
  try {
    return await work();
  } finally {
    progress?.('');
  }
}

/** The progress text while a record or a state is read. */
export const READING_HISTORY = 'reading the history';
