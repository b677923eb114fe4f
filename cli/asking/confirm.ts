import { createInterface } from 'node:readline';
import type { Interrupts } from '../interrupts';

interface Asking {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly interrupts: Pick<Interrupts, 'signal' | 'decline'>;
}

/** Asks a question on a terminal. Only the word yes is a yes; Ctrl-C, Ctrl-D and a signal are a no. */
export function confirm(question: string, { input, output, interrupts }: Asking): Promise<boolean> {
  const { signal, decline } = interrupts;
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const asking = createInterface({ input, output });
    let answer: string | undefined;
    asking.on('close', () => {
      // Only Enter ends the line.
      if (answer === undefined) output.write('\n');
      resolve(answer?.trim() === 'yes');
    });
    // While a line is read from a terminal, Ctrl-C arrives as a key and not as a signal.
    asking.on('SIGINT', decline);
    signal.addEventListener('abort', () => asking.close());
    asking.question(`${question} Type yes to continue: `, (given) => {
      answer = given;
      asking.close();
    });
  });
}
