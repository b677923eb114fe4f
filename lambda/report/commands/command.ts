/** A text that a shell reads as one word without quoting. Other texts are not safe in a command to copy. */
export type Word = string & { readonly [WORD_MARK]: true };
declare const WORD_MARK: unique symbol;

const WORD = /^[A-Za-z0-9_][A-Za-z0-9_.:/+-]{0,299}$/;

function isWord(text: string): text is Word {
  return WORD.test(text);
}

/** The text as a word; `undefined` if a shell or a reader could misread it. */
export function toWord(text: string | undefined): Word | undefined {
  return text !== undefined && isWord(text) ? text : undefined;
}

/** A typed text, quoted as one word of a POSIX shell. */
export function quoteForShell(text: string): string {
  return toWord(text) ?? `'${text.replaceAll("'", "'\\''")}'`;
}

/** A complete command to copy: the program, and each option with its value. */
export interface Command {
  readonly program: string;
  readonly options: readonly string[];
}

/** The line length of a mail. */
const COLUMNS = 72;
const CONTINUED = ' \\';

/** A command in lines, filled with options. Empty without a command. */
export function inLines(command: Command | undefined): string[] {
  if (command === undefined) return [];
  const lines: string[] = [];
  let line = `  ${command.program}`;
  for (const [index, option] of command.options.entries()) {
    const room = COLUMNS - (index < command.options.length - 1 ? CONTINUED.length : 0);
    if (line.length + 1 + option.length <= room) line += ` ${option}`;
    else {
      lines.push(`${line}${CONTINUED}`);
      line = `    ${option}`;
    }
  }
  return [...lines, line];
}

/** A command in one line, for a stack output or a chat. */
export function inOneLine({ program, options }: Command): string {
  return [program, ...options].join(' ');
}

/** A text and the command that it introduces. Empty without a command. */
export function introduce(words: readonly string[], command: Command | undefined): string[] {
  return command === undefined ? [] : [...words, ...inLines(command)];
}
