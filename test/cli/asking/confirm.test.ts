import { PassThrough } from 'node:stream';
import { confirm } from '../../../cli/asking/confirm';
import { createInterrupts, type Interrupts } from '../../../cli/interrupts';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

interface Question {
  readonly interrupts: Interrupts;
  readonly input: PassThrough;
  /** The text that the operator saw. */
  readonly seen: () => string;
  readonly ask: () => Promise<boolean>;
}

/** A terminal as readline sees it: each key arrives when it is pressed. */
function open(): Question {
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  const texts: string[] = [];
  output.on('data', (chunk) => texts.push(String(chunk)));
  const interrupts = createInterrupts({
    note: (text) => output.write(`${text}\n`),
    end: (text) => output.write(`end: ${text}\n`),
    now: () => 0,
  });
  interrupts.watch(() => 'unused');
  return {
    interrupts,
    input,
    seen: () => texts.join(''),
    ask: () => confirm('Write 4 changes?', { input, output, interrupts }),
  };
}

it.each([
  { keys: 'yes\r', answer: true },
  { keys: '  yes \r', answer: true },
  { keys: 'y\r', answer: false },
  { keys: 'YES\r', answer: false },
  { keys: '\r', answer: false },
  { keys: CTRL_D, answer: false },
  { keys: CTRL_C, answer: false },
  { keys: `yes${CTRL_C}`, answer: false },
])('the input $keys answers $answer', async ({ keys, answer }) => {
  const { input, ask } = open();
  const asked = ask();
  input.write(keys);
  expect(await asked).toBe(answer);
});

it('a terminal that closes answers no', async () => {
  const { input, ask } = open();
  const asked = ask();
  input.end();
  expect(await asked).toBe(false);
});

it('Ctrl-C is an interrupt that is printed on a line below the question', async () => {
  const { input, ask, seen, interrupts } = open();
  const asked = ask();
  input.write(CTRL_C);
  await asked;
  expect(interrupts.signal.aborted).toBe(true);
  expect(seen()).toMatch(/Write 4 changes\? Type yes to continue: [^\n]*\nInterrupted: /);
});

it('Ctrl-D is not an interrupt', async () => {
  const { input, ask, interrupts } = open();
  const asked = ask();
  input.write(CTRL_D);
  await asked;
  expect(interrupts.signal.aborted).toBe(false);
});

it('a signal answers no and is printed on a line below the question', async () => {
  const { ask, seen, interrupts } = open();
  const asked = ask();
  interrupts.receive();
  expect(await asked).toBe(false);
  expect(seen()).toMatch(/Write 4 changes\? Type yes to continue: [^\n]*\nInterrupted: /);
});

it('an interrupted command asks no question', async () => {
  const { ask, seen, interrupts } = open();
  interrupts.receive();
  expect(await ask()).toBe(false);
  expect(seen()).not.toContain('Write 4 changes?');
});
