import { setImmediate as nextTurn } from 'node:timers/promises';
import type { WriteAnswer } from '../../lambda/connection/tenant';
import { createHistory } from '../../lambda/history/keep';
import type { StopReason } from '../../lambda/judge/outcome';
import { carryOut } from '../../lambda/repair/carry-out';
import type { RepairContext } from '../../lambda/repair/repair-context';
import type { Step } from '../../lambda/repair/step';
import { DEFAULT_QUARANTINE } from '../../lambda/settings';
import { compiled } from '../connection/sample-connection';
import { createMemoryStore } from '../history/memory-store';
import { recordOf, TENANT } from '../history/sample-record';
import { type Behaviour, connectionOf, createFakeTenant, judgeFake } from './fake-tenant';

const POLICY = compiled({ default: { expect: 'on_first_login' } });

/** Connections of different shapes: `flagged` has a field that is sent back and is in no recorded write of oidc. */
const KINDS = { plain: {}, flagged: { is_domain_connection: true }, okta: { strategy: 'okta' } } as const;
type Kind = keyof typeof KINDS;

interface MayWrite {
  readonly mayWrite?: () => Promise<StopReason | undefined>;
}

/** Carries out the repairs of connections of these kinds, in this order: `con_0`, `con_1` and so on. */
async function carryOutOf(
  kinds: readonly Kind[],
  behaviour: Behaviour = {},
  { mayWrite = async () => undefined, ...change }: Partial<Omit<RepairContext, 'mayWrite'>> & MayWrite = {},
) {
  const connections = kinds.map((kind, index) => connectionOf(`con_${index}`, null, KINDS[kind]));
  let underWay = 0;
  /** The number of repairs in progress when each write was sent, by connection id. */
  const together = new Map<string, number>();
  const answer = async (id: string): Promise<WriteAnswer | undefined> => {
    underWay += 1;
    await nextTurn();
    together.set(id, underWay);
    await nextTurn();
    underWay -= 1;
    return behaviour.answer?.(id);
  };
  const { tenant, sent } = createFakeTenant(connections, { ...behaviour, answer });
  const context: RepairContext = {
    runId: 'run-1',
    tenant,
    history: createHistory(createMemoryStore(), TENANT),
    policy: POLICY,
    quarantine: DEFAULT_QUARANTINE,
    retry: new Set(),
    withoutPeople: false,
    mayReadLogs: false,
    plannedRecord: recordOf('planned', []),
    approve: async () => undefined,
    mayWrite: async () => 'allow',
    isInterrupted: () => false,
    now: () => 0,
    sleep: async () => undefined,
    stopAt: 1_000,
    overBy: 2_000,
    ...change,
  };
  const attempts = await carryOut(
    connections.map((connection) => judgeFake(connection, POLICY)),
    context,
    mayWrite,
  );
  return { attempts, sent, together: sent.map((id) => together.get(id)) };
}

const refused = { kind: 'refused', message: 'PATCH: 400', words: 'Invalid.', concerns: 'connection' } as const;
const many = (count: number): readonly Kind[] => Array.from({ length: count }, () => 'plain');

