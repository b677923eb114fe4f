import { QUIET_AFTER_MS } from '../../../lambda/run/take-over';
import { closeScenarios, openScenario, outcomesIn, type Scenario } from './scenario';
import { drifted } from './tenants';

afterEach(closeScenarios);

const DAY_MS = 86_400_000;

/** When each of a run's writes was sent, by the run id that went along. */
function writeTimes({ requests }: Scenario, runId: string): number[] {
  return requests('PATCH')
    .filter(({ headers }) => headers['x-correlation-id'] === runId)
    .map(({ at }) => at);
}

const restoredIn = (result: Awaited<ReturnType<Scenario['undoWhole']>>): number =>
  result.kind === 'ended' ? result.undone.filter(({ outcome }) => outcome === 'restored').length : -1;

/** A run that takes minutes, and an undo of it that begins while it repairs. */
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
  it('restores exactly what that run wrote', async () => {
    const { scenario, before, result, report } = await undoAtWork();
    const written = writeTimes(scenario, 'run-1').length;
    expect(written).toBeGreaterThan(10);
    expect(written).toBeLessThan(200);
    expect(restoredIn(result)).toBe(written);
    expect(scenario.stored()).toEqual(before);
    expect(outcomesIn(report)).toEqual({ remediated: written, 'skipped_stopped lease': 200 - written });
  });

  it('writes nothing before that run has been quiet for as long as one write may take', async () => {
    const { scenario, begun } = await undoAtWork();
    const [last, first] = [writeTimes(scenario, 'run-1').at(-1) ?? 0, writeTimes(scenario, 'undo-1')[0] ?? 0];
    expect(last - begun).toBeLessThanOrEqual(30_000);
    expect(first - begun).toBeGreaterThanOrEqual(QUIET_AFTER_MS);
    expect(first).toBeGreaterThan(last);
  });

  it('leaves nothing to settle, and both are known to the next run', async () => {
    const { scenario } = await undoAtWork();
    scenario.clock.advance(DAY_MS);
    const { earlierChanges, findings } = await scenario.run();
    expect(earlierChanges.map(({ change }) => [change.kind, change.of])).toEqual([['undo', 'run-1']]);
    expect(new Set(findings.map(({ outcome }) => outcome))).toEqual(new Set(['held', 'remediated']));
    expect(await scenario.history.readLease()).toMatchObject({ owner: '', unsettled: [] });
  });
});

/** Ends a run or an undo where it stands: nothing after it is kept or told. */
const killed = (): never => {
  throw new Error('killed');
};

describe('an undo of a run that was cut', () => {
  it('works from what is there, and reports the writes of the run as well as its own', async () => {
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

describe('an undo that is cut', () => {
  it('is found by the next run, which repairs nothing that was to be undone', async () => {
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

it('an undo of a run is refused while another run holds the lease', async () => {
  const scenario = await openScenario({ sandbox: { seed: drifted('okta', 2) } });
  await scenario.run();
  const lease = await scenario.history.readLease();
  const until = scenario.clock.now() + DAY_MS;
  await scenario.history.writeLease({ owner: 'run-9', until, unsettled: [] }, lease.version);
  expect(await scenario.undoWhole('run-1')).toMatchObject({ kind: 'held', lease: { owner: 'run-9' } });
});
