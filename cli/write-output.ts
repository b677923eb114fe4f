import { TargetError } from './target-error';
import type { Terminal } from './terminal';

/** Writes a result to the file asked for, or else to the terminal. One that cannot be written is shown rather than lost. */
export function writeOutput(
  text: string,
  { output, what }: { readonly output: string | undefined; readonly what: string },
  { print, writeFile }: Terminal,
): void {
  if (output === undefined) {
    print(text);
    return;
  }
  try {
    writeFile(output, `${text}\n`);
  } catch (error) {
    // A run cannot be had again as it was.
    print(text);
    const reason = error instanceof Error ? error.message : String(error);
    throw new TargetError([`--output: ${reason}; the ${what} is printed instead`]);
  }
}
