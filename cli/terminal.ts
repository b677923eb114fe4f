import type { AwsConfig } from './access/aws-config';
import type { ProjectFolder } from './setup/project-folder';

/** What a command can do outside the tenant. `program/run-program.ts` creates it; tests create their own. */
export interface Terminal {
  readonly variables: Readonly<Record<string, string | undefined>>;
  print(text: string): void;
  /** Prints text other than the result to stderr, so that a pipe receives only the result. */
  note(text: string): void;
  /** Shows progress on one line of stderr; an empty text removes the line. `undefined` if stderr is not a terminal. */
  readonly progress: ((text: string) => void) | undefined;
  /** Shows next to the progress what the command waits for; an empty text removes it. */
  readonly waiting: ((text: string) => void) | undefined;
  /** Asks a question; only the word yes is a yes. `undefined` if there is no terminal to ask in. */
  readonly confirm: ((question: string) => Promise<boolean>) | undefined;
  /** Asks for one line, shown or hidden. `undefined` if there is no terminal to ask in, and as the answer after Ctrl-C. */
  readonly ask:
    | ((question: string, options: { readonly isHidden: boolean }) => Promise<string | undefined>)
    | undefined;
  /** Reads all of stdin. */
  readonly readInput: () => Promise<string>;
  /**
   * Lets the command stop early. The returned function reports whether a SIGINT or SIGTERM has arrived. The next signal
   * prints the text of `left` and ends the process with exit code 2. If no command watches, the first signal ends the
   * process. Ctrl-C as the answer to a question is a no and counts as the first signal.
   */
  readonly watchInterrupts: (left: () => string) => () => boolean;
  /** The operator's identity, for records: the AWS identity if `aws` is given and known, otherwise the OS user and host. */
  readonly whoAmI: (aws: AwsConfig | undefined) => Promise<string>;
  readonly columns: number;
  /** Whether printed text can have colours. A file never has colours. */
  readonly hasColours: boolean;
  writeFile(file: string, text: string): void;
  /** The project folder, which contains the folder of environments. */
  readonly project: ProjectFolder;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Asks before an action. Returns why the action is not allowed; `undefined` if the operator or `--yes` allows it. */
export async function askFirst(
  question: string,
  { yes, nothingIs }: { readonly yes: boolean; readonly nothingIs: 'written' | 'changed' },
  { confirm, note }: Terminal,
): Promise<'not_asked' | 'declined' | undefined> {
  if (yes) return undefined;
  if (confirm === undefined) {
    note(`No terminal to ask in: nothing was ${nothingIs}. Use --yes to skip the question.`);
    return 'not_asked';
  }
  if (await confirm(question)) return undefined;
  note(`Nothing was ${nothingIs}.`);
  return 'declined';
}
