import path from 'node:path';
import { closeStores } from '../../history/stores';
import { homeOf, openCommandLine, recordsIn, widest } from '../open-command-line';

afterEach(closeStores);

describe('changes', () => {
  it('changes reports a history without changes', async () => {
    const cli = await openCommandLine();
    const ended = await cli.run('changes');
    expect([ended.stdout, ended.code, cli.sandbox.requests]).toEqual(['This history contains no changes.\n', 0, []]);
  });

  it('changes lists the changes of runs and operators, newest first, and marks unreported changes', async () => {
    const cli = await openCommandLine();
    await cli.run('--mode remediate --yes --first-run');
    const [record = ''] = recordsIn(path.join(homeOf(cli), 'runs'));
    const run = record.replace('.json', '');
    await cli.run(`undo --run ${run} --yes --reason broken`);
    const ended = await cli.run('changes');
    const [undo = '', repair = ''] = ended.stdout.split(/\n(?=\S)/).map((entry) => entry.replaceAll(/\s+/g, ' '));
    expect(undo).toMatch(
      new RegExp(`4 connections, by ann on laptop, of run ${run}, not reported yet, reason: broken`),
    );
    expect(repair).toContain(run);
    expect(repair).toContain('4 connections, by ann on laptop');
    expect(repair).not.toContain('not reported yet');
    expect([ended.code, widest(ended) <= 80]).toEqual([0, true]);
  });

  it('changes with an unreadable history exits 2', async () => {
    const cli = await openCommandLine();
    const ended = await cli.run('changes --history /dev/null/history');
    expect([ended.stdout, ended.code]).toEqual(['', 2]);
    expect(ended.stderr).toContain('/dev/null/history');
  });
});
