import type { Terminal } from './terminal';

export interface Interrupts {
  /** Aborted by the first interrupt that does not end the process. */
  readonly signal: AbortSignal;
  readonly watch: Terminal['watchInterrupts'];
  /** The command has ended: from now on an interrupt ends the process. */
  readonly unwatch: () => void;
  /** SIGINT or SIGTERM arrived. */
  readonly receive: () => void;
  /** Ctrl-C answered a question. It counts as an interrupt, and the command continues with the answer no. */
  readonly decline: () => void;
}

interface InterruptsPorts {
  readonly note: (text: string) => void;
  /** Prints the text and ends the process with exit code 2. */
  readonly end: (text: string) => void;
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number;
}

/** One Ctrl-C arrives up to three times: from the terminal, from npm and from tsx, within about 30 ms. */
const ONE_PRESS_MS = 500;

const FIRST =
  'Interrupted: no new write starts. The result follows when the requests in progress have ended. ' +
  'Press Ctrl-C again to end immediately.';

/**
 * The effect of SIGINT and SIGTERM: the first asks a command that watches for interrupts to stop early, the next ends the
 * process.
 */
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
    if (describeLeft === undefined) end('Interrupted: ended immediately.');
    else if (first.signal.aborted) end(`Ended immediately. ${describeLeft()}`);
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
