import type { AwsConfig } from './access/aws-config';
import type { ProjectFolder } from './setup/project-folder';

/** What a command may do outside the tenant. `program/run-program.ts` makes it; a test makes its own. */
export interface Terminal {
  readonly variables: Readonly<Record<string, string | undefined>>;
  print(text: string): void;
  /** Says something beside the result, on stderr, so that a pipe gets the result alone. */
  note(text: string): void;
  /** What goes on, told on one line of stderr; an empty text ends it. `undefined` where stderr is no terminal. */
  readonly progress: ((text: string) => void) | undefined;
  /** What is waited for meanwhile, told beside it; an empty text: nothing more. */
  readonly waiting: ((text: string) => void) | undefined;
  /** Asks a question that only a clear yes answers; `undefined` where nobody can be asked. */
  readonly confirm: ((question: string) => Promise<boolean>) | undefined;
  /** Asks for one line, shown or hidden; `undefined` where nobody can be asked, and for an answer that was refused. */
  readonly ask:
    | ((question: string, options: { readonly isHidden: boolean }) => Promise<string | undefined>)
    | undefined;
  /** All that is piped in. */
  readonly readInput: () => Promise<string>;
  /**
   * Lets the command stop early. The function it returns says whether a SIGINT or SIGTERM has arrived; the next one
   * ends the process with exit code 2, and with what `left` then says is left. Unless a command watches, the first one
   * ends the process. Ctrl-C in answer to a question is a no and counts as the first.
   */
  readonly watchInterrupts: (left: () => string) => () => boolean;
  /** Who acts, for records: the AWS identity where `aws` is given and it is known, else the OS user and host. */
  readonly whoAmI: (aws: AwsConfig | undefined) => Promise<string>;
  readonly columns: number;
  /** Whether what is printed may be coloured. A file never is. */
  readonly hasColours: boolean;
  writeFile(file: string, text: string): void;
  /** Where the project is, with the folder of environments. */
  readonly project: ProjectFolder;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Asks before something is done. Why it may not be done; `undefined` where the person, or `--yes`, says yes. */
export async function askFirst(
  question: string,
  { yes, nothingIs }: { readonly yes: boolean; readonly nothingIs: 'written' | 'changed' },
  { confirm, note }: Terminal,
): Promise<'not_asked' | 'declined' | undefined> {
  if (yes) return undefined;
  if (confirm === undefined) {
    note(`There is no terminal to ask in, so nothing is ${nothingIs}. Use --yes to skip the question.`);
    return 'not_asked';
  }
  if (await confirm(question)) return undefined;
  note(`Nothing was ${nothingIs}.`);
  return 'declined';
}
