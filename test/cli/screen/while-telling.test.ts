import { whileTelling } from '../../../cli/screen/while-telling';
import { closeStores } from '../../history/stores';
import { openCommandLine } from '../open-command-line';

afterEach(closeStores);

test.each([
  { how: 'finished', work: async (): Promise<number> => 1 },
  { how: 'failed', work: (): Promise<number> => Promise.reject(new Error('no')) },
])('the progress text is erased when the work has $how', async ({ work }) => {
  const told: string[] = [];
  await whileTelling('waiting', { progress: (text) => told.push(text) }, work).catch(() => 0);
  expect(told).toEqual(['waiting', '']);
});

test.each(['check', '', 'explain missing', 'undo --run none', 'report', 'history', 'changes', 'baseline'])(
  'the command "%s" shows its progress and clears the line at the end',
  async (line) => {
    const { told } = await (await openCommandLine()).run(line, { isTerminal: true });
    expect(told[0]).toBe('looking up the AWS resources of sample');
    expect(told.at(-1)).toBe('');
  },
);
