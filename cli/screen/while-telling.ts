import type { Terminal } from '../terminal';

/** Tells on the line of progress what is waited for, until it is there or has failed. */
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

/** What is waited for where a record or a state is read. */
export const READING_HISTORY = 'reading the history';