describe('a plan', () => {
  it('a plan ends for each of its connections, and the progress shows how many are left', async () => {
    const steps: Step[] = [];
    const progress = (step: Step) => {
      steps.push(step);
    };
    const { attempts } = await carryOutOf(['plain', 'plain', 'plain'], {}, { progress });
    expect([...attempts].map(([id, { ending }]) => [id, ending.outcome])).toEqual([
      ['con_0', 'remediated'],
      ['con_1', 'remediated'],
      ['con_2', 'remediated'],
    ]);
    expect(steps).toEqual([
      { kind: 'repaired', done: 1, left: 2 },
      { kind: 'repaired', done: 2, left: 1 },
      { kind: 'repaired', done: 3, left: 0 },
    ]);
  });

  it('a plan repairs the first connection alone, then up to eight in parallel', async () => {
    const { together } = await carryOutOf(many(20));
    expect([together[0], Math.max(...together.map(Number))]).toEqual([1, 8]);
  });

  it.each<[claim: string, kinds: readonly Kind[], failing: string, together: readonly number[]]>([
    ['a plan repairs connections of a proven shape in parallel', ['plain', 'plain', 'plain'], '', [1, 2, 2]],
    [
      'a plan proves each shape by one repair, then repairs the others of that shape in parallel',
      ['plain', 'plain', 'plain', 'flagged', 'flagged', 'flagged'],
      '',
      [1, 2, 2, 1, 2, 2],
    ],
    [
      'a plan does not prove a shape a second time after another shape',
      ['plain', 'flagged', 'plain', 'plain'],
      '',
      [1, 1, 2, 2],
    ],
    [
      'a plan proves a shape by a later repair if the first one was refused',
      ['plain', 'plain', 'plain', 'plain'],
      'con_0',
      [1, 1, 2, 2],
    ],
    [
      'a plan proves a shape after another shape if all earlier repairs were refused',
      ['plain', 'flagged', 'plain', 'plain'],
      'con_0',
      [1, 1, 1, 1],
    ],
  ])('%s', async (_, kinds, failing, expected) => {
    const { together } = await carryOutOf(kinds, { answer: (id) => (id === failing ? refused : undefined) });
    expect(together).toEqual(expected);
  });
});

describe('the stop of a plan', () => {
  const reasonsIn = ({ attempts }: Awaited<ReturnType<typeof carryOutOf>>) =>
    Object.fromEntries([...attempts].map(([id, { ending }]) => [id, ending.stopped ?? ending.outcome]));

  it('a plan without permission to write stops before its first read', async () => {
    const read: string[] = [];
    const onRead = (id: string) => {
      read.push(id);
    };
    const carried = await carryOutOf(['plain', 'plain'], { onRead }, { mayWrite: async () => 'kill_switch' });
    expect(reasonsIn(carried)).toEqual({ con_0: 'kill_switch', con_1: 'kill_switch' });
    expect([read, carried.sent]).toEqual([[], []]);
  });

  it('a plan stops a strategy whose first repair fails, and continues with another strategy', async () => {
    const answer = (id: string) =>
      id === 'con_0' ? ({ kind: 'unknown', message: 'PATCH: no answer.' } as const) : undefined;
    const carried = await carryOutOf(['plain', 'plain', 'okta', 'okta'], { answer });
    expect(reasonsIn(carried)).toEqual({ con_0: 'failed', con_1: 'canary', con_2: 'remediated', con_3: 'remediated' });
  });

  it('a plan stops a strategy after Auth0 refuses three of its connections', async () => {
    const carried = await carryOutOf(many(4), { answer: () => refused });
    expect(reasonsIn(carried)).toEqual({ con_0: 'failed', con_1: 'failed', con_2: 'failed', con_3: 'refusals' });
  });

  it('the first repairs of two strategies run in parallel', async () => {
    const { sent, together } = await carryOutOf(['plain', 'okta', 'plain', 'okta']);
    expect([sent.toSorted(), together.slice(0, 2)]).toEqual([
      ['con_0', 'con_1', 'con_2', 'con_3'],
      [2, 2],
    ]);
  });
});

describe('an unexpected error in one repair', () => {
  it.each([
    { thrown: new RangeError('with a secret'), named: 'RangeError' },
    { thrown: 'a secret', named: 'string' },
  ])('an unexpected error ends its repair as not verified and shows only $named', async ({ thrown, named }) => {
    const onRead = (id: string) => {
      if (id === 'con_1') throw thrown;
    };
    const { attempts } = await carryOutOf(['plain', 'plain', 'plain'], { onRead });
    expect(attempts.get('con_1')?.ending).toMatchObject({
      outcome: 'failed_verification',
      detail: `An internal error of the auditor (${named}) ended this repair. What was written is unknown. Please report this error.`,
    });
    expect(attempts.get('con_0')?.ending.outcome).toBe('remediated');
  });
});
