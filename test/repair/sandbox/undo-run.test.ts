import type { Policy } from '../../../lambda/policy/policy';
import { QUIET_AFTER_MS } from '../../../lambda/run/take-over';
import { closeScenarios, openScenario, outcomesIn, type Scenario, turnInto } from './scenario';
import { drifted } from './tenants';

afterEach(closeScenarios);

const DAY_MS = 86_400_000;

/** When each write of a run was sent, by its correlation id. */
function writeTimes({ requests }: Scenario, runId: string): number[] {
  return requests('PATCH')
    .filter(({ headers }) => headers['x-correlation-id'] === runId)
    .map(({ at }) => at);
}

const restoredIn = (result: Awaited<ReturnType<Scenario['undoWhole']>>): number =>
  result.kind === 'ended' ? result.undone.filter(({ outcome }) => outcome === 'restored').length : -1;

/** A run that takes minutes, and an undo of it that begins while the run repairs. */
async function undoAtWork() {
  const scenario = await openScenario({ sandbox: { seed: drifted('okta', 200), rateLimit: 'nonProduction' } });
  const before = scenario.stored();
  const running = scenario.run();
  await scenario.clock.sleep(30_000);
  const begun = scenario.clock.now();
  const result = await scenario.undoWhole('run-1');
  return { scenario, before, begun, result, report: await running };
}

describe('an undo of a run that is still repairing', () => {
  it('an undo of a run in progress restores exactly what that run wrote', async () => {
    const { scenario, before, result, report } = await undoAtWork();
    const written = writeTimes(scenario, 'run-1').length;
    expect(written).toBeGreaterThan(10);
    expect(written).toBeLessThan(200);
    expect(restoredIn(result)).toBe(written);
    expect(scenario.stored()).toEqual(before);
    expect(outcomesIn(report)).toEqual({ remediated: written, 'skipped_stopped lease': 200 - written });
  });

  it('an undo of a run in progress waits until no write of that run can follow', async () => {
    const { scenario, begun } = await undoAtWork();
    const [last, first] = [writeTimes(scenario, 'run-1').at(-1) ?? 0, writeTimes(scenario, 'undo-1')[0] ?? 0];
    expect(last - begun).toBeLessThanOrEqual(30_000);
    expect(first - begun).toBeGreaterThanOrEqual(QUIET_AFTER_MS);
    expect(first).toBeGreaterThan(last);
  });

  it('an undo of a run in progress leaves nothing to settle, and the next run knows both', async () => {
    const { scenario } = await undoAtWork();
    scenario.clock.advance(DAY_MS);
    const { earlierChanges, findings } = await scenario.run();
    expect(earlierChanges.map(({ change }) => [change.kind, change.of])).toEqual([['undo', 'run-1']]);
    expect(new Set(findings.map(({ outcome }) => outcome))).toEqual(new Set(['held', 'remediated']));
    expect(await scenario.history.readLease()).toMatchObject({ owner: '', unsettled: [] });
  });
});

/** Ends a run or an undo immediately: nothing after this point is stored or reported. */
const killed = (): never => {
  throw new Error('killed');
};

describe('an undo of an interrupted run', () => {
  it('an undo of an interrupted run uses the current values and reports the writes of both', async () => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 5) } });
    const before = scenario.stored();
    await expect(scenario.run({ sleep: killed })).rejects.toThrow('killed');
    expect(writeTimes(scenario, 'run-1')).toHaveLength(5);
    expect(restoredIn(await scenario.undoWhole('run-1'))).toBe(5);
    expect(scenario.stored()).toEqual(before);
    const { unreported } = (await scenario.history.readState()).state;
    const changes = Object.values(unreported).map(({ change }) => change);
    expect(changes.map(({ kind, isCut, connections }) => [kind, isCut, connections.length])).toEqual([
      ['repair', true, 5],
      ['undo', false, 5],
    ]);
  });
});

describe('an interrupted undo', () => {
  it('an interrupted undo is found by the next run, which does not repair its connections', async () => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 3) } });
    await scenario.run();
    await expect(scenario.undoWhole('run-1', { progress: killed })).rejects.toThrow('killed');
    scenario.clock.advance(DAY_MS);
    const { earlierChanges, findings } = await scenario.run();
    expect(earlierChanges.map(({ change }) => change)).toMatchObject([
      { runId: 'undo-1', kind: 'undo', isCut: true, connections: [{ id: 'con_okta001', result: 'found' }] },
    ]);
    expect(findings.map(({ connection, outcome }) => [connection.id, outcome])).toEqual([['con_okta001', 'held']]);
  });
});

