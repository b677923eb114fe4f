import type { Terminal } from '../terminal';

/** A terminal without a viewer: it shows no progress and keeps notes until the command knows whether it prints output. */
export interface QuietTerminal {
  readonly terminal: Terminal;
  /** Prints the notes that were kept back. */
  readonly tell: () => void;
}

/** The terminal for a command without a viewer. An error still goes to stderr because `runCommandLine` prints it directly. */
export function holdNotes(terminal: Terminal): QuietTerminal {
  const held: string[] = [];
  return {
    terminal: {
      variables: terminal.variables,
      print: terminal.print,
      note: (text) => void held.push(text),
      progress: undefined,
      waiting: undefined,
      confirm: terminal.confirm,
      ask: terminal.ask,
      readInput: terminal.readInput,
      watchInterrupts: terminal.watchInterrupts,
      whoAmI: terminal.whoAmI,
      columns: terminal.columns,
      hasColours: terminal.hasColours,
      writeFile: terminal.writeFile,
      project: terminal.project,
      now: terminal.now,
      sleep: terminal.sleep,
    },
    tell: () => {
      for (const text of held.splice(0)) terminal.note(text);
    },
  };
}

/** The unchanged terminal, for a command with a viewer. */
export function tellNotes(terminal: Terminal): QuietTerminal {
  return { terminal, tell: () => undefined };
}
