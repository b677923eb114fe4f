import { type Tenant, TenantFailure } from '../../lambda/connection/tenant';
import { ending } from '../../lambda/judge/outcome';
import { type Attempted, endWith } from '../../lambda/repair/attempted';
import { lookForOtherWriters } from '../../lambda/repair/other-writers';
import { changeOf } from '../history/sample-record';

const AT = Date.parse('2026-11-23T04:30:03.000Z');
const RUN = { runId: 'run-1', withoutPeople: false };

interface Logged {
  readonly connectionId: string;
  readonly at?: number;
  readonly correlationId?: string | undefined;
}

/** A tenant whose log contains one write, and the queries of the log. */
function tenantWith({ connectionId, at = AT, correlationId }: Logged) {
  const asked: { from: number; to: number }[] = [];
  const tenant: Tenant = Object({
    async *listWrites(from: number, to: number) {
      asked.push({ from, to });
      yield {
        ...{ connectionId, at, correlationId },
        ...{ channel: 'dashboard', email: 'robin@example.invalid', clientName: null, clientId: null },
        ...{ address: null, userAgent: null },
      };
    },
  });
  return { tenant, asked };
}

const change = { ...changeOf(), windowMs: 100, writtenAt: new Date(AT + 50).toISOString() };
const repaired = new Map<string, Attempted>([['con_1', endWith(ending('remediated', { change }))]]);
const inDoubt = new Map<string, Attempted>([['con_1', { ...endWith(ending('failed')), doubt: change }]]);

describe('another writer inside the window', () => {
  it.each([
    { withoutPeople: false, names: 'robin@example.invalid' },
    { withoutPeople: true, names: 'a person in the Dashboard' },
  ])(
    'another writer in the window is named as $names if withoutPeople is $withoutPeople',
    async ({ withoutPeople, names }) => {
      const { tenant } = tenantWith({ connectionId: 'con_1' });
      const { endings, otherWriters } = await lookForOtherWriters(repaired, tenant, { runId: 'run-1', withoutPeople });
      expect(otherWriters).toBe('seen');
      expect(endings.get('con_1')?.outcome).toBe('failed_verification');
      expect(endings.get('con_1')?.detail).toContain(`a write by ${names} at`);
      expect(JSON.stringify([...endings]).includes('robin@example.invalid')).toBe(!withoutPeople);
    },
  );

  it('a writer to another connection does not count as another writer', async () => {
    const { tenant } = tenantWith({ connectionId: 'con_2' });
    const { endings, otherWriters } = await lookForOtherWriters(repaired, tenant, RUN);
    expect([otherWriters, endings.get('con_1')?.outcome]).toEqual(['none_seen', 'remediated']);
  });
});

describe('the window of a repair', () => {
  // The write was answered at AT + 50, 100 ms after the read. The clocks can differ by two seconds.
  it.each([
    { at: AT - 2_051, otherWriters: 'none_seen' },
    { at: AT - 2_050, otherWriters: 'seen' },
    { at: AT + 2_050, otherWriters: 'seen' },
    { at: AT + 2_051, otherWriters: 'none_seen' },
  ])('a write at $at in relation to the window of a repair is $otherWriters', async ({ at, otherWriters }) => {
    const { tenant } = tenantWith({ connectionId: 'con_1', at });
    expect((await lookForOtherWriters(repaired, tenant, RUN)).otherWriters).toBe(otherWriters);
  });

  it('the query of the log covers the windows of all repairs of the run', async () => {
    const later = { ...change, writtenAt: new Date(AT + 9_000).toISOString() };
    const both = new Map([...repaired, ['con_2', endWith(ending('remediated', { change: later }))] as const]);
    const { tenant, asked } = tenantWith({ connectionId: 'con_3' });
    await lookForOtherWriters(both, tenant, RUN);
    expect(asked).toEqual([{ from: AT - 2_050, to: AT + 11_000 }]);
  });

  it('one of two repairs reports another writer, and the margin of a doubtful write', async () => {
    const both = new Map([...repaired, ['con_2', endWith(ending('remediated', { change }))] as const]);
    const seen = await lookForOtherWriters(both, tenantWith({ connectionId: 'con_2' }).tenant, RUN);
    expect(seen.otherWriters).toBe('seen');
    const mixed = new Map([...repaired, ['con_2', { ...endWith(ending('failed')), doubt: change }] as const]);
    const { tenant, asked } = tenantWith({ connectionId: 'con_3' });
    await lookForOtherWriters(mixed, tenant, RUN);
    expect(asked).toEqual([{ from: AT - 62_050, to: AT + 62_050 }]);
  });

  it('a run that wrote nothing does not query the log', async () => {
    const { tenant, asked } = tenantWith({ connectionId: 'con_1' });
    const gone = new Map([['con_1', endWith(ending('gone'))]]);
    const observed = await lookForOtherWriters(gone, tenant, RUN);
    expect(observed).toEqual({ endings: new Map([['con_1', ending('gone')]]), otherWriters: 'not_looked_for' });
    expect(asked).toEqual([]);
  });

  it('the detail contains the time of the other write, and the record of the repair does not change', async () => {
    const { tenant } = tenantWith({ connectionId: 'con_1' });
    const { endings } = await lookForOtherWriters(repaired, tenant, RUN);
    expect(endings.get('con_1')).toMatchObject({
      change,
      detail:
        "The tenant's log shows a write by robin@example.invalid at 2026-11-23T04:30:03.000Z, during the repair of this connection. That edit might be lost.",
    });
  });
});

