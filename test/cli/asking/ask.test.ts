import { PassThrough, Readable } from 'node:stream';
import { ask, readInput } from '../../../cli/asking/ask';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

async function answer(keys: string, isHidden: boolean) {
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  const seen: string[] = [];
  output.on('data', (chunk) => seen.push(String(chunk)));
  const asking = ask('Client secret: ', { isHidden }, { input, output });
  for (const key of keys) input.write(key);
  return { answer: await asking, seen: seen.join('') };
}

it('an answer is read in full, and a hidden answer leaves no trace on the terminal', async () => {
  const shown = await answer('Planted 1\r', false);
  expect(shown.answer).toBe('Planted 1');
  expect(shown.seen).toContain('Planted 1');
  const hidden = await answer('Planted 1\r', true);
  expect(hidden).toEqual({ answer: 'Planted 1', seen: 'Client secret: \n' });
});

it.each([CTRL_C, CTRL_D, `half${CTRL_C}`])('the key %j is no answer', async (keys) => {
  expect((await answer(keys, true)).answer).toBeUndefined();
  expect((await answer(keys, true)).seen).not.toContain('half');
});

it('a pipe is read to its end, even if a chunk ends inside a character', async () => {
  const bytes = Buffer.from('{"client_id": "é"}\n');
  expect(await readInput(Readable.from([bytes.subarray(0, 16), bytes.subarray(16)]))).toBe('{"client_id": "é"}\n');
});
