import type { History, LeaseTerms, PastRun } from '../../lambda/history/history';
import { createHistory } from '../../lambda/history/keep';
import { NO_LEASE, takeLease } from '../../lambda/history/lease';
import { keepRecord } from '../../lambda/history/memory';
import { EMPTY_STATE } from '../../lambda/history/state';
import type { Told } from '../../lambda/judge/change';
import { ending } from '../../lambda/judge/outcome';
import type { Report } from '../../lambda/judge/report';
import { closeRun } from '../../lambda/run/close-run';
import type { Delivery, World } from '../../lambda/run/world';
import { createMemoryStore, type MemoryStore } from '../history/memory-store';
import { changeOf, findingOf, RUN, recordOf, reportOf, TENANT } from '../history/sample-record';
import { runOf, worldOf } from './fake-audit';

const KEYS = { state: `${TENANT}/state.json`, lease: `${TENANT}/lease.json`, run: `${TENANT}/runs/${RUN}.json` };
const EVERYBODY: Told = { people: true, machines: true };
const written = findingOf('con_1', ending('remediated', { change: changeOf() }));
const UNTIL = 9_000_000;

interface Situation {
  /** Who has received the result, according to the topics. Default: everyone. */
  readonly told?: Told;
  readonly isUnannounced?: boolean;
  /** The world has no topics and shows the report to everyone. */
  readonly hasNoTopics?: boolean;
  /** Default: the run wrote to a connection and has the lease. */
  readonly hasWritten?: boolean;
  readonly fails?: Parameters<MemoryStore['failWhen']>[0];
  /** What other processes do before the run closes. */
  readonly meanwhile?: (history: History) => Promise<void>;
}

/** Closes a run that wrote to one connection. Returns what it leaves, and each step in order. */
async function close(situation: Situation = {}) {
  const { told = EVERYBODY, isUnannounced = false, hasWritten = true, hasNoTopics = false } = situation;
  const store = createMemoryStore();
  const history = createHistory(store, TENANT);
  let record: string | undefined;
  if (hasWritten) {
    await takeLease(history, { owner: RUN, until: UNTIL });
    const kept = await keepRecord(history, recordOf('planned', [findingOf('con_1')]), {
      runId: RUN,
      version: undefined,
    });
    record = kept.result === 'kept' ? kept.version : undefined;
  }
  await situation.meanwhile?.(history);

  const steps: string[] = [];
  store.failWhen((operation, key, text) => {
    const fails = situation.fails?.(operation, key, text) === true;
    if (operation === 'write') steps.push(fails ? `not ${key}` : key);
    return fails;
  });
  const announced: Report[] = [];
  const untold = [
    ...(told.people ? [] : ['Publishing to people: made to fail.']),
    ...(told.machines ? [] : ['Publishing to consumers: made to fail.']),
  ];
  const tell = async ({ report }: { readonly report: Report }): Promise<Delivery> => {
    steps.push('tell');
    announced.push(report);
    return { told, untold };
  };
  const world: World = worldOf({ history, isUnannounced, ...(hasNoTopics ? {} : { tell }) });
  const report = await closeRun(reportOf(hasWritten ? [written] : []), {
    run: runOf({ runId: RUN }),
    world,
    state: EMPTY_STATE,
    listing: { listed: 1, sample: ['con_1'] },
    isProven: true,
    isLeaseFree: true,
    hasLease: hasWritten,
    record,
    keptPolicy: 'made-up',
  });
  store.failWhen(() => false);
  const text = store.texts.get(KEYS.lease);
  const lease: LeaseTerms | undefined = text === undefined ? undefined : JSON.parse(text);
  const { state } = await history.readState();
  const kept: PastRun | undefined = await history.readRun(RUN);
  return { report, announced, steps, lease, state, record: kept };
}

