import { cutInto } from '../../lambda/report/text/columns';

/** One line of a terminal that says what goes on, for whatever takes long. */
export interface ProgressLine {
  /** What goes on; an empty text: it is over, and the line with it. */
  readonly tell: (text: string) => void;
  /** What is waited for meanwhile; an empty text: nothing more. */
  readonly wait: (text: string) => void;
  /** Takes the line away for another text; what is told next brings it back. */
  readonly erase: () => void;
}

export interface ProgressTerminal {
  readonly write: (text: string) => void;
  readonly columns: () => number;
  /** Milliseconds, of any beginning. */
  readonly now: () => number;
  /** Does something after so many milliseconds, unless it is called off by what this gives back. */
  readonly later: (milliseconds: number, work: () => void) => () => void;
}

/** What is over sooner needs no line. */
const AFTER_MS = 1_000;
/** A line that changes more often cannot be read. */
const EVERY_MS = 100;
/** Back to the first column, and nothing to the right of it (ECMA-48, EL). */
const ERASED = '\r\u001b[K';

export function createProgressLine({ write, columns, now, later }: ProgressTerminal): ProgressLine {
  let step = '';
  let waiting = '';
  let isShown = false;
  let drawsAt = 0;
  let callOff: (() => void) | undefined;

  function draw(): void {
    callOff = undefined;
    const text = [step, waiting].filter((part) => part !== '').join('; ');
    // A line as wide as the terminal would begin the next one.
    write(ERASED + (cutInto(text, Math.max(1, columns() - 1))[0] ?? ''));
    isShown = true;
    drawsAt = now() + EVERY_MS;
  }

  function erase(): void {
    if (isShown) write(ERASED);
    isShown = false;
  }

  function update(isBegun: boolean): void {
    if (step === '' && waiting === '') {
      callOff?.();
      callOff = undefined;
      erase();
      return;
    }
    if (!isBegun) drawsAt = now() + AFTER_MS;
    callOff ??= later(Math.max(0, drawsAt - now()), draw);
  }

  return {
    tell(text) {
      const isBegun = step !== '' || waiting !== '';
      step = text;
      if (text === '') waiting = '';
      update(isBegun);
    },
    wait(text) {
      const isBegun = step !== '' || waiting !== '';
      waiting = text;
      update(isBegun);
    },
    erase,
  };
}
