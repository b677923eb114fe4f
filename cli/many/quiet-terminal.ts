import { fill } from '../../lambda/report/text/columns';
import { makeVisible } from '../../lambda/report/text/harmless';
import { count } from '../../lambda/report/words/run';
import type { Terminal } from '../terminal';

/** What one line of progress tells of several audits. */
export interface Progress {
  /** What one of them is doing. */
  readonly tell: (environment: string, text: string) => void;
  /** One more has ended. */
  readonly end: () => void;
}

export function createProgress(total: number, { progress }: Terminal): Progress {
  let ended = 0;
  const lead = () => `${ended} of ${count(total, 'environment')} ended`;
  return {
    tell: (environment, text) => progress?.(`${lead()}; ${makeVisible(environment, 24)}: ${text}`),
    end: () => {
      ended += 1;
      progress?.(lead());
    },
  };
}

/** The terminal for one audit of several: what it says names its environment, and nobody is asked anything. */
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
    // An empty text clears the line, which tells of the others too.
    progress: terminal.progress && ((text) => (text === '' ? undefined : progress.tell(environment, text))),
    // One line tells of all: a wait stands in the place of what its environment did.
    waiting: terminal.waiting && ((text) => progress.tell(environment, text === '' ? 'goes on' : text)),
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
