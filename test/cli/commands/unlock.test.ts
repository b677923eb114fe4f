import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { closeStores } from '../../history/stores';
import { type CommandLine, homeOf, openCommandLine, readHistory, widest } from '../open-command-line';

afterEach(closeStores);

const HOUR_MS = 3_600_000;
const FREE = { owner: '', until: 0, unsettled: [] };

/** A tenant on which a run has the lease. A text is written unchanged as the lease. */
async function openLocked(lease: object | string): Promise<CommandLine> {
  const cli = await openCommandLine();
  mkdirSync(homeOf(cli), { recursive: true });
  writeFileSync(path.join(homeOf(cli), 'lease.json'), typeof lease === 'string' ? lease : JSON.stringify(lease));
  return cli;
}
const running = () => ({ owner: 'run-1', until: Date.now() + HOUR_MS, unsettled: [] });
const over = () => ({ owner: 'run-1', until: Date.now() - HOUR_MS, unsettled: [] });

describe('unlock', () => {
  it('unlock without a lease reports it and changes nothing', async () => {
    const cli = await openCommandLine();
    const ended = await cli.run('unlock --yes');
    expect(ended.stdout.replaceAll('\n', ' ')).toMatch(/^No run has the lease on this tenant in \S.*\. $/);
    expect(ended.code).toBe(0);
    expect((await cli.run('changes')).stdout).toBe('This history contains no changes.\n');
  });

  it.each(['--yes', '--yes --owner run-2'])(
    'unlock of a run in progress with %s is refused and names the run',
    async (words) => {
      const lease = running();
      const cli = await openLocked(lease);
      const ended = await cli.run(`unlock ${words}`);
      expect(ended.stderr.replaceAll('\n', ' ')).toMatch(/Lease: run run-1 has the lease until .* \(in 60 minutes\)/);
      expect(ended.stderr.replaceAll('\n  ', ' ')).toContain('give --owner run-1');
      expect([ended.stdout, ended.code, readHistory(cli, 'lease.json')]).toEqual(['', 2, lease]);
      expect(widest(ended)).toBeLessThanOrEqual(80);
    },
  );

  const ENDED: readonly { claim: string; lease: () => object | string; words: string; waits: boolean; left: number }[] =
    [
      { claim: 'of a run in progress by its run id', lease: running, words: '--owner run-1', waits: true, left: 1 },
      { claim: 'of a run with an expired lease', lease: over, words: '', waits: false, left: 1 },
      { claim: 'of a lease that cannot be read', lease: () => 'torn', words: '', waits: true, left: 0 },
    ];
  it.each(ENDED)(
    'unlock $claim frees the lease after a yes, and the next alert reports it',
    async ({ lease, words, waits, left }) => {
      const before = lease();
      const cli = await openLocked(before);
      const ended = await cli.run(`unlock ${words} --reason hangs`, { answer: true });
      expect([ended.asked, ended.code]).toEqual([['End this lease?'], 0]);
      expect(ended.stdout).toContain('The lease is free. The next run with this history reports the unlock.');
      expect(/Until\s+then\s+nothing\s+is\s+written:\s+run-1\s+\(until\s+\d{4}-/.test(ended.stdout)).toBe(left === 1);
      expect(ended.stderr.includes('Waiting 50 s.')).toBe(waits);
      expect(readHistory(cli, 'lease.json')).toMatchObject({
        ...FREE,
        unsettled: Array(left).fill({ owner: 'run-1' }),
      });
      expect(widest(ended)).toBeLessThanOrEqual(80);
      expect((await cli.run('changes')).stdout.replaceAll(/\s+/g, ' ')).toMatch(
        /by ann on laptop.*not reported yet.*hangs/,
      );
    },
  );

  it.each([
    { claim: 'an answer other than yes', runOptions: { answer: false } },
    { claim: 'no terminal to ask in', runOptions: {} },
  ])('unlock with $claim changes nothing, exit code 1', async ({ runOptions }) => {
    const lease = over();
    const cli = await openLocked(lease);
    const ended = await cli.run('unlock', runOptions);
    expect([ended.stdout, ended.code, readHistory(cli, 'lease.json')]).toEqual(['', 1, lease]);
  });
});
