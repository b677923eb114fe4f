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

/** A tenant whose log holds one write, and what was asked of the log. */
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
  ])('is named as $names where withoutPeople is $withoutPeople', async ({ withoutPeople, names }) => {
    const { tenant } = tenantWith({ connectionId: 'con_1' });
    const { endings, otherWriters } = await lookForOtherWriters(repaired, tenant, { runId: 'run-1', withoutPeople });
    expect(otherWriters).toBe('seen');
    expect(endings.get('con_1')?.outcome).toBe('failed_verification');
    expect(endings.get('con_1')?.detail).toContain(`a write by ${names} at`);
    expect(JSON.stringify([...endings]).includes('robin@example.invalid')).toBe(!withoutPeople);
  });

  it('is none where it wrote to another connection', async () => {
    const { tenant } = tenantWith({ connectionId: 'con_2' });
    const { endings, otherWriters } = await lookForOtherWriters(repaired, tenant, RUN);
    expect([otherWriters, endings.get('con_1')?.outcome]).toEqual(['none_seen', 'remediated']);
  });
});

describe('the window of a repair', () => {
  // The write was answered at AT + 50, 100 ms after the read; the clocks may disagree by two seconds.
  it.each([
    { at: AT - 2_051, otherWriters: 'none_seen' },
    { at: AT - 2_050, otherWriters: 'seen' },
    { at: AT + 2_050, otherWriters: 'seen' },
    { at: AT + 2_051, otherWriters: 'none_seen' },
  ])('has the writer at $at: $otherWriters', async ({ at, otherWriters }) => {
    const { tenant } = tenantWith({ connectionId: 'con_1', at });
    expect((await lookForOtherWriters(repaired, tenant, RUN)).otherWriters).toBe(otherWriters);
  });

  it('is asked of the log from the first to the last of the run', async () => {
    const later = { ...change, writtenAt: new Date(AT + 9_000).toISOString() };
    const both = new Map([...repaired, ['con_2', endWith(ending('remediated', { change: later }))] as const]);
    const { tenant, asked } = tenantWith({ connectionId: 'con_3' });
    await lookForOtherWriters(both, tenant, RUN);
    expect(asked).toEqual([{ from: AT - 2_050, to: AT + 11_000 }]);
  });

  it('has a writer where one of two repairs has, and is asked with a margin where one of two is in doubt', async () => {
    const both = new Map([...repaired, ['con_2', endWith(ending('remediated', { change }))] as const]);
    const seen = await lookForOtherWriters(both, tenantWith({ connectionId: 'con_2' }).tenant, RUN);
    expect(seen.otherWriters).toBe('seen');
    const mixed = new Map([...repaired, ['con_2', { ...endWith(ending('failed')), doubt: change }] as const]);
    const { tenant, asked } = tenantWith({ connectionId: 'con_3' });
    await lookForOtherWriters(mixed, tenant, RUN);
    expect(asked).toEqual([{ from: AT - 62_050, to: AT + 62_050 }]);
  });

  it('is none where nothing was written, and the log is not asked', async () => {
    const { tenant, asked } = tenantWith({ connectionId: 'con_1' });
    const gone = new Map([['con_1', endWith(ending('gone'))]]);
    const observed = await lookForOtherWriters(gone, tenant, RUN);
    expect(observed).toEqual({ endings: new Map([['con_1', ending('gone')]]), otherWriters: 'not_looked_for' });
    expect(asked).toEqual([]);
  });

  it('names when the other writer wrote, and leaves the record of the repair', async () => {
    const { tenant } = tenantWith({ connectionId: 'con_1' });
    const { endings } = await lookForOtherWriters(repaired, tenant, RUN);
    expect(endings.get('con_1')).toMatchObject({
      change,
      detail:
        "The tenant's log shows a write by robin@example.invalid at 2026-11-23T04:30:03.000Z, while it was being repaired: that edit may be lost.",
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

  it('leaves a repair as it ended, and a write that got no answer is not verified', async () => {
    const attempts = new Map([...repaired, ['con_2', { ...endWith(ending('failed')), doubt: change }] as const]);
    const tenant = failing(new TenantFailure('no_answer', 'GET: no answer.'));
    const { endings, otherWriters } = await lookForOtherWriters(attempts, tenant, RUN);
    expect(otherWriters).toBe('log_unreadable');
    expect(endings.get('con_1')).toEqual(ending('remediated', { change }));
    expect(endings.get('con_2')).toEqual(
      ending('failed_verification', {
        change,
        detail:
          "The write may have been made, or be made later; the tenant's log, which would tell, could not be read.",
      }),
    );
  });

  it('for a cause that nobody expected ends the look-up with that cause', async () => {
    await expect(lookForOtherWriters(repaired, failing(new RangeError('unexpected')), RUN)).rejects.toThrow(RangeError);
  });
});

describe('a write that got no answer and was not seen', () => {
  const ROWS: readonly [claim: string, logged: Logged, outcome: string, otherWriters: string][] = [
    [
      'is found in the log by the run id',
      { connectionId: 'con_1', correlationId: 'run-1' },
      'failed_verification',
      'none_seen',
    ],
    [
      'is found in the log, though its clock is a minute late',
      { connectionId: 'con_1', correlationId: 'run-1', at: AT + 60_000 },
      'failed_verification',
      'none_seen',
    ],
    [
      'stays failed where the run wrote to another connection only',
      { connectionId: 'con_2', correlationId: 'run-1' },
      'failed',
      'none_seen',
    ],
    [
      'stays failed, and is no other writer of a repair, where another writer wrote',
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

  it('keeps what the attempt said beside what the log shows', async () => {
    const attempts = new Map([['con_1', { ...endWith(ending('failed', { detail: 'No answer.' })), doubt: change }]]);
    const { tenant } = tenantWith({ connectionId: 'con_1', correlationId: 'run-1' });
    const { endings } = await lookForOtherWriters(attempts, tenant, RUN);
    expect(endings.get('con_1')?.detail).toBe("No answer. The tenant's log shows that the write was made.");
  });

  it('is looked for a minute to both sides, by any clock', async () => {
    const { tenant, asked } = tenantWith({ connectionId: 'con_2' });
    await lookForOtherWriters(repaired, tenant, RUN);
    await lookForOtherWriters(inDoubt, tenant, RUN);
    const [near, far] = asked;
    expect([(near?.from ?? 0) - (far?.from ?? 0), (far?.to ?? 0) - (near?.to ?? 0)]).toEqual([60_000, 60_000]);
  });
});
