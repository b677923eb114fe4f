import fc from 'fast-check';
import type { Connection } from '../../lambda/connection/connection';
import { explain } from '../../lambda/judge/explain';
import { dateOf, dayAt, dayOf } from '../../lambda/policy/days';
import { exemptionsOf } from '../../lambda/policy/exemptions';
import { compileGlob } from '../../lambda/policy/glob';
import type { Exemption, Policy } from '../../lambda/policy/policy';
import { compiled, connectionWith, each } from '../connection/sample-connection';
import { anyConnection, anyPolicy } from './arbitrary';

const permission = { reason: 'Migration.', owner: 'ann', ticket: 'ID-1' };
const until = (expires: string, target: Pick<Exemption, 'id' | 'name'> = { id: 'con_1' }): Exemption => ({
  ...target,
  ...permission,
  expires,
});
const withExemptions = (...exemptions: Exemption[]): Policy => ({ default: { expect: 'on_first_login' }, exemptions });

describe('the last day of an exemption, in the time zone of the schedule', () => {
  test.each([
    // [claim, expires, now, time zone, status]
    ['last second before the last day', '2026-11-23', '2026-11-22T23:59:59Z', 'UTC', 'active'],
    ['first second of the last day', '2026-11-23', '2026-11-23T00:00:00Z', 'UTC', 'active'],
    ['last second of the last day', '2026-11-23', '2026-11-23T23:59:59.999Z', 'UTC', 'active'],
    ['first second after the last day', '2026-11-23', '2026-11-24T00:00:00Z', 'UTC', 'grace'],
    ['first second after the last day, east of UTC', '2026-11-23', '2026-11-23T15:00:00Z', 'Asia/Tokyo', 'grace'],
    ['last second of the last day, east of UTC', '2026-11-23', '2026-11-23T14:59:59.999Z', 'Asia/Tokyo', 'active'],
    [
      'last second of the last day, west of UTC',
      '2026-11-23',
      '2026-11-24T07:59:59.999Z',
      'America/Los_Angeles',
      'active',
    ],
    [
      'first second after the last day, west of UTC',
      '2026-11-23',
      '2026-11-24T08:00:00Z',
      'America/Los_Angeles',
      'grace',
    ],
    [
      'first second after the last day, offset of 14 hours',
      '2026-11-23',
      '2026-11-23T10:00:00Z',
      'Pacific/Kiritimati',
      'grace',
    ],
    [
      'first second after the last day, offset of 5:45 hours',
      '2026-11-23',
      '2026-11-23T18:15:00Z',
      'Asia/Kathmandu',
      'grace',
    ],
    [
      'last second of the last day, offset of 5:45 hours',
      '2026-11-23',
      '2026-11-23T18:14:59Z',
      'Asia/Kathmandu',
      'active',
    ],
    ['last second of a leap day', '2028-02-29', '2028-02-29T23:59:59Z', 'UTC', 'active'],
    ['first second after a leap day', '2028-02-29', '2028-03-01T00:00:00Z', 'UTC', 'grace'],
    ['first second of a leap day', '2028-02-28', '2028-02-29T00:00:00Z', 'UTC', 'grace'],
    ['last second of a 23-hour day', '2026-03-29', '2026-03-29T21:59:59Z', 'Europe/Berlin', 'active'],
    ['first second after a 23-hour day', '2026-03-29', '2026-03-29T22:00:00Z', 'Europe/Berlin', 'grace'],
    ['last second of a 25-hour day', '2026-10-25', '2026-10-25T22:59:59Z', 'Europe/Berlin', 'active'],
    ['first second after a 25-hour day', '2026-10-25', '2026-10-25T23:00:00Z', 'Europe/Berlin', 'grace'],
    ['last second before a day that begins at 01:00', '2024-04-25', '2024-04-25T21:59:59Z', 'Africa/Cairo', 'active'],
    ['first second of a day that begins at 01:00', '2024-04-25', '2024-04-25T22:00:00Z', 'Africa/Cairo', 'grace'],
    ['first second of a new year', '2026-12-31', '2026-12-31T23:00:00Z', 'Europe/Berlin', 'grace'],
    ['last day of the grace period', '2026-11-16', '2026-11-23T23:59:59Z', 'UTC', 'grace'],
    ['day after the grace period', '2026-11-16', '2026-11-24T00:00:00Z', 'UTC', 'expired'],
    ['last day of a grace period over a leap day', '2028-02-25', '2028-03-03T12:00:00Z', 'UTC', 'grace'],
    ['day after a grace period over a leap day', '2028-02-25', '2028-03-04T00:00:00Z', 'UTC', 'expired'],
  ])('an exemption (%s) until %s, at %s in %s, is %s', (_claim, expires, now, timeZone, status) => {
    const policy = compiled(withExemptions(until(expires)), Date.parse(now), timeZone);
    expect(exemptionsOf(policy.exemptions, connectionWith()).map((found) => found.status)).toEqual([status]);
  });

  test.each([
    [0, '2026-11-22', 'expired'],
    [1, '2026-11-22', 'grace'],
    [30, '2026-10-24', 'grace'],
    [30, '2026-10-23', 'expired'],
  ])(
    'the status of an exemption with a grace period of %d days and the last day %s is %s',
    (graceDays, expires, status) => {
      const policy = compiled({ ...withExemptions(until(expires)), graceDays });
      expect(exemptionsOf(policy.exemptions, connectionWith())[0]?.status).toBe(status);
    },
  );

  test('days are counted as calendar days in every time zone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40_000 }),
        fc.constantFrom('UTC', 'Europe/Berlin', 'Pacific/Apia'),
        (day, zone) => {
          expect(dayOf(dateOf(day))).toBe(day);
          expect(Math.abs(dayAt(day * 86_400_000, zone) - day)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe('the connections of an exemption', () => {
  test.each<readonly [string, Pick<Exemption, 'id' | 'name'>, Partial<Connection>, boolean]>([
    ['an exemption by id applies', { id: 'con_1' }, {}, true],
    ['an exemption by another id does not apply', { id: 'con_2' }, {}, false],
    ['an exemption by id does not read the id as a glob', { id: 'con_*' }, {}, false],
    ['an exemption by id does not read the name', { id: 'acme' }, {}, false],
    ['an exemption by name applies', { name: 'acme' }, {}, true],
    ['an exemption by a part of the name does not apply', { name: 'acm' }, {}, false],
    ['an exemption by a glob applies', { name: 'ac*' }, {}, true],
    ['an exemption by a glob with another end does not apply', { name: '*c' }, {}, false],
    ['an exemption by a glob longer than the name does not apply', { name: 'acme-eu-*' }, {}, false],
    ['an exemption by a name in another case does not apply', { name: 'Acme' }, {}, false],
    ['an exemption by name does not read the display name', { name: 'Acme Inc.' }, { displayName: 'Acme Inc.' }, false],
  ])('%s', (_claim, target, parts, expected) => {
    const policy = compiled(withExemptions(until('2027-01-01', target)));
    expect(exemptionsOf(policy.exemptions, connectionWith(parts)).length === 1).toBe(expected);
  });

  test('the exemption with the latest last day counts if several exemptions apply', () => {
    const policy = compiled(
      withExemptions(until('2026-11-01'), until('2026-12-24', { name: 'acme' }), until('2026-12-01', { name: 'a*' })),
    );
    expect(exemptionsOf(policy.exemptions, connectionWith()).map(({ exemption }) => exemption.expires)).toEqual([
      '2026-12-24',
      '2026-12-01',
      '2026-11-01',
    ]);
  });

  test('the index finds the same exemptions as a search through all exemptions', () => {
    fc.assert(
      fc.property(anyPolicy, anyConnection, (policy, connection) => {
        const slow = (policy.exemptions ?? []).filter(
          ({ id, name }) => id === connection.id || (name !== undefined && compileGlob(name).matches(connection.name)),
        );
        const found = exemptionsOf(compiled(policy).exemptions, connection).map(({ exemption }) => exemption);
        expect(new Set(found)).toEqual(new Set(slow));
        expect(found.length).toBe(slow.length);
      }),
      { numRuns: 500 },
    );
  });
});

describe('an exemption in a finding', () => {
  const drifted = connectionWith({}, { rootAttributes: each });

  test.each<readonly [string, Policy, Connection, string, boolean]>([
    ['a repair is planned for a connection without an exemption', withExemptions(), drifted, 'planned', false],
    ['an exempt connection is not repaired', withExemptions(until('2026-11-23')), drifted, 'skipped_exempt', true],
    [
      'a connection in the grace period is not exempt and not repaired',
      withExemptions(until('2026-11-22')),
      drifted,
      'skipped_grace',
      false,
    ],
    [
      'a repair is planned for a connection after the grace period',
      withExemptions(until('2026-11-15')),
      drifted,
      'planned',
      false,
    ],
    [
      'a rule with remediate: false prevents a repair',
      { default: { expect: 'on_first_login', remediate: false } },
      drifted,
      'skipped_rule',
      false,
    ],
    [
      'a connection that cannot be repaired safely is unsafe, even if it is exempt',
      withExemptions(until('2026-11-23')),
      { ...drifted, strategy: 'new' },
      'skipped_unsafe',
      true,
    ],
  ])('%s', (_claim, policy, connection, outcome, isExempt) => {
    const { finding } = explain(connection, compiled(policy));
    expect(finding).toMatchObject({ verdict: 'noncompliant', code: 'WRONG_VALUE', outcome });
    expect(finding?.exemption).toEqual(isExempt ? { ...permission, expires: '2026-11-23' } : null);
  });
});
