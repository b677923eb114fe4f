import { cutInto } from '../../lambda/report/text/columns';

/** One line of a terminal that shows the progress of long operations. */
export interface ProgressLine {
  /** Shows the current step. An empty text means that the operation is finished, and clears the line. */
  readonly tell: (text: string) => void;
  /** Shows a wait next to the step. An empty text ends the wait. */
  readonly wait: (text: string) => void;
  /** Clears the line for another text. The next step or wait shows the line again. */
  readonly erase: () => void;
}

export interface ProgressTerminal {
  readonly write: (text: string) => void;
  readonly columns: () => number;
  /** Milliseconds since any fixed time. */
  readonly now: () => number;
  /** Runs `work` after this many milliseconds. The returned function cancels it. */
  readonly later: (milliseconds: number, work: () => void) => () => void;
}

/** A shorter operation needs no line. */
const AFTER_MS = 1_000;
/** A line that changes more often cannot be read. */
const EVERY_MS = 100;
/** Moves to the first column and erases the rest of the line (ECMA-48, EL). */
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
    // A line as wide as the terminal would wrap to the next line.
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
