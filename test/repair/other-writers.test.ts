import type { Tenant } from '../../lambda/connection/tenant';
import { type Ending, ending } from '../../lambda/judge/outcome';
import { lookForOtherWriters } from '../../lambda/repair/other-writers';
import { changeOf } from '../history/sample-record';

const AT = Date.parse('2026-11-23T04:30:03.000Z');

function tenantWith(connectionId: string): Tenant {
  return Object({
    async *listWrites() {
      yield {
        connectionId,
        at: AT,
        correlationId: undefined,
        channel: 'dashboard',
        email: 'robin@example.invalid',
        clientName: null,
        clientId: null,
        address: null,
        userAgent: null,
      };
    },
  });
}

const repaired = (): ReadonlyMap<string, Ending> => {
  const change = { ...changeOf(), windowMs: 100, writtenAt: new Date(AT + 50).toISOString() };
  return new Map([['con_1', ending('remediated', { change })]]);
};

describe('another writer inside the window', () => {
  it.each([
    { withoutPeople: false, names: 'robin@example.invalid' },
    { withoutPeople: true, names: 'a person in the Dashboard' },
  ])('is named as $names where withoutPeople is $withoutPeople', async ({ withoutPeople, names }) => {
    const { endings, otherWriters } = await lookForOtherWriters(repaired(), tenantWith('con_1'), {
      runId: 'run-1',
      withoutPeople,
    });
    expect(otherWriters).toBe('seen');
    expect(endings.get('con_1')?.outcome).toBe('failed_verification');
    expect(endings.get('con_1')?.detail).toContain(`a write by ${names} at`);
    expect(JSON.stringify([...endings]).includes('robin@example.invalid')).toBe(!withoutPeople);
  });

  it('is none where it wrote to another connection', async () => {
    const about = { runId: 'run-1', withoutPeople: false };
    const { endings, otherWriters } = await lookForOtherWriters(repaired(), tenantWith('con_2'), about);
    expect([otherWriters, endings.get('con_1')?.outcome]).toEqual(['none_seen', 'remediated']);
  });
});
