import type { Terminal } from '../terminal';

/** A terminal on which nobody watches: no progress, and what is noted is held until it is known whether anything is shown. */
export interface QuietTerminal {
  readonly terminal: Terminal;
  /** Notes what was held. */
  readonly tell: () => void;
}

/** The terminal for a command that nobody watches. An error still goes to stderr: `runCommandLine` notes it itself. */
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

/** The terminal as it is, for a command that somebody watches. */
export function tellNotes(terminal: Terminal): QuietTerminal {
  return { terminal, tell: () => undefined };
}
