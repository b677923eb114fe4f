import type { Connection } from '../../lambda/connection/connection';
import type { Setting } from '../../lambda/connection/setting';
import { type LoggedWrite, TenantFailure } from '../../lambda/connection/tenant';
import type { History, LeaseTerms, Tenure } from '../../lambda/history/history';
import { createHistory } from '../../lambda/history/keep';
import { NO_LEASE } from '../../lambda/history/lease';
import type { ChangeResult } from '../../lambda/judge/change';
import { ending } from '../../lambda/judge/outcome';
import type { Report } from '../../lambda/judge/report';
import { findFormerRuns } from '../../lambda/run/former-runs';
import { settleFormerRuns } from '../../lambda/run/settle';
import { connectionWith, each, first, NOW, never } from '../connection/sample-connection';
import { createMemoryStore, type MemoryStore } from '../history/memory-store';
import { changedOf, changeOf, findingOf, madeChange, recordOf, TENANT } from '../history/sample-record';
import { audit, GRANTED } from './fake-audit';

const KEYS = { state: `${TENANT}/state.json`, lease: `${TENANT}/lease.json` };
const CUT: Tenure = { owner: 'run-0', until: NOW - 1 };
const keyOf = (runId: string) => `${TENANT}/runs/${runId}.json`;

/** From `on_each_login` to `on_first_login`. */
const planOf = (...ids: readonly string[]) => ids.map((id) => findingOf(id, { actual: 'on_each_login' }));
const planned = (runId: string, ...ids: readonly string[]) => recordOf('planned', planOf(...ids), { runId });
const listed = (id: string, setting: Setting) => connectionWith({ id, name: id }, { rootAttributes: setting });

/** A history in which some runs have not released the lease. */
async function openHistory(lease: LeaseTerms | string, ...records: readonly ReturnType<typeof recordOf>[]) {
  const store = createMemoryStore();
  const history = createHistory(store, TENANT);
  for (const record of records) await history.writeRun(record, undefined);
  store.put(KEYS.lease, typeof lease === 'string' ? lease : JSON.stringify(lease));
  return { store, history };
}

interface NextNight {
  readonly connections?: readonly (Connection | (() => never))[];
  readonly runId?: string;
  readonly writes?: readonly LoggedWrite[];
  readonly told?: boolean;
}

/** The next run, in report mode. Connections that it does not list are deleted. */
async function runNext(history: History, night: NextNight = {}): Promise<{ report: Report; told: Report[] }> {
  const { connections = [], runId = 'run-1', writes = [], told: isTold = true } = night;
  const told: Report[] = [];
  const { report } = await audit({
    connections,
    writes,
    scopes: [...GRANTED, 'read:logs'],
    readConnection: async () => undefined,
    run: { runId },
    world: {
      history,
      tell: async (announcement) => {
        told.push(announcement.report);
        const people = { told: { people: isTold, machines: true }, untold: isTold ? [] : ['No people.'] };
        return people;
      },
    },
  });
  return { report, told };
}

const leaseIn = ({ texts }: MemoryStore) => JSON.parse(texts.get(KEYS.lease) ?? '');
const earlierIn = ({ earlierChanges }: Report) =>
  earlierChanges.map(({ change: { runId, isCut, connections } }) => ({
    runId,
    isCut,
    connections: Object.fromEntries(connections.map(({ id, result }) => [id, result])),
  }));

