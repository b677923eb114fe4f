import path from 'node:path';
import { createFolderStore } from '../../../cli/folder-store';
import { createHistory } from '../../../lambda/history/keep';
import { EMPTY_STATE, type RunEntry } from '../../../lambda/history/state';
import { closeStores } from '../../history/stores';
import { type CommandLine, homeOf, openCommandLine, recordsIn, widest } from '../open-command-line';

afterEach(closeStores);

const numbers = { listed: 20, noncompliant: 4, indeterminate: 0, exempt: 1, remediated: 0 };
const flat = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

/** Writes a state to the history of the tenant. */
async function leave(cli: CommandLine, change: Partial<typeof EMPTY_STATE>): Promise<void> {
  const home = homeOf(cli);
  const history = createHistory(createFolderStore(path.dirname(home)), decodeURIComponent(path.basename(home)));
  await history.writeState({ ...EMPTY_STATE, ...change }, undefined);
}

describe('history', () => {
  it('history reports a tenant without runs', async () => {
    const cli = await openCommandLine();
    const ended = await cli.run('history');
    expect([ended.stdout, ended.code]).toEqual(['This history contains no runs and no changes.\n', 0]);
    expect(JSON.parse((await cli.run('history --format json')).stdout)).toMatchObject({
      kind: 'history',
      since: { runs: null, changes: null },
      entries: [],
    });
  });

  it('history lists runs and changes by operators, newest first, without a request to the tenant', async () => {
    const cli = await openCommandLine();
    await cli.run('');
    const [first = ''] = recordsIn(path.join(homeOf(cli), 'runs'));
    await cli.run('--mode remediate --yes');
    const second = recordsIn(path.join(homeOf(cli), 'runs')).find((name) => name !== first) ?? '';
    await cli.run(`undo --run ${second.replace('.json', '')} --yes --reason broken`);
    const requests = cli.sandbox.requests.length;
    const ended = await cli.run('history');
    const [undo = '', repair = '', audit = ''] = ended.stdout.split(/\n(?=\S)/).map(flat);
    expect(undo).toMatch(/ undo 4 connections, by ann on laptop, of run \S+, not reported yet, reason: broken$/);
    expect(repair).toContain(second.replace('.json', ' repair 20 listed, 4 noncompliant, 0 indeterminate, 0 exempt'));
    expect(repair).toMatch(/, 4 repaired, by ann on laptop, remediate mode$/);
    expect(audit).toMatch(/ audit 20 listed, .* 0 repaired, by ann on laptop, report mode$/);
    expect(ended.stdout).toContain(`\nHistory: ${path.dirname(homeOf(cli))}\n`);
    expect(flat(ended.stdout)).toMatch(/ Runs: since \d{4}-.* Changes: since \d{4}-/);
    expect([ended.code, widest(ended) <= 80, cli.sandbox.requests.length]).toEqual([0, true, requests]);

    const { entries, since } = JSON.parse((await cli.run('history --format json')).stdout);
    expect(entries).toMatchObject([
      { kind: 'undo', actor: 'person', run: null, change: { connections: 4, isReported: false, reason: 'broken' } },
      { kind: 'repair', run: { complete: true, remediated: 4, mode: 'remediate' }, change: { isReported: true } },
      { kind: 'audit', by: 'ann on laptop', run: { noncompliant: 4 }, change: null },
    ]);
    expect(since).toEqual({ runs: entries.at(-1).at, changes: entries.at(-2).at });
  });

  it('history marks a run of an earlier version, of the function, an incomplete run and an interrupted run', async () => {
    const cli = await openCommandLine();
    const at = (day: number) => `2026-11-0${day}T04:30:00.000Z`;
    const run: RunEntry = { runId: 'run-2', at: at(2), complete: false, mode: 'report', by: null, ...numbers };
    const cut = { runId: 'run-3', kind: 'repair', at: at(3), by: null, reason: null, of: null } as const;
    await leave(cli, {
      trend: [{ runId: 'run-1', at: at(1), complete: true, ...numbers }, run],
      runs: [run],
      changes: [{ ...cut, isCut: true, connections: 2 }],
    });
    const { stdout } = await cli.run('history');
    expect(
      stdout
        .split(/\n(?=\S)/)
        .map(flat)
        .slice(0, 3),
    ).toEqual([
      '2026-11-03 04:30 UTC run-3 repair 2 connections, by the function, the run did not record its end',
      expect.stringMatching(/run-2 audit INCOMPLETE, 20 listed, .*, by the function, report mode$/),
      expect.stringMatching(/run-1 audit 20 listed, .*, 1 exempt, 0 repaired, by: unknown$/),
    ]);
    const { entries } = JSON.parse((await cli.run('history --format json')).stdout);
    expect(entries.map(({ actor }: { actor: string }) => actor)).toEqual(['function', 'function', 'unknown']);
  });

  it('history with an unreadable state exits 2', async () => {
    const cli = await openCommandLine();
    const ended = await cli.run('history --history /dev/null/history');
    expect([ended.stdout, ended.code]).toEqual(['', 2]);
  });
});
