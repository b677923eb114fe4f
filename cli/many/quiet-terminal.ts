import { fill } from '../../lambda/report/text/columns';
import { makeVisible } from '../../lambda/report/text/harmless';
import { count } from '../../lambda/report/words/run';
import type { Terminal } from '../terminal';

/** The progress of several audits in one line. */
export interface Progress {
  /** Shows the current step of one audit. */
  readonly tell: (environment: string, text: string) => void;
  /** Counts one more audit as finished. */
  readonly end: () => void;
}

export function createProgress(total: number, { progress }: Terminal): Progress {
  let ended = 0;
  const lead = () => `${ended} of ${count(total, 'environment')} finished`;
  return {
    tell: (environment, text) => progress?.(`${lead()}; ${makeVisible(environment, 24)}: ${text}`),
    end: () => {
      ended += 1;
      progress?.(lead());
    },
  };
}

/** The terminal for one of several audits: its notes name the environment, and it asks no questions. */
export function quieten(
  terminal: Terminal,
  environment: string,
  { progress, isInterrupted }: { readonly progress: Progress; readonly isInterrupted: () => boolean },
): Terminal {
  const name = makeVisible(environment, 40);
  return {
    variables: terminal.variables,
    print: terminal.print,
    note: (text) => terminal.note(fill(text.replaceAll('\n', ' '), { first: `${name}: `, columns: 80 }).join('\n')),
    // An empty text would clear the line, which also shows the other audits.
    progress: terminal.progress && ((text) => (text === '' ? undefined : progress.tell(environment, text))),
    // All audits share one line, so a wait replaces the last step of its environment.
    waiting: terminal.waiting && ((text) => progress.tell(environment, text === '' ? 'continues' : text)),
    confirm: undefined,
    ask: undefined,
    readInput: terminal.readInput,
    watchInterrupts: () => isInterrupted,
    whoAmI: terminal.whoAmI,
    columns: terminal.columns,
    hasColours: terminal.hasColours,
    writeFile: terminal.writeFile,
    project: terminal.project,
    now: terminal.now,
    sleep: terminal.sleep,
  };
}