describe('the end of a run that wrote', () => {
  it('a run that wrote keeps the record, sends messages, keeps who received them, writes the state, frees the lease', async () => {
    const { steps, lease, record, state, report } = await close();
    expect(steps).toEqual([KEYS.run, 'tell', KEYS.run, KEYS.state, KEYS.lease]);
    expect(lease).toEqual(NO_LEASE);
    expect(record).toMatchObject({ phase: 'ended', published: EVERYBODY });
    expect(state).toMatchObject({ unreported: {}, changes: [{ runId: RUN }], trend: [{ runId: RUN }] });
    expect(report).toMatchObject({ historyFailure: null, untold: [] });
  });

  const TOLD: readonly Told[] = [
    { people: false, machines: false },
    { people: false, machines: true },
    { people: true, machines: false },
  ];
  it.each(TOLD)('a run reported only to %j leaves the rest and its lease to the next run', async (told) => {
    const { lease, record, state, report } = await close({ told });
    expect(state.unreported[RUN]).toMatchObject({ people: !told.people, machines: !told.machines, claim: null });
    expect(lease).toEqual({ owner: RUN, until: UNTIL, unsettled: [] });
    expect(record?.published).toEqual(told);
    expect(report.untold).toHaveLength(Number(!told.people) + Number(!told.machines));
    expect(record?.file.report).toMatchObject({ untold: report.untold });
    expect(state.trend).toEqual([]);
  });

  it('an unannounced run leaves its writes to be reported, and releases the lease', async () => {
    const { steps, lease, record, state } = await close({ isUnannounced: true });
    expect(steps).not.toContain('tell');
    expect(state.unreported[RUN]).toMatchObject({ people: true, machines: true });
    expect(record?.published).toEqual({ people: false, machines: false });
    expect(lease).toEqual(NO_LEASE);
  });

  it('a run without topics counts as reported to everyone', async () => {
    const { state, lease } = await close({ hasNoTopics: true });
    expect(state.unreported).toEqual({});
    expect(lease).toEqual(NO_LEASE);
  });

  it('a run whose state cannot be written reports that and keeps the lease, so that the next run finds its writes', async () => {
    const fails: Situation['fails'] = (operation, key) => operation === 'write' && key === KEYS.state;
    const { lease, record, report } = await close({ fails });
    expect(lease?.owner).toBe(RUN);
    expect(record).toMatchObject({ phase: 'ended', published: EVERYBODY, change: { connections: [{ id: 'con_1' }] } });
    expect(report.historyFailure).toContain('state.json');
    expect(record?.file.report).toMatchObject({ historyFailure: report.historyFailure });
  });

  it('a run whose record cannot be written reports that, and keeps its writes in the state', async () => {
    const fails: Situation['fails'] = (operation, key) => operation === 'write' && key === KEYS.run;
    const { announced, lease, state, record } = await close({ fails });
    expect(announced[0]?.historyFailure).toContain(`runs/${RUN}.json`);
    expect(state.repairs).toEqual({ con_1: [expect.any(String)] });
    expect([lease, record?.phase]).toEqual([NO_LEASE, 'planned']);
  });

  it('a run that cannot release the lease reports that', async () => {
    const fails: Situation['fails'] = (operation, key) => operation === 'write' && key === KEYS.lease;
    const { lease, state, report, record } = await close({ fails });
    expect([lease?.owner, Object.keys(state.repairs)]).toEqual([RUN, ['con_1']]);
    expect(report.historyFailure).toContain('lease.json');
    expect(record?.file.report).toMatchObject({ historyFailure: report.historyFailure });
  });

  it('a run that another run treated as cut off sends nothing, and does not change state and lease', async () => {
    const meanwhile: Situation['meanwhile'] = async (history) => {
      const run = await history.readRun(RUN);
      if (run !== undefined) await history.concludeRun(run, { ...run.change, isCut: true });
    };
    const { announced, steps, lease, state, record, report } = await close({ meanwhile });
    expect(announced).toEqual([]);
    expect(steps).toEqual([KEYS.run]);
    expect([lease?.owner, state, record?.phase]).toEqual([RUN, EMPTY_STATE, 'cut']);
    expect(report.untold).toEqual([expect.stringContaining('concluded that this run was cut off')]);
  });

  it('a run that lost its lease to an undo removes itself from the runs to settle', async () => {
    const undo = { owner: 'undo-1', until: UNTIL + 1 };
    const meanwhile: Situation['meanwhile'] = async (history) => {
      const { version } = await history.readLease();
      await history.writeLease({ ...undo, unsettled: [{ owner: RUN, until: UNTIL }] }, version);
    };
    const { lease } = await close({ meanwhile });
    expect(lease).toEqual({ ...undo, unsettled: [] });
  });
});

describe('the end of a run that wrote nothing', () => {
  it('the record of a run shows the messages that could not be sent', async () => {
    const { record, report } = await close({ hasWritten: false, told: { people: false, machines: true } });
    expect(report.untold).toHaveLength(1);
    expect(record?.file.report).toMatchObject({ untold: report.untold });
  });

  it('a run that wrote nothing keeps one record with published null, and does not touch the lease', async () => {
    const { steps, lease, state, record } = await close({ hasWritten: false });
    expect(steps).toEqual([KEYS.run, 'tell', KEYS.state]);
    expect([lease, state.changes]).toEqual([undefined, []]);
    expect(record?.file).toMatchObject({ published: null });
  });
});
