import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

interface Asking {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * Asks for one line on a terminal. If `isHidden`, nothing of the answer is shown. `undefined`: Ctrl-C or Ctrl-D was
 * pressed instead.
 */
export function ask(
  question: string,
  { isHidden }: { readonly isHidden: boolean },
  { input, output }: Asking,
): Promise<string | undefined> {
  output.write(question);
  // The interface echoes each key to its output. This output discards it.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  return new Promise((resolve) => {
    const asking = createInterface({ input, output: isHidden ? nowhere : output, terminal: true });
    let answer: string | undefined;
    if (!isHidden) asking.setPrompt(question);
    asking.on('close', () => {
      if (isHidden || answer === undefined) output.write('\n');
      resolve(answer);
    });
    asking.on('SIGINT', () => asking.close());
    asking.once('line', (line) => {
      answer = line;
      asking.close();
    });
  });
}

/** Reads a stream to its end. */
export async function readInput(input: AsyncIterable<Buffer | string>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
