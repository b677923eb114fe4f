import type { Terminal } from '../terminal';

/** The terminal for a command that nobody watches: the result alone. Errors are told by whoever runs the command. */
export function withoutNotes(terminal: Terminal): Terminal {
  return {
    variables: terminal.variables,
    print: terminal.print,
    note: () => undefined,
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
  };
}
