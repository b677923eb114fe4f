import { closeSync, existsSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { runCommandLine } from '../../cli/command-line';
import { closeStores, makeFolder, whenDone } from '../history/stores';
import { shippedFiles } from '../lib/environment/shipped-environments';
import { contextOf } from './command-context';
import { recordTerminal } from './recorded-terminal';
import { keptFile, startAudit } from './start-audit';

afterEach(closeStores);

const MIB = 1024 * 1024;
const itWithFullDevice = existsSync('/dev/full') ? it : it.skip;

/** The arguments of a command whose result is larger than the buffer of any pipe, and whose exit code is 0 if the result is printed. */
function wordsOfLargeResult(): string[] {
  const file = path.join(makeFolder(), 'policy.json');
  const exemption = { reason: 'Migration.', owner: 'Ada', ticket: 'ID-1', expires: '2020-01-01' };
  const exemptions = Array.from({ length: 3000 }, (_, index) => ({ id: `con_${index}`.padEnd(20, 'x'), ...exemption }));
  writeFileSync(file, JSON.stringify({ default: { expect: 'on_each_login', reason: 'r' }, exemptions }));
  return ['lint', '--policy', file];
}

function openFile(file: string, flags: string): number {
  const descriptor = openSync(file, flags);
  whenDone(() => closeSync(descriptor));
  return descriptor;
}

async function printedInFull(words: readonly string[]): Promise<string> {
  const terminal = recordTerminal({});
  await runCommandLine(words, contextOf(shippedFiles, terminal));
  return terminal.printed();
}

it('a result whose reader has closed the pipe is kept in a file for its owner only, and the command exits 2', async () => {
  const words = wordsOfLargeResult();
  const started = startAudit(words);
  started.child.stdout?.destroy();
  expect(await started.ended).toBe(2);

  const file = keptFile(started, 'EPIPE');
  expect(started.stderr().split('\n')).toHaveLength(2);
  expect([statSync(file).mode & 0o777, statSync(path.dirname(file)).mode & 0o777]).toEqual([0o600, 0o700]);
  const expected = await printedInFull(words);
  expect(expected.length).toBeGreaterThan(400_000);
  expect(readFileSync(file, 'utf8')).toBe(expected);
});

it('a result whose reader closes the pipe after the first part is kept in full', async () => {
  const words = wordsOfLargeResult();
  const started = startAudit(words);
  started.child.stdout?.once('data', () => started.child.stdout?.destroy());
  expect(await started.ended).toBe(2);
  expect(readFileSync(keptFile(started, 'EPIPE'), 'utf8')).toBe(await printedInFull(words));
});

itWithFullDevice('a result that a full device refuses is kept, and the command exits 2', async () => {
  const started = startAudit(['--help'], { stdout: openFile('/dev/full', 'w') });
  expect(await started.ended).toBe(2);
  expect(readFileSync(keptFile(started, 'ENOSPC'), 'utf8')).toBe(await printedInFull(['--help']));
});

it('a result that a file accepts only in part is kept in full, and the command exits 2', async () => {
  const words = wordsOfLargeResult();
  const target = path.join(makeFolder(), 'almost-full');
  writeFileSync(target, Buffer.alloc(MIB - 100));
  // The limit is in blocks of 512 bytes, so the file accepts 100 more bytes.
  const started = startAudit(words, { stdout: openFile(target, 'a'), before: 'ulimit -f 2048' });
  expect(await started.ended).toBe(2);
  expect(statSync(target).size).toBe(MIB);
  expect(readFileSync(keptFile(started, 'EFBIG'), 'utf8')).toBe(await printedInFull(words));
});

itWithFullDevice(
  'a result that cannot be kept in a file either is reported as lost, and the command exits 2',
  async () => {
    const noFolder = path.join(makeFolder(), 'a-file');
    writeFileSync(noFolder, '');
    const { ended, stderr } = startAudit(['--help'], {
      stdout: openFile('/dev/full', 'w'),
      variables: { TMPDIR: noFolder, TSX_DISABLE_CACHE: '1' },
    });
    expect(await ended).toBe(2);
    expect(stderr()).toBe(
      'The result could not be written to stdout (ENOSPC). ' +
        `It could not be saved to a file in ${noFolder} either (ENOTDIR).\n`,
    );
  },
);

it('a result that a file accepts in full is appended to the file and not kept elsewhere', async () => {
  const target = path.join(makeFolder(), 'result');
  writeFileSync(target, 'before\n');
  const { ended, stderr } = startAudit(['--help'], { stdout: openFile(target, 'a') });
  expect([await ended, stderr()]).toEqual([0, '']);
  expect(readFileSync(target, 'utf8')).toBe(`before\n${await printedInFull(['--help'])}`);
});

it('a closed stderr does not change the result or the exit code of a command', async () => {
  const { child, ended } = startAudit(['--help']);
  child.stderr?.destroy();
  expect(child.stdout && (await text(child.stdout))).toContain('npm run audit');
  expect(await ended).toBe(0);

  const wrong = startAudit(['lnt']);
  wrong.child.stderr?.destroy();
  expect(await wrong.ended).toBe(2);
});

it('a SIGINT while the reader of a pipe has stopped reading keeps the result, and the command exits 2', async () => {
  const words = wordsOfLargeResult();
  const started = startAudit(words);
  // The reader reads the available data and then stops.
  started.child.stdout?.once('readable', () => started.child.kill('SIGINT'));
  expect(await started.ended).toBe(2);
  expect(started.stderr()).toContain('Interrupted: ended immediately.\n');
  expect(readFileSync(keptFile(started, 'interrupted'), 'utf8')).toBe(await printedInFull(words));
});
