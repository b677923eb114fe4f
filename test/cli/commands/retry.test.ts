import { closeStores } from '../../history/stores';
import { type CommandLine, openCommandLine, readHistory } from '../open-command-line';

afterEach(closeStores);

const findingsIn = (stdout: string): { connection: { id: string; name: string } }[] => JSON.parse(stdout).findings;
const recordsOf = (cli: CommandLine) => readHistory(cli, 'state.json').trend;

test('an unknown name in --retry is an error before a record or a write', async () => {
  const cli = await openCommandLine();
  await cli.run('');
  const before = recordsOf(cli);
  const { code, stderr, stdout } = await cli.run('--mode remediate --yes --retry no-such-\u001b[31mname');
  expect([code, stdout, cli.writes()]).toEqual([2, '', 0]);
  const words = stderr.replace(/\s+/g, ' ');
  expect(words).toContain('--retry: 127.0.0.1:');
  expect(words).toContain("has no finding for a connection with the name or id 'no-such-\\u001B[31mname'");
  expect(recordsOf(cli)).toEqual(before);
});

test('an empty name between the commas of --retry is wrong usage', async () => {
  const cli = await openCommandLine();
  expect(await cli.run('--retry a,,b')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--retry: expected'),
  });
});

test('names and ids of findings are accepted by --retry, paused or not', async () => {
  const cli = await openCommandLine();
  const [one, two] = findingsIn((await cli.run('--format json')).stdout).map(({ connection }) => connection);
  const { code, stdout } = await cli.run(`--format json --retry ${one?.name},${two?.id}`);
  expect(code).toBe(1);
  expect(findingsIn(stdout)).toHaveLength(4);
});
