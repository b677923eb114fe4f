import { TargetError } from '../../target-error';
import type { Terminal } from '../../terminal';

/** Writes a draft to the file asked for, or else to the terminal. One that cannot be written is printed. */
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