it('an undo of a run is refused while another run has the lease', async () => {
  const scenario = await openScenario({ sandbox: { seed: drifted('okta', 2) } });
  await scenario.run();
  const lease = await scenario.history.readLease();
  const until = scenario.clock.now() + DAY_MS;
  await scenario.history.writeLease({ owner: 'run-9', until, unsettled: [] }, lease.version);
  expect(await scenario.undoWhole('run-1')).toMatchObject({ kind: 'held', lease: { owner: 'run-9' } });
});

/** Two repaired connections, and an undo of both. */
async function undoTwo(
  changes: Parameters<Scenario['undoWhole']>[1] = {},
  prepare: (scenario: Scenario) => unknown = () => undefined,
) {
  const scenario = await openScenario({ sandbox: { seed: drifted('okta', 2) } });
  const before = scenario.stored();
  await scenario.run();
  await prepare(scenario);
  const result = await scenario.undoWhole('run-1', changes);
  scenario.store.failWhen(() => false);
  const { state } = await scenario.history.readState();
  const lease = await scenario.history.readLease();
  const writes = writeTimes(scenario, 'undo-1').length;
  return { scenario, before, result, state, lease, writes, record: await scenario.history.readRun('undo-1') };
}

describe('an undo of an ended run', () => {
  it('a hold after an undo applies to the rule of the run and the rule of the operator', async () => {
    const byRule = (id: string): Policy => ({
      rules: [{ id, match: { strategy: 'okta' }, expect: 'on_each_login' }],
      default: { expect: 'on_each_login' },
    });
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 2) } });
    const asDeployed = { policy: byRule('workforce') };
    expect(outcomesIn(await scenario.run(asDeployed))).toEqual({ remediated: 2 });
    // The policy of the operator has no rule yet.
    await scenario.undoWhole('run-1');
    await scenario.clock.sleep(3_600_000);
    expect(outcomesIn(await scenario.run(asDeployed))).toEqual({ held: 2 });
    expect(outcomesIn(await scenario.run())).toEqual({ held: 2 });
    expect(outcomesIn(await scenario.run({ policy: byRule('newer') }))).toEqual({ remediated: 2 });
  });

  it('an undo stores a record, sets holds, is unreported to every receiver, and releases the lease', async () => {
    const { scenario, before, result, state, lease, record } = await undoTwo();
    expect(result).toMatchObject({ kind: 'ended', planned: 2, stopped: undefined, failure: null });
    expect(scenario.stored()).toEqual(before);
    const change = { kind: 'undo', by: 'ann on laptop', of: 'run-1', isCut: false };
    expect(record).toMatchObject({ kind: 'undo', phase: 'ended', change });
    expect(record?.change.connections).toMatchObject([
      { id: 'con_okta001', before: 'on_each_login', after: 'on_first_login', result: 'verified' },
      { id: 'con_okta002', result: 'verified' },
    ]);
    expect(state.unreported['undo-1']).toMatchObject({ change, people: true, machines: true });
    const hold = { runId: 'run-1', by: 'ann on laptop', expectation: 'default: on_each_login' };
    expect(state.holds).toMatchObject({ con_okta001: hold, con_okta002: hold });
    expect(lease).toMatchObject({ owner: '', unsettled: [] });
  });

  it('an undo of an ended run does not wait', async () => {
    const waits: number[] = [];
    await undoTwo({ waiting: (milliseconds) => waits.push(milliseconds) });
    expect(waits).toEqual([]);
  });

  it('an undo settles another run that never released its lease', async () => {
    const { result, lease } = await undoTwo({}, async ({ history, clock }) => {
      const { version } = await history.readLease();
      await history.writeLease({ owner: 'run-9', until: clock.now() - 1, unsettled: [] }, version);
    });
    expect(restoredIn(result)).toBe(2);
    expect(lease).toMatchObject({ owner: '', unsettled: [] });
  });

  const STOPPED = [
    {
      claim: 'by the kill switch',
      changes: { mayWrite: async () => 'stop' as const },
      stopped: 'kill_switch',
      writes: 0,
    },
    {
      claim: 'by a kill switch that cannot be read',
      ...{ changes: { mayWrite: () => Promise.reject(new Error('throttled')) }, writes: 0 },
      stopped: 'kill_switch_unreadable',
    },
    { claim: 'by the time limit', changes: { stopAt: 0 }, stopped: 'time', writes: 0 },
    { claim: 'by an operator', changes: { isInterrupted: () => true }, stopped: 'interrupted', writes: 0 },
  ] as const;
  it.each(STOPPED)(
    'an undo that is stopped $claim still sets holds and stores its record',
    async ({ changes, stopped, writes }) => {
      const { result, state, lease, record, writes: sent } = await undoTwo(changes);
      expect(result).toMatchObject({ kind: 'ended', undone: [], planned: 2, stopped, failure: null });
      expect(sent).toBe(writes);
      expect(Object.keys(state.holds)).toEqual(['con_okta001', 'con_okta002']);
      expect(record).toMatchObject({ phase: 'ended', change: { connections: [] } });
      expect(lease.owner).toBe('');
    },
  );

  it('an undo that an operator ends between two connections stores the first one', async () => {
    let isInterrupted = false;
    const progress = () => {
      isInterrupted = true;
    };
    const { result, record, writes } = await undoTwo({ isInterrupted: () => isInterrupted, progress });
    expect(result).toMatchObject({ undone: [{ outcome: 'restored' }], planned: 2, stopped: 'interrupted' });
    expect([record?.change.connections.length, writes]).toEqual([1, 1]);
  });

  it('an undo stops after an unverified write and stores it as unverified', async () => {
    const { result, record, state, writes } = await undoTwo({}, ({ sandbox }) => {
      const { options } = drifted('okta', 1)[0] ?? {};
      const body = { ...sandbox.tenant.connections.get('con_okta001'), options: { ...options, client_id: 'changed' } };
      turnInto(sandbox, body);
    });
    expect(result).toMatchObject({ undone: [{ outcome: 'failed_verification' }], stopped: 'failures' });
    expect(record?.change.connections).toMatchObject([{ id: 'con_okta001', result: 'unverified' }]);
    expect([Object.keys(state.holds).length, writes]).toEqual([2, 1]);
  });

  it.each([
    { claim: 'whose planned record', part: 'runs/undo-1' },
    { claim: 'whose holds', part: 'state.json' },
  ])('an undo $claim cannot be stored is refused, writes nothing and releases the lease', async ({ part }) => {
    const { scenario, result, lease, writes } = await undoTwo({}, ({ store }) =>
      store.failWhen((operation, key) => operation === 'write' && key.includes(part)),
    );
    expect(result).toMatchObject({ kind: 'refused', failure: expect.stringContaining(part) });
    expect([writes, lease.owner]).toEqual([0, '']);
    expect((await scenario.history.readState()).state.holds).toEqual({});
  });

  it.each([
    {
      claim: 'whose final record',
      fails: (key: string, text = '') => key.includes('undo-1') && text.includes('"ended"'),
    },
    { claim: 'whose change', fails: (key: string, text = '') => key.includes('state') && text.includes('undo-1') },
  ])('an undo $claim cannot be stored reports the failure, and the next run finds it', async ({ fails }) => {
    const { scenario, before, result, lease } = await undoTwo({}, ({ store }) =>
      store.failWhen((operation, key, text) => operation === 'write' && fails(key, text)),
    );
    expect(restoredIn(result)).toBe(2);
    expect(result).toMatchObject({ failure: expect.stringMatching(/^Writing memory:/) });
    expect(lease.owner).toBe('undo-1');
    scenario.clock.advance(DAY_MS);
    const { earlierChanges, findings } = await scenario.run();
    expect(earlierChanges.map(({ change }) => [change.runId, change.connections.length])).toEqual([['undo-1', 2]]);
    expect(findings.map(({ outcome }) => outcome)).toEqual(['held', 'held']);
    expect(scenario.stored()).toEqual(before);
  });

  it('an undo of an unknown run is refused', async () => {
    const scenario = await openScenario({ sandbox: { seed: drifted('okta', 1) } });
    expect(await scenario.undoWhole('run-9')).toMatchObject({ kind: 'refused' });
    expect((await scenario.history.readLease()).owner).toBe('');
  });
});
