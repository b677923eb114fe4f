import type { Terminal } from './terminal';

export interface Interrupts {
  /** Aborted by the first interrupt that does not end the process. */
  readonly signal: AbortSignal;
  readonly watch: Terminal['watchInterrupts'];
  /** The command has ended: from now on an interrupt ends the process. */
  readonly unwatch: () => void;
  /** SIGINT or SIGTERM arrived. */
  readonly receive: () => void;
  /** Ctrl-C answered a question. It is an interrupt, and the command goes on with a no. */
  readonly decline: () => void;
}

interface InterruptsPorts {
  readonly note: (text: string) => void;
  /** Says this, and ends the process with exit code 2. */
  readonly end: (text: string) => void;
  /** Milliseconds of a clock that nobody sets. */
  readonly now: () => number;
}

/** One Ctrl-C arrives up to three times: from the terminal, from npm and from tsx, within some 30 ms. */
const ONE_PRESS_MS = 500;

const FIRST =
  'Interrupted: no new write begins. The result follows when the requests under way have ended. ' +
  'Press Ctrl-C again to end at once.';

/** What SIGINT and SIGTERM do: the first asks a command that watches to stop early, the next ends the process. */
export function createInterrupts({ note, end, now }: InterruptsPorts): Interrupts {
  const first = new AbortController();
  let firstAt = Number.NEGATIVE_INFINITY;
  let describeLeft: (() => string) | undefined;

  function decline(): void {
    firstAt = now();
    first.abort();
    if (describeLeft !== undefined) note(FIRST);
  }

  function receive(): void {
    if (now() - firstAt < ONE_PRESS_MS) return;
    if (describeLeft === undefined) end('Interrupted: ended at once.');
    else if (first.signal.aborted) end(`Ended at once. ${describeLeft()}`);
    else decline();
  }

  return {
    signal: first.signal,
    watch(left) {
      describeLeft = left;
      return () => first.signal.aborted;
    },
    unwatch() {
      describeLeft = undefined;
    },
    receive,
    decline,
  };
}
