import type { LoggedWrite } from '../../lambda/connection/tenant';
import { createHistory } from '../../lambda/history/keep';
import { takeLease } from '../../lambda/history/lease';
import type { Finding } from '../../lambda/judge/finding';
import type { StopReason } from '../../lambda/judge/outcome';
import { type Repaired, repairAll } from '../../lambda/repair/repair-all';
import type { RepairContext } from '../../lambda/repair/repair-context';
import type { Step } from '../../lambda/repair/step';
import { DEFAULT_QUARANTINE } from '../../lambda/settings';
import { compiled, NOW } from '../connection/sample-connection';
import { createMemoryStore, type MemoryStore } from '../history/memory-store';
import { RUN, recordOf, TENANT } from '../history/sample-record';
import { type Behaviour, connectionOf, createFakeTenant, judgeFake } from './fake-tenant';

const POLICY = compiled({ default: { expect: 'on_first_login' } });
const CONNECTIONS = [connectionOf('con_1', null), connectionOf('con_2', null)];
const REST = connectionOf('con_3', null);

interface Given {
  readonly change?: Partial<RepairContext>;
  readonly behaviour?: Behaviour;
  /** Findings in addition to the findings of the two connections. */
  readonly more?: readonly Finding[];
  readonly prepare?: (store: MemoryStore) => void | Promise<void>;
}

async function repairWith({ change = {}, behaviour = {}, more = [], prepare = () => undefined }: Given) {
  const store = createMemoryStore();
  const history = createHistory(store, TENANT);
  await prepare(store);
  const { tenant, sent } = createFakeTenant([...CONNECTIONS, REST], behaviour);
  const slept: number[] = [];
  const steps: Step[] = [];
  const repaired = await repairAll([...CONNECTIONS.map((connection) => judgeFake(connection, POLICY)), ...more], {
    runId: RUN,
    tenant,
    history,
    policy: POLICY,
    quarantine: DEFAULT_QUARANTINE,
    retry: new Set(),
    withoutPeople: false,
    mayReadLogs: true,
    plannedRecord: recordOf('planned', []),
    approve: async () => undefined,
    mayWrite: async () => 'allow',
    isInterrupted: () => false,
    now: () => NOW,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
    },
    stopAt: NOW + 1_000,
    overBy: NOW + 2_000,
    progress: (step) => {
      steps.push(step);
    },
    ...change,
  });
  return { repaired, sent, slept, steps };
}

const outcomesIn = ({ findings }: Repaired) => findings.map(({ outcome, stopped }) => stopped ?? outcome);

interface Row extends Given {
  readonly claim: string;
  readonly stopped: StopReason;
  readonly hasLease: boolean;
  readonly historyFailure?: string;
}

const failing = (operation: 'read' | 'write', part: string) => (store: MemoryStore) =>
  store.failWhen((done, key) => done === operation && key.includes(part));

const ROWS: readonly Row[] = [
  {
    claim: 'the operator declines the plan',
    change: { approve: async () => 'declined' },
    stopped: 'declined',
    hasLease: false,
  },
  { claim: 'its time limit is reached', change: { overBy: NOW }, stopped: 'time', hasLease: false },
  {
    claim: 'another run has the lease',
    prepare: async (store) => {
      await takeLease(createHistory(store, TENANT), { owner: 'run-2', until: NOW + 9_000 });
    },
    stopped: 'lease',
    hasLease: false,
  },
  {
    claim: 'the answer to taking the lease is lost (the lease might be ours)',
    prepare: failing('write', 'lease'),
    stopped: 'history',
    hasLease: true,
    historyFailure: 'lease',
  },
  {
    claim: 'the state cannot be read',
    prepare: failing('read', 'state'),
    stopped: 'history',
    hasLease: true,
    historyFailure: 'state',
  },
  {
    claim: 'the plan cannot be stored',
    prepare: failing('write', 'runs/'),
    stopped: 'history',
    hasLease: true,
    historyFailure: 'runs/',
  },
  {
    claim: 'another run has concluded its record as cut',
    prepare: async (store) => {
      const history = createHistory(store, TENANT);
      await history.writeRun(recordOf('planned', []), undefined);
      const run = await history.readRun(RUN);
      if (run === undefined) throw new Error('no record');
      await history.concludeRun(run, {
        ...{ runId: RUN, kind: 'repair', at: '2026-11-23T04:30:00.000Z', by: null, reason: null, of: null },
        ...{ isCut: true, connections: [] },
      });
    },
    stopped: 'lease',
    hasLease: true,
  },
];