describe('a run that was killed', () => {
  it('a killed run is concluded from the listing, reported by the next run, and removed from the lease', async () => {
    const ids = ['con_after', 'con_before', 'con_other', 'con_hidden', 'con_gone'];
    const { store, history } = await openHistory({ ...CUT, unsettled: [] }, planned('run-0', ...ids));
    const hidden: Connection = { ...listed('con_hidden', each), options: { visibility: 'hidden' } };
    const connections = [listed('con_after', first), listed('con_before', each), listed('con_other', never), hidden];
    const { told } = await runNext(history, { connections });
    const found = {
      runId: 'run-0',
      isCut: true,
      connections: { con_after: 'found', con_other: 'unknown', con_hidden: 'unknown', con_gone: 'unknown' },
    };
    expect(told.map(earlierIn)).toEqual([[found]]);
    expect(told[0]?.telling).toBe('at_once');
    expect(leaseIn(store)).toEqual(NO_LEASE);
    const { state } = await history.readState();
    expect(Object.keys(state.repairs)).toEqual(Object.keys(found.connections));
    expect(state).toMatchObject({ unreported: {}, changes: [{ runId: 'run-0', isCut: true, connections: 4 }] });
    expect(await history.readRun('run-0')).toMatchObject({ phase: 'cut', undoable: [{ connectionId: 'con_after' }] });

    const next = await runNext(history, { connections, runId: 'run-2' });
    expect(next.told.map(earlierIn)).toEqual([[]]);
  });

  it('a run that was killed before any write has nothing to report', async () => {
    const { store, history } = await openHistory({ ...CUT, unsettled: [] }, planned('run-0', 'con_1'));
    const { told } = await runNext(history, { connections: [listed('con_1', each)] });
    expect(told.map(earlierIn)).toEqual([[]]);
    expect(leaseIn(store)).toEqual(NO_LEASE);
    expect((await history.readRun('run-0'))?.phase).toBe('cut');
    expect((await history.readState()).state).toMatchObject({ repairs: {}, changes: [] });
  });

  it('a run that was killed before it kept a plan has nothing to report', async () => {
    const { store, history } = await openHistory({ ...CUT, unsettled: [] });
    const { report } = await runNext(history);
    expect([earlierIn(report), report.historyFailure, leaseIn(store)]).toEqual([[], null, NO_LEASE]);
  });

  it('a write of a killed run in the log is reported, even if the earlier value is back', async () => {
    const { history } = await openHistory({ ...CUT, unsettled: [] }, planned('run-0', 'con_1', 'con_2', 'con_3'));
    const logged = (connectionId: string, correlationId: string): LoggedWrite =>
      Object({ connectionId, at: NOW, correlationId, channel: 'api', email: null, clientName: null, clientId: null });
    const { report } = await runNext(history, {
      connections: ['con_1', 'con_2', 'con_3'].map((id) => listed(id, each)),
      writes: [logged('con_1', 'run-0'), logged('con_2', 'another'), logged('con_9', 'run-0')],
    });
    expect(earlierIn(report)).toMatchObject([{ connections: { con_1: 'overwritten' } }]);
    expect((await history.readState()).state.repairs).toEqual({ con_1: [expect.any(String)] });
  });

  it('a killed run is not settled before a complete run', async () => {
    const { store, history } = await openHistory({ ...CUT, unsettled: [] }, planned('run-0', 'con_1', 'con_2'));
    const refuse = (): never => {
      throw new TenantFailure('request_refused', 'GET: 403.');
    };
    const { report } = await runNext(history, { connections: [listed('con_1', first), refuse] });
    expect([report.complete, earlierIn(report)]).toEqual([false, []]);
    expect(leaseIn(store)).toEqual({ ...CUT, unsettled: [] });
    expect((await history.readRun('run-0'))?.phase).toBe('planned');
    const next = await runNext(history, { connections: [listed('con_1', first), listed('con_2', each)] });
    expect(earlierIn(next.report)).toMatchObject([{ connections: { con_1: 'found' } }]);
  });

  it('a killed run is not settled until its time is over', async () => {
    const lease = { owner: 'run-0', until: NOW + 3_600_000, unsettled: [] };
    const { store, history } = await openHistory(lease, planned('run-0', 'con_1'));
    const { report } = await runNext(history, { connections: [listed('con_1', first)] });
    expect([earlierIn(report), report.historyFailure, leaseIn(store)]).toEqual([[], null, lease]);
    expect((await history.readRun('run-0'))?.phase).toBe('planned');
  });

  it('several killed runs are settled in the order in which they lost the lease', async () => {
    const unsettled = [
      { owner: 'run-a', until: NOW - 3 },
      { owner: 'run-b', until: NOW + 3_600_000 },
    ];
    const { store, history } = await openHistory(
      { ...CUT, unsettled },
      ...['run-0', 'run-a', 'run-b'].map((runId) => planned(runId, `con_${runId.replace('-', '')}`)),
    );
    const { report } = await runNext(history);
    expect(earlierIn(report).map(({ runId }) => runId)).toEqual(['run-a', 'run-0']);
    expect(leaseIn(store)).toEqual({ ...NO_LEASE, unsettled: unsettled.slice(1) });
  });
});

