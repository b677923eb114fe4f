import { createProgressLine, type ProgressLine } from '../../../cli/screen/progress-line';

/** A progress line on a virtual clock, with its current text. */
function openLine(
  columns = 80,
): ProgressLine & { readonly pass: (milliseconds: number) => string; readonly seen: () => string } {
  let time = 0;
  let written = '';
  let pending: { readonly at: number; readonly work: () => void } | undefined;
  const line = createProgressLine({
    write: (text) => {
      written += text;
    },
    columns: () => columns,
    now: () => time,
    later: (milliseconds, work) => {
      const timer = { at: time + milliseconds, work };
      pending = timer;
      return () => {
        if (pending === timer) pending = undefined;
      };
    },
  });
  const seen = (): string => written.split('\r\u001b[K').at(-1) ?? '';
  return {
    ...line,
    seen,
    pass: (milliseconds) => {
      const end = time + milliseconds;
      while (pending !== undefined && pending.at <= end) {
        const { at, work } = pending;
        time = at;
        pending = undefined;
        work();
      }
      time = end;
      return seen();
    },
  };
}

test('an operation of less than a second is never shown', () => {
  const line = openLine();
  line.tell('3 connections judged');
  expect(line.pass(900)).toBe('');
  line.tell('');
  expect(line.pass(5_000)).toBe('');
});

test('a longer operation is shown after a second with its latest text, and erased at the end', () => {
  const line = openLine();
  line.tell('3 connections judged');
  line.pass(500);
  line.tell('9 connections judged');
  expect(line.pass(499)).toBe('');
  expect(line.pass(1)).toBe('9 connections judged');
  line.tell('10 connections judged');
  expect(line.seen()).toBe('9 connections judged');
  expect(line.pass(100)).toBe('10 connections judged');
  line.tell('');
  expect(line.seen()).toBe('');
});

test('a wait is shown next to the current step, or alone', () => {
  const line = openLine();
  line.wait('waiting 12 s for the rate limit');
  expect(line.pass(1_000)).toBe('waiting 12 s for the rate limit');
  line.tell('10 connections judged');
  expect(line.pass(100)).toBe('10 connections judged; waiting 12 s for the rate limit');
  line.wait('');
  expect(line.pass(100)).toBe('10 connections judged');
});

test('the next operation is also not shown for a second', () => {
  const line = openLine();
  line.tell('a');
  line.pass(2_000);
  line.tell('');
  line.tell('b');
  expect(line.pass(999)).toBe('');
  expect(line.pass(1)).toBe('b');
});

test('a progress line is always shorter than the terminal, because a full line would wrap', () => {
  const line = openLine(20);
  line.tell('日本語の名前 is what this line is about');
  expect(line.pass(1_000)).toBe('日本語の名前 is wha');
});

test('an erased progress line appears again with the next text', () => {
  const line = openLine();
  line.tell('a');
  line.pass(1_000);
  line.erase();
  expect(line.pass(1_000)).toBe('');
  line.tell('b');
  expect(line.pass(0)).toBe('b');
});
