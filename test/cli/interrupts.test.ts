import { createInterrupts, type Interrupts } from '../../cli/interrupts';

const NOTICE = /^Interrupted: no new write starts\..* Press Ctrl-C again to end immediately\.$/;
const ENDED = 'end: Interrupted: ended immediately.';

interface Watched {
  readonly interrupts: Interrupts;
  readonly said: string[];
  readonly wait: (milliseconds: number) => void;
}

function open(): Watched {
  const said: string[] = [];
  let clock = 5;
  const interrupts = createInterrupts({
    note: (text) => said.push(text),
    end: (text) => said.push(`end: ${text}`),
    now: () => clock,
  });
  return { interrupts, said, wait: (milliseconds) => (clock += milliseconds) };
}

it('the first signal ends the process if no command watches', () => {
  const { interrupts, said } = open();
  interrupts.receive();
  expect(said).toEqual([ENDED]);
});

it('the first signal is noted and passed to the command that watches', () => {
  const { interrupts, said } = open();
  const isInterrupted = interrupts.watch(() => 'unused');
  expect(isInterrupted()).toBe(false);
  interrupts.receive();
  expect(isInterrupted()).toBe(true);
  expect(interrupts.signal.aborted).toBe(true);
  expect(said).toEqual([expect.stringMatching(NOTICE)]);
});

it('the second signal ends the process and reports the state of the work at that moment', () => {
  const { interrupts, said, wait } = open();
  let writes = 1;
  interrupts.watch(() => `${writes} writes are left.`);
  interrupts.receive();
  writes = 2;
  wait(500);
  interrupts.receive();
  expect(said.slice(1)).toEqual(['end: Ended immediately. 2 writes are left.']);
});

it('one Ctrl-C that npm and tsx also pass on counts as one signal', () => {
  const { interrupts, said, wait } = open();
  interrupts.watch(() => 'unused');
  interrupts.receive();
  interrupts.receive();
  wait(499);
  interrupts.receive();
  expect(said).toEqual([expect.stringMatching(NOTICE)]);
});

it('a signal ends the process after the command has ended', () => {
  const { interrupts, said } = open();
  interrupts.watch(() => 'unused');
  interrupts.unwatch();
  interrupts.receive();
  expect(said).toEqual([ENDED]);
});

it('Ctrl-C as the answer to a question is an interrupt, and the next signal ends the process', () => {
  const { interrupts, said, wait } = open();
  const isInterrupted = interrupts.watch(() => 'Nothing is left.');
  interrupts.decline();
  expect(isInterrupted()).toBe(true);
  expect(said).toEqual([expect.stringMatching(NOTICE)]);
  wait(500);
  interrupts.receive();
  expect(said.slice(1)).toEqual(['end: Ended immediately. Nothing is left.']);
});

it('Ctrl-C as the answer to a question does not end the process if no command watches', () => {
  const { interrupts, said } = open();
  interrupts.decline();
  expect([said, interrupts.signal.aborted]).toEqual([[], true]);
});