describe('an undo that was killed', () => {
  it('a killed undo is concluded like a run, and does not count for the quarantine', async () => {
    const { store, history } = await openHistory({ owner: 'undo-1', until: NOW - 1, unsettled: [] });
    const connections = ['con_1', 'con_2'].map((id) =>
      changedOf(id, { before: 'on_first_login', after: 'on_each_login', result: 'unknown' }),
    );
    const change = madeChange(connections, { runId: 'undo-1', kind: 'undo', by: 'ann', of: 'run-0' });
    const record = { kind: 'undo', phase: 'planned', environment: 'prod', tenant: TENANT, change } as const;
    await history.writeRun(record, undefined);
    const { report } = await runNext(history, { connections: [listed('con_1', each), listed('con_2', first)] });
    expect(earlierIn(report)).toEqual([{ runId: 'undo-1', isCut: true, connections: { con_1: 'found' } }]);
    expect(report.earlierChanges[0]?.change).toMatchObject({ kind: 'undo', by: 'ann', of: 'run-0' });
    expect((await history.readState()).state.repairs).toEqual({});
    expect(leaseIn(store)).toEqual(NO_LEASE);
  });
});

describe('a run that ended and kept its lease', () => {
  const fixed = findingOf('con_1', ending('remediated', { change: changeOf({ before: 'on_each_login' }) }));
  const ended = (published: { people: boolean; machines: boolean }) => ({
    ...recordOf('ended', [fixed], { runId: 'run-0' }),
    published,
  });

  const TOLD = [
    { told: { people: false, machines: false }, to: [{ people: true, machines: true }] },
    { told: { people: true, machines: false }, to: [{ people: false, machines: true }] },
    { told: { people: false, machines: true }, to: [{ people: true, machines: false }] },
    { told: { people: true, machines: true }, to: [] },
  ];
  it.each(TOLD)(
    'the next run reports the missing part of a run with people $told.people and machines $told.machines',
    async ({ told, to }) => {
      const { store, history } = await openHistory({ ...CUT, unsettled: [] }, ended(told));
      const { report } = await runNext(history, { connections: [listed('con_1', first)] });
      expect(report.earlierChanges.map((earlier) => earlier.to)).toEqual(to);
      expect(earlierIn(report)).toEqual(
        to.map(() => ({ runId: 'run-0', isCut: false, connections: { con_1: 'verified' } })),
      );
      expect((await history.readState()).state.repairs).toEqual({ con_1: [expect.any(String)] });
      expect(leaseIn(store)).toEqual(NO_LEASE);
    },
  );

  it('a run whose state was already written is not counted twice', async () => {
    const { history } = await openHistory({ ...CUT, unsettled: [] }, ended({ people: false, machines: false }));
    await runNext(history, { connections: [listed('con_1', first)], told: false });
    const before = (await history.readState()).state;
    expect(before.unreported['run-0']).toMatchObject({ people: true, machines: false });
    const { version } = await history.readLease();
    await history.writeLease({ ...CUT, unsettled: [] }, version);
    const { report } = await runNext(history, { connections: [listed('con_1', first)], runId: 'run-2' });
    const after = (await history.readState()).state;
    expect(report.earlierChanges).toMatchObject([
      { change: { runId: 'run-0' }, to: { people: true, machines: false } },
    ]);
    expect(after.repairs).toEqual(before.repairs);
    expect(after.changes).toHaveLength(1);
  });
});