describe('a run in remediate mode that writes nothing', () => {
  it.each(ROWS)(
    'a run in remediate mode writes nothing if $claim',
    async ({ stopped, hasLease, historyFailure, ...given }) => {
      const { repaired, sent } = await repairWith(given);
      expect(outcomesIn(repaired)).toEqual([stopped, stopped]);
      expect(repaired.findings.map(({ outcome }) => outcome)).toEqual(['skipped_stopped', 'skipped_stopped']);
      expect(repaired).toMatchObject({ hasLease, otherWriters: 'not_looked_for', record: undefined });
      if (historyFailure === undefined) expect(repaired.historyFailure).toBeNull();
      else expect(repaired.historyFailure).toContain(historyFailure);
      expect(sent).toEqual([]);
    },
  );
});

describe('a run that writes', () => {
  it('a run that writes stores its record and waits for the log of the tenant', async () => {
    const { repaired, sent, slept, steps } = await repairWith({});
    expect(outcomesIn(repaired)).toEqual(['remediated', 'remediated']);
    expect(repaired).toMatchObject({ hasLease: true, historyFailure: null, otherWriters: 'none_seen' });
    expect(repaired.record).toBeDefined();
    expect([sent, slept]).toEqual([['con_1', 'con_2'], [5_000]]);
    expect(steps.at(-1)).toEqual({ kind: 'log_awaited', milliseconds: 5_000 });
  });

  it('a finding that is not planned does not change and is not shown for approval', async () => {
    const exempt: Finding = { ...judgeFake(REST, POLICY), outcome: 'skipped_exempt' };
    const shown: string[] = [];
    const approve = async (planned: readonly Finding[]) => {
      shown.push(...planned.map(({ connection }) => connection.id));
      return undefined;
    };
    const { repaired, sent } = await repairWith({ more: [exempt], change: { approve } });
    expect(repaired.findings[2]).toBe(exempt);
    expect([shown, sent]).toEqual([
      ['con_1', 'con_2'],
      ['con_1', 'con_2'],
    ]);
  });

  it('a run continues if its record is already stored because the answer was lost', async () => {
    const prepare = async (store: MemoryStore) => {
      await createHistory(store, TENANT).writeRun(recordOf('planned', []), undefined);
    };
    const { repaired } = await repairWith({ prepare });
    expect(outcomesIn(repaired)).toEqual(['remediated', 'remediated']);
  });

  it('a run without a progress callback finds its own write in the log', async () => {
    const ours: LoggedWrite = {
      ...{ connectionId: 'con_1', at: NOW, correlationId: RUN, channel: 'api', email: null, clientName: null },
      ...{ clientId: null, address: null, userAgent: null },
    };
    const answer = () => ({ kind: 'unknown', message: 'PATCH: no answer.' }) as const;
    const { repaired } = await repairWith({ behaviour: { answer, log: [ours] }, change: { progress: undefined } });
    expect(repaired.findings[0]?.outcome).toBe('failed_verification');
  });

  it('a run without the scope for the log does not read the log', async () => {
    const { repaired, slept } = await repairWith({ change: { mayReadLogs: false } });
    expect([repaired.otherWriters, outcomesIn(repaired), slept]).toEqual([
      'no_scope',
      ['remediated', 'remediated'],
      [],
    ]);
  });

  it('a run that wrote nothing does not read the log', async () => {
    const { repaired, slept } = await repairWith({ change: { isInterrupted: () => true } });
    expect([repaired.otherWriters, outcomesIn(repaired), slept]).toEqual([
      'not_looked_for',
      ['interrupted', 'interrupted'],
      [],
    ]);
  });

  it('a write without an answer is searched in the log, and without the log it is not verified', async () => {
    const behaviour: Behaviour = { answer: () => ({ kind: 'unknown', message: 'PATCH: no answer.' }) };
    const { repaired, slept } = await repairWith({ behaviour });
    expect([repaired.otherWriters, slept]).toEqual(['none_seen', [5_000]]);
    expect(repaired.findings[0]?.outcome).toBe('failed');
    const unread = await repairWith({ behaviour, change: { mayReadLogs: false } });
    expect(unread.repaired.findings[0]?.outcome).toBe('failed_verification');
  });
});
