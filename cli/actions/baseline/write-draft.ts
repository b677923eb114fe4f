import { TargetError } from '../../target-error';
import type { Terminal } from '../../terminal';

/** Writes a draft to the given file, otherwise to the terminal. If the file cannot be written, the draft is printed. */
export function writeDraft(text: string, output: string | undefined, { print, writeFile }: Terminal): void {
  if (output === undefined) {
    print(text);
    return;
  }
  try {
    writeFile(output, `${text}\n`);
  } catch (error) {
    print(text);
    const reason = error instanceof Error ? error.message : String(error);
    throw new TargetError([`--output: ${reason}; the draft is printed instead`]);
  }
}