describe('a run whose writes cannot be determined', () => {
  const CASES: readonly [claim: string, lease: LeaseTerms | string, text: string, names: RegExp][] = [
    [
      'a run with a damaged record',
      { ...CUT, unsettled: [] },
      'torn',
      /run-0\.json .*end its lease with the command unlock/,
    ],
    ['a run with a record of another tenant', { ...CUT, unsettled: [] }, '{"version":2}', /run-0\.json .*unlock/],
    ['a damaged lease', 'torn', '', /lease\.json .*end its lease with the command unlock/],
  ];
  it.each(CASES)('%s is reported with the command unlock, and nothing is written', async (_, lease, text, names) => {
    const { store, history } = await openHistory(lease);
    if (text !== '') store.put(keyOf('run-0'), text);
    const before = store.texts.get(KEYS.lease);
    const { report, told } = await runNext(history, { connections: [listed('con_1', first)] });
    expect(report.historyFailure).toMatch(names);
    expect([told[0]?.telling, earlierIn(report)]).toEqual(['at_once', []]);
    expect(store.texts.get(KEYS.lease)).toBe(before);
    expect(store.texts.get(keyOf('run-0')) ?? '').toBe(text);
  });
});

describe('two runs that settle the same run', () => {
  const settling = (history: History) => ({
    history,
    quarantine: { repairs: 3, days: 7 },
    findValue: async () => 'on_first_login' as const,
    loggedWrites: async () => new Set<string>(),
  });

  it('only one of two simultaneous runs settles a run, and the state contains the change one time', async () => {
    const { store, history } = await openHistory({ ...CUT, unsettled: [] }, planned('run-0', 'con_1'));
    const former = await findFormerRuns(history, NOW);
    if (former === undefined) throw new Error('there is a run to settle');
    const settled = await Promise.all([1, 2].map(() => settleFormerRuns(former, settling(history))));
    expect(settled.map(({ isSettled }) => isSettled).toSorted()).toEqual([false, true]);
    expect(settled.map(({ failure }) => failure)).toEqual([null, null]);
    expect((await history.readState()).state).toMatchObject({ changes: [{ runId: 'run-0' }] });
    expect(leaseIn(store)).toEqual(NO_LEASE);
  });

  const LOSERS: readonly [claim: string, lost: Partial<History>, isInState: boolean][] = [
    ['the record reports nothing', { concludeRun: async () => false }, false],
    ['the lease leaves it to the other run', { writeLease: async () => false }, true],
  ];
  it.each(LOSERS)('a settling run that loses %s', async (_, lost, isInState) => {
    const { store, history } = await openHistory({ ...CUT, unsettled: [] }, planned('run-0', 'con_1'));
    const slow = { ...history, ...lost };
    const former = await findFormerRuns(slow, NOW);
    if (former === undefined) throw new Error('there is a run to settle');
    const settled = await settleFormerRuns(former, settling(slow));
    expect(settled).toEqual({ isSettled: false, isFree: false, failure: null });
    expect((await history.readState()).state.changes).toHaveLength(isInState ? 1 : 0);
    expect(leaseIn(store)).toEqual({ ...CUT, unsettled: [] });
  });

  const FAILING: readonly [part: string, phase: ChangeResult | 'planned'][] = [
    ['runs/', 'planned'],
    ['state', 'planned'],
    ['lease', 'planned'],
  ];
  it.each(FAILING)(
    'a settling run that cannot write %s reports that, and the next run settles everything',
    async (part) => {
      const { store, history } = await openHistory({ ...CUT, unsettled: [] }, planned('run-0', 'con_1'));
      const former = await findFormerRuns(history, NOW);
      if (former === undefined) throw new Error('there is a run to settle');
      store.failWhen((operation, key) => operation === 'write' && key.includes(part));
      const settled = await settleFormerRuns(former, settling(history));
      expect(settled).toMatchObject({ isSettled: false, isFree: false, failure: expect.stringContaining(part) });
      store.failWhen(() => false);
      const { report } = await runNext(history, { connections: [listed('con_1', first)] });
      expect(earlierIn(report)).toEqual([{ runId: 'run-0', isCut: true, connections: { con_1: 'found' } }]);
      expect(leaseIn(store)).toEqual(NO_LEASE);
    },
  );
});
