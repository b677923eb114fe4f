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

describe('an exemption holds to the end of its day in the time zone of the schedule', () => {
  test.each([
    // [claim, expires, now, time zone, status]
    ['the day before', '2026-11-23', '2026-11-22T23:59:59Z', 'UTC', 'active'],
    ['the first second of the day', '2026-11-23', '2026-11-23T00:00:00Z', 'UTC', 'active'],
    ['the last second of the day', '2026-11-23', '2026-11-23T23:59:59.999Z', 'UTC', 'active'],
    ['the first second after', '2026-11-23', '2026-11-24T00:00:00Z', 'UTC', 'grace'],
    ['east of UTC the day ends earlier', '2026-11-23', '2026-11-23T15:00:00Z', 'Asia/Tokyo', 'grace'],
    ['and holds until then', '2026-11-23', '2026-11-23T14:59:59.999Z', 'Asia/Tokyo', 'active'],
    ['west of UTC the day ends later', '2026-11-23', '2026-11-24T07:59:59.999Z', 'America/Los_Angeles', 'active'],
    ['and then ends', '2026-11-23', '2026-11-24T08:00:00Z', 'America/Los_Angeles', 'grace'],
    ['a zone fourteen hours ahead', '2026-11-23', '2026-11-23T10:00:00Z', 'Pacific/Kiritimati', 'grace'],
    ['a zone of a quarter of an hour', '2026-11-23', '2026-11-23T18:15:00Z', 'Asia/Kathmandu', 'grace'],
    ['a quarter of an hour before', '2026-11-23', '2026-11-23T18:14:59Z', 'Asia/Kathmandu', 'active'],
    ['a leap day is a day', '2028-02-29', '2028-02-29T23:59:59Z', 'UTC', 'active'],
    ['and ends', '2028-02-29', '2028-03-01T00:00:00Z', 'UTC', 'grace'],
    ['the day before a leap day is not the last of February', '2028-02-28', '2028-02-29T00:00:00Z', 'UTC', 'grace'],
    ['the 23-hour day of spring ends an hour sooner', '2026-03-29', '2026-03-29T21:59:59Z', 'Europe/Berlin', 'active'],
    ['and then ends', '2026-03-29', '2026-03-29T22:00:00Z', 'Europe/Berlin', 'grace'],
    ['the 25-hour day of autumn ends an hour later', '2026-10-25', '2026-10-25T22:59:59Z', 'Europe/Berlin', 'active'],
    ['and then ends', '2026-10-25', '2026-10-25T23:00:00Z', 'Europe/Berlin', 'grace'],
    ['a day that begins at one o’clock (no midnight)', '2024-04-25', '2024-04-25T21:59:59Z', 'Africa/Cairo', 'active'],
    ['and the one o’clock after it', '2024-04-25', '2024-04-25T22:00:00Z', 'Africa/Cairo', 'grace'],
    ['the year turns', '2026-12-31', '2026-12-31T23:00:00Z', 'Europe/Berlin', 'grace'],
    ['the last day of grace', '2026-11-16', '2026-11-23T23:59:59Z', 'UTC', 'grace'],
    ['the day after the grace', '2026-11-16', '2026-11-24T00:00:00Z', 'UTC', 'expired'],
    ['grace over a leap day', '2028-02-25', '2028-03-03T12:00:00Z', 'UTC', 'grace'],
    ['and its end', '2028-02-25', '2028-03-04T00:00:00Z', 'UTC', 'expired'],
  ])('%s: %s at %s in %s is %s', (_claim, expires, now, timeZone, status) => {
    const policy = compiled(withExemptions(until(expires)), Date.parse(now), timeZone);
    expect(exemptionsOf(policy.exemptions, connectionWith()).map((found) => found.status)).toEqual([status]);
  });

  test.each([
    [0, '2026-11-22', 'expired'],
    [1, '2026-11-22', 'grace'],
    [30, '2026-10-24', 'grace'],
    [30, '2026-10-23', 'expired'],
  ])('with %d days of grace, %s is %s', (graceDays, expires, status) => {
    const policy = compiled({ ...withExemptions(until(expires)), graceDays });
    expect(exemptionsOf(policy.exemptions, connectionWith())[0]?.status).toBe(status);
  });

  test('days are counted as people count them, in every zone', () => {
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

describe('which connections an exemption names', () => {
  test.each<readonly [string, Pick<Exemption, 'id' | 'name'>, Partial<Connection>, boolean]>([
    ['the id', { id: 'con_1' }, {}, true],
    ['another id', { id: 'con_2' }, {}, false],
    ['an id is not a glob', { id: 'con_*' }, {}, false],
    ['an id is not a name', { id: 'acme' }, {}, false],
    ['the name', { name: 'acme' }, {}, true],
    ['a part of the name', { name: 'acm' }, {}, false],
    ['a glob', { name: 'ac*' }, {}, true],
    ['a glob that ends elsewhere', { name: '*c' }, {}, false],
    ['a glob longer than the name', { name: 'acme-eu-*' }, {}, false],
    ['another case', { name: 'Acme' }, {}, false],
    ['the display name', { name: 'Acme Inc.' }, { displayName: 'Acme Inc.' }, false],
  ])('%s', (_claim, target, parts, expected) => {
    const policy = compiled(withExemptions(until('2027-01-01', target)));
    expect(exemptionsOf(policy.exemptions, connectionWith(parts)).length === 1).toBe(expected);
  });

  test('of several, the one that lasts longest counts', () => {
    const policy = compiled(
      withExemptions(until('2026-11-01'), until('2026-12-24', { name: 'acme' }), until('2026-12-01', { name: 'a*' })),
    );
    expect(exemptionsOf(policy.exemptions, connectionWith()).map(({ exemption }) => exemption.expires)).toEqual([
      '2026-12-24',
      '2026-12-01',
      '2026-11-01',
    ]);
  });

  test('the index finds what reading all of them would find', () => {
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

describe('in a finding', () => {
  const drifted = connectionWith({}, { rootAttributes: each });

  test.each<readonly [string, Policy, Connection, string, boolean]>([
    ['without an exemption a repair is planned', withExemptions(), drifted, 'planned', false],
    ['an exempt connection is not repaired', withExemptions(until('2026-11-23')), drifted, 'skipped_exempt', true],
    [
      'in the days of grace it is no longer exempt, and not repaired',
      withExemptions(until('2026-11-22')),
      drifted,
      'skipped_grace',
      false,
    ],
    ['after them it is', withExemptions(until('2026-11-15')), drifted, 'planned', false],
    [
      'a rule may say that nothing is repaired',
      { default: { expect: 'on_first_login', remediate: false } },
      drifted,
      'skipped_rule',
      false,
    ],
    [
      'what only a person can repair is unsafe, exempt or not',
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