describe('a log that cannot be read', () => {
  const failing = (error: unknown): Tenant =>
    Object({
      async *listWrites() {
        yield* [];
        throw error;
      },
    });

  it('an unreadable log changes no verified repair, and a write without an answer is not verified', async () => {
    const attempts = new Map([...repaired, ['con_2', { ...endWith(ending('failed')), doubt: change }] as const]);
    const tenant = failing(new TenantFailure('no_answer', 'GET: no answer.'));
    const { endings, otherWriters } = await lookForOtherWriters(attempts, tenant, RUN);
    expect(otherWriters).toBe('log_unreadable');
    expect(endings.get('con_1')).toEqual(ending('remediated', { change }));
    expect(endings.get('con_2')).toEqual(
      ending('failed_verification', {
        change,
        detail:
          "The write might have been made, or might be made later. The tenant's log would show it, but could not be read.",
      }),
    );
  });

  it('an unexpected error in the read of the log is thrown', async () => {
    await expect(lookForOtherWriters(repaired, failing(new RangeError('unexpected')), RUN)).rejects.toThrow(RangeError);
  });
});

describe('a write without an answer that a second read does not show', () => {
  const ROWS: readonly [claim: string, logged: Logged, outcome: string, otherWriters: string][] = [
    [
      'a write without an answer is found in the log by the run id',
      { connectionId: 'con_1', correlationId: 'run-1' },
      'failed_verification',
      'none_seen',
    ],
    [
      'a write without an answer is found in the log with a clock one minute late',
      { connectionId: 'con_1', correlationId: 'run-1', at: AT + 60_000 },
      'failed_verification',
      'none_seen',
    ],
    [
      'a write without an answer stays failed if the log shows only another connection',
      { connectionId: 'con_2', correlationId: 'run-1' },
      'failed',
      'none_seen',
    ],
    [
      'a write without an answer stays failed if the log shows only another writer',
      { connectionId: 'con_1' },
      'failed',
      'none_seen',
    ],
  ];
  it.each(ROWS)('%s', async (_, logged, outcome, otherWriters) => {
    const found = await lookForOtherWriters(inDoubt, tenantWith(logged).tenant, RUN);
    expect(found.otherWriters).toBe(otherWriters);
    const reached = found.endings.get('con_1');
    expect(reached?.outcome).toBe(outcome);
    expect(reached?.change).toEqual(outcome === 'failed' ? null : change);
    expect(reached?.detail).toBe(outcome === 'failed' ? null : "The tenant's log shows that the write was made.");
  });

  it('the detail contains the message of the attempt and the result from the log', async () => {
    const attempts = new Map([['con_1', { ...endWith(ending('failed', { detail: 'No answer.' })), doubt: change }]]);
    const { tenant } = tenantWith({ connectionId: 'con_1', correlationId: 'run-1' });
    const { endings } = await lookForOtherWriters(attempts, tenant, RUN);
    expect(endings.get('con_1')?.detail).toBe("No answer. The tenant's log shows that the write was made.");
  });

  it('the query for a doubtful write has a margin of one minute on both sides', async () => {
    const { tenant, asked } = tenantWith({ connectionId: 'con_2' });
    await lookForOtherWriters(repaired, tenant, RUN);
    await lookForOtherWriters(inDoubt, tenant, RUN);
    const [near, far] = asked;
    expect([(near?.from ?? 0) - (far?.from ?? 0), (far?.to ?? 0) - (near?.to ?? 0)]).toEqual([60_000, 60_000]);
  });
});
