import { closeStores } from '../../history/stores';
import { type CommandLine, openCommandLine, readHistory, widest } from '../open-command-line';

afterEach(closeStores);

/** A tenant in which one run saw 20 connections, and which has no connections now. */
async function openEmptied(): Promise<CommandLine> {
  const cli = await openCommandLine();
  await cli.run('');
  for (const id of [...cli.stored().keys()]) cli.sandbox.tenant.remove(id);
  return cli;
}

describe('accept-empty-listing', () => {
  it('an audit that lists no connections suggests accept-empty-listing, which makes the next audit complete', async () => {
    const cli = await openEmptied();
    const before = await cli.run('');
    expect(before.code).toBe(2);
    expect(before.stdout.replaceAll(/\s+/g, ' ')).toContain(
      'The listing is empty, and the last complete run listed 20.',
    );
    const ended = await cli.run('accept-empty-listing --reason closed', { answer: true });
    expect(ended.asked).toEqual([
      expect.stringMatching(/^Is it correct that 127\.0\.0\.1:\d+ no longer has any connections\?$/),
    ]);
    expect(ended.stderr).toContain('listed 20 connections.');
    expect([ended.code, widest(ended) <= 80]).toEqual([0, true]);
    expect(readHistory(cli, 'state.json')).toMatchObject({ acceptedEmpty: { by: 'ann on laptop' } });
    expect(JSON.parse((await cli.run('--format json')).stdout)).toMatchObject({ complete: true });
    expect((await cli.run('changes')).stdout.replaceAll(/\s+/g, ' ')).toContain('reason: closed');
  });

  it.each([
    { claim: 'an answer other than yes', runOptions: { answer: false }, code: 1 },
    { claim: 'no terminal to ask in', runOptions: {}, code: 1 },
  ])('accept-empty-listing with $claim changes nothing, exit code 1', async ({ runOptions, code }) => {
    const cli = await openEmptied();
    const ended = await cli.run('accept-empty-listing', runOptions);
    expect([ended.stdout, ended.code]).toEqual(['', code]);
    expect(readHistory(cli, 'state.json')).toMatchObject({ acceptedEmpty: null });
  });

  it('accept-empty-listing without a known complete run names the history, exit code 2', async () => {
    const cli = await openCommandLine();
    const ended = await cli.run('accept-empty-listing --yes');
    expect(ended.stderr.replaceAll(/\s+/g, ' ')).toContain('no complete run of this tenant is known in');
    expect([ended.stdout, ended.code]).toEqual(['', 2]);
  });
});
