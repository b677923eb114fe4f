/** A text that a shell takes as one word, as it stands. Anything else in a command to copy would be a trap. */
export type Word = string & { readonly [WORD_MARK]: true };
declare const WORD_MARK: unique symbol;

const WORD = /^[A-Za-z0-9_][A-Za-z0-9_.:/+-]{0,299}$/;

function isWord(text: string): text is Word {
  return WORD.test(text);
}

/** The text as a word; `undefined` where a shell, or a reader, would take it for something else. */
export function toWord(text: string | undefined): Word | undefined {
  return text !== undefined && isWord(text) ? text : undefined;
}

/** A text that a person typed, as one word of a POSIX shell. */
export function quoteForShell(text: string): string {
  return toWord(text) ?? `'${text.replaceAll("'", "'\\''")}'`;
}

/** A command to copy, whole: what it starts, and each option with its value. */
export interface Command {
  readonly program: string;
  readonly options: readonly string[];
}

/** As long as the other lines of a mail. */
const COLUMNS = 72;
const CONTINUED = ' \\';

/** In lines of a text, as many options to a line as it holds. Nothing of no command. */
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

/** In one line, for an output or a channel. */
export function inOneLine({ program, options }: Command): string {
  return [program, ...options].join(' ');
}

/** A command after the words that say what it does; neither where what the command needs is not known. */
export function introduce(words: readonly string[], command: Command | undefined): string[] {
  return command === undefined ? [] : [...words, ...inLines(command)];
}
