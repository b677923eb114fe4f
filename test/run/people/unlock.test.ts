import type { History, LeaseTerms } from '../../../lambda/history/history';
import { createHistory } from '../../../lambda/history/keep';
import { NO_LEASE, releaseLease } from '../../../lambda/history/lease';
import { unlock } from '../../../lambda/run/people/unlock';
import { QUIET_AFTER_MS } from '../../../lambda/run/take-over';
import { createMemoryStore, type MemoryStore } from '../../history/memory-store';
import { findingOf, recordOf, TENANT } from '../../history/sample-record';

const NOW = Date.UTC(2026, 10, 23, 12);
const KEY = `${TENANT}/lease.json`;
const keyOf = (runId: string) => `${TENANT}/runs/${runId}.json`;
const RUNNING = { owner: 'run-1', until: NOW + 600_000 };
const OVER = { owner: 'run-1', until: NOW - 1 };
const planned = (runId: string) => recordOf('planned', [findingOf('con_1')], { runId });

interface Situation {
  readonly lease?: LeaseTerms | string;
  /** The run id that the operator entered. */
  readonly typed?: string;
  /** The text of the record of `run-1`; default: its plan. */
  readonly record?: string;
  readonly fails?: Parameters<MemoryStore['failWhen']>[0];
  readonly whileWaiting?: (history: History) => Promise<unknown>;
}

/** Unlocks the tenant. Returns the result, and how long the unlock waited. */
async function end({ lease, typed, record, fails, whileWaiting }: Situation) {
  const store = createMemoryStore();
  const history = createHistory(store, TENANT);
  await history.writeRun(planned('run-1'), undefined);
  if (record !== undefined) store.put(keyOf('run-1'), record);
  if (lease !== undefined) store.put(KEY, typeof lease === 'string' ? lease : JSON.stringify(lease));
  if (fails !== undefined) store.failWhen(fails);
  const before = new Map(store.texts);
  const waits: number[] = [];
  let time = NOW;
  const result = await unlock(
    {
      ...{ runId: 'unlock-1', environment: 'prod', tenant: TENANT, by: 'ann on laptop', reason: 'it hangs' },
      ...{ quarantine: { repairs: 3, days: 7 }, typed },
    },
    {
      history,
      now: () => time,
      sleep: async (milliseconds) => {
        time += milliseconds;
        await whileWaiting?.(history);
      },
      waiting: (milliseconds) => waits.push(milliseconds),
    },
  );
  store.failWhen(() => false);
  const text = store.texts.get(KEY);
  const left: LeaseTerms | undefined = text === undefined ? undefined : JSON.parse(text);
  return { result, waits, left, before, after: store.texts, state: (await history.readState()).state, history };
}

describe('an unlock', () => {
  it.each([
    ['that was never written', undefined],
    ['that was released', NO_LEASE],
  ] as const)('an unlock of a lease %s finds nothing to do, and writes nothing', async (_, lease) => {
    const { result, before, after } = await end(lease === undefined ? {} : { lease });
    expect(result).toEqual({ kind: 'free' });
    expect(after).toEqual(before);
  });

  it.each([
    ['nothing', undefined],
    ['another run id', 'run-2'],
    ['an empty run id', ''],
  ])('an unlock of an active run is refused if the operator entered %s', async (_, typed) => {
    const lease = { ...RUNNING, unsettled: [] };
    const { result, waits, before, after } = await end(typed === undefined ? { lease } : { lease, typed });
    expect(result).toMatchObject({ kind: 'held', lease: RUNNING });
    expect([waits, after]).toEqual([[], before]);
  });

  it('an unlock of an active run by its run id waits until its writes end, and leaves it to the next run', async () => {
    const { result, waits, left, state, history } = await end({ lease: { ...RUNNING, unsettled: [] }, typed: 'run-1' });
    expect(result).toEqual({
      kind: 'unlocked',
      givenUp: [],
      left: [{ owner: 'run-1', until: expect.any(Number) }],
      failure: null,
    });
    expect(waits).toEqual([QUIET_AFTER_MS]);
    expect(left).toEqual({ ...NO_LEASE, unsettled: [RUNNING] });
    const change = { kind: 'unlock', by: 'ann on laptop', reason: 'it hangs', of: 'run-1' };
    expect(state).toMatchObject({ changes: [change], unreported: { 'unlock-1': { people: true, machines: true } } });
    expect(await history.readRun('unlock-1')).toMatchObject({ kind: 'unlock', phase: 'ended', change });
  });

  it('an unlock of a run that ends during the wait leaves nothing to settle', async () => {
    const whileWaiting: Situation['whileWaiting'] = (history) => releaseLease(history, 'run-1');
    const { result, left } = await end({ lease: { ...RUNNING, unsettled: [] }, typed: 'run-1', whileWaiting });
    expect(result).toMatchObject({ kind: 'unlocked', left: [], givenUp: [] });
    expect(left).toEqual(NO_LEASE);
  });

  it('an unlock of a run whose time is over needs no run id and no wait', async () => {
    const { result, waits, left } = await end({ lease: { ...OVER, unsettled: [] } });
    expect(result).toMatchObject({
      kind: 'unlocked',
      left: [{ owner: 'run-1', until: expect.any(Number) }],
      givenUp: [],
    });
    expect([waits, left]).toEqual([[], { ...NO_LEASE, unsettled: [OVER] }]);
  });

  it('an unlock of a lease that cannot be read waits, and empties the lease', async () => {
    const { result, waits, left, state } = await end({ lease: 'torn' });
    expect(result).toEqual({ kind: 'unlocked', givenUp: [], left: [], failure: null });
    expect([waits, left]).toEqual([[QUIET_AFTER_MS], NO_LEASE]);
    expect(state.changes).toMatchObject([{ kind: 'unlock', of: null }]);
  });

  it.each([
    ['is damaged', 'torn'],
    ['is of a newer version', '{"version":3}'],
    ['is of another run', JSON.stringify(planned('run-2'))],
  ])('an unlock gives up a run whose record %s', async (_, record) => {
    const { result, left } = await end({ lease: { ...OVER, unsettled: [] }, record });
    expect(result).toMatchObject({ kind: 'unlocked', givenUp: ['run-1'], left: [] });
    expect(left).toEqual(NO_LEASE);
  });

  it('an unlock leaves a run whose record cannot be reached to the next run', async () => {
    const fails: Situation['fails'] = (operation, key) => operation === 'read' && key === keyOf('run-1');
    const { result, left } = await end({ lease: { ...OVER, unsettled: [] }, fails });
    expect(result).toMatchObject({
      kind: 'unlocked',
      givenUp: [],
      left: [{ owner: 'run-1', until: expect.any(Number) }],
    });
    expect(left).toEqual({ ...NO_LEASE, unsettled: [OVER] });
  });

  it('an unlock of a lease without an owner gives up a run whose record is damaged', async () => {
    const { result, left } = await end({ lease: { ...NO_LEASE, unsettled: [OVER] }, record: 'torn' });
    expect(result).toMatchObject({ kind: 'unlocked', givenUp: ['run-1'] });
    expect(left).toEqual(NO_LEASE);
  });

  it('an unlock that cannot be recorded reports that, and still frees the lease', async () => {
    const fails: Situation['fails'] = (operation, key) => operation === 'write' && key.endsWith('state.json');
    const { result, left } = await end({ lease: { ...OVER, unsettled: [] }, fails });
    expect(result).toMatchObject({ kind: 'unlocked', failure: expect.stringContaining('state.json') });
    expect(left?.owner).toBe('');
  });
});
