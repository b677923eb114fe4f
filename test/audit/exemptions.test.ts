import fc from 'fast-check';
import { dateOf, dayAt, dayOf } from '../../lambda/audit/days';
import { exemptionsOf } from '../../lambda/audit/exemptions';
import { compileGlob } from '../../lambda/audit/glob';
import type { Exemption, Policy } from '../../lambda/audit/policy';
import type { Connection, Tenant } from '../../lambda/audit/ports';
import type { Report } from '../../lambda/audit/report';
import { runAudit } from '../../lambda/audit/run-audit';
import { anyConnection, anyPolicy } from './arbitrary';
import { compiled, connectionWith, each, first, NOW, never } from './sample-connection';

const permission = { reason: 'Migration.', owner: 'ann', ticket: 'ID-1' };
const until = (expires: string, target: Pick<Exemption, 'id' | 'name'> = { id: 'con_1' }): Exemption => ({
  ...target,
  ...permission,
  expires,
});
const withExemptions = (...exemptions: Exemption[]): Policy => ({ default: { expect: 'on_first_login' }, exemptions });

describe('an exemption holds to the end of its day in the time zone of the schedule', () => {
  test.each([
    // [claim, expires, now, time zone, standing]
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
  ])('%s: %s at %s in %s is %s', (_claim, expires, now, timeZone, standing) => {
    const policy = compiled(withExemptions(until(expires)), Date.parse(now), timeZone);
    expect(exemptionsOf(policy.exemptions, connectionWith()).map((found) => found.standing)).toEqual([standing]);
  });

  test.each([
    [0, '2026-11-22', 'expired'],
    [1, '2026-11-22', 'grace'],
    [30, '2026-10-24', 'grace'],
    [30, '2026-10-23', 'expired'],
  ])('with %d days of grace, %s is %s', (graceDays, expires, standing) => {
    const policy = compiled({ ...withExemptions(until(expires)), graceDays });
    expect(exemptionsOf(policy.exemptions, connectionWith())[0]?.standing).toBe(standing);
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

/** A tenant that holds these connections. What it cannot do, an audit in report mode does not ask of it. */
function tenantOf(connections: readonly Connection[], fails = false): Tenant {
  const unasked = () => Promise.reject(new Error('not asked for in report mode'));
  return {
    access: () => Promise.resolve({ scopes: new Set(['read:connections', 'read:connections_options']) }),
    async *listConnections() {
      yield* connections;
      if (fails) throw new Error('the last page is missing');
    },
    readConnection: unasked,
    writeConnection: unasked,
    listWrites: () => {
      throw new Error('not asked for in report mode');
    },
  };
}

function audit(policy: Policy, connections: readonly Connection[], fails = false, timeZone?: string): Promise<Report> {
  const run = { runId: 'r', environment: 'e', tenant: 't', mode: 'report', policy, timeZone } as const;
  return runAudit(run, { tenant: tenantOf(connections, fails), now: () => NOW });
}

describe('in the report', () => {
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
  ])('%s', async (_claim, policy, connection, outcome, isExempt) => {
    const { findings, summary } = await audit(policy, [connection]);
    expect(findings).toMatchObject([{ verdict: 'noncompliant', code: 'WRONG_VALUE', outcome }]);
    expect(findings[0]?.exemption).toEqual(isExempt ? { ...permission, expires: '2026-11-23' } : null);
    expect(summary).toMatchObject({ noncompliant: 1, exempt: isExempt ? 1 : 0 });
  });

  test('a run judges dates by the time zone it is given', async () => {
    const policy = withExemptions(until('2026-11-23'));
    expect((await audit(policy, [drifted], false, 'Pacific/Kiritimati')).summary.exempt).toBe(0);
    expect((await audit(policy, [drifted], false, 'UTC')).summary.exempt).toBe(1);
  });
});

describe('notices for those who keep the policy', () => {
  const drifted = connectionWith({}, { rootAttributes: each });
  const right = connectionWith({}, { rootAttributes: first });
  const rule = { id: 'saml', match: { strategy: 'samlp' }, expect: 'on_each_login' } as const;

  test.each<readonly [string, Policy, readonly Connection[], readonly object[]]>([
    ['an exemption that is used and far from its end', withExemptions(until('2027-01-31')), [drifted], []],
    [
      'expired, in the days of grace',
      withExemptions(until('2026-11-20')),
      [drifted],
      [{ code: 'EXEMPTION_EXPIRED', graceUntil: '2026-11-27' }],
    ],
    [
      'expired before',
      withExemptions(until('2026-11-01')),
      [drifted],
      [{ code: 'EXEMPTION_EXPIRED', graceUntil: null }],
    ],
    [
      'expiring in fourteen days',
      withExemptions(until('2026-12-07')),
      [drifted],
      [{ code: 'EXEMPTION_EXPIRING', daysLeft: 14 }],
    ],
    ['not yet expiring', withExemptions(until('2026-12-08')), [drifted], []],
    ['expiring today', withExemptions(until('2026-11-23')), [drifted], [{ code: 'EXEMPTION_EXPIRING', daysLeft: 0 }]],
    [
      'as many days before as the policy says',
      { ...withExemptions(until('2026-12-23')), noticeDays: 30 },
      [drifted],
      [{ code: 'EXEMPTION_EXPIRING', daysLeft: 30 }],
    ],
    ['unused', withExemptions(until('2027-01-31', { id: 'con_9' })), [drifted], [{ code: 'EXEMPTION_UNUSED' }]],
    [
      'not needed, since the connection complies',
      withExemptions(until('2027-01-31')),
      [right],
      [{ code: 'EXEMPTION_NOT_NEEDED' }],
    ],
    [
      'not needed, since the setting does not apply',
      withExemptions(until('2027-01-31')),
      [connectionWith({ strategy: 'sms' })],
      [{ code: 'EXEMPTION_NOT_NEEDED' }],
    ],
    [
      'needed by one of those that it names',
      withExemptions(until('2027-01-31', { name: 'a*' })),
      [right, { ...drifted, id: 'con_2', name: 'ab' }, { ...right, id: 'con_3' }],
      [],
    ],
    [
      'perhaps needed by one that cannot be seen',
      withExemptions(until('2027-01-31')),
      [{ ...right, options: { visibility: 'hidden' } }],
      [],
    ],
    [
      'a rule that matched nothing, and who only the default covered',
      { rules: [rule], default: { expect: 'on_first_login' } },
      [right],
      [
        { code: 'RULE_MATCHED_NOTHING', rule: 'saml' },
        { code: 'ONLY_DEFAULT', connections: 1 },
      ],
    ],
    [
      'a rule that covers all',
      { rules: [rule], default: { expect: 'on_first_login' } },
      [connectionWith({ strategy: 'samlp' })],
      [],
    ],
    [
      'a strategy that nobody documents',
      { default: { expect: 'on_first_login' } },
      [{ ...right, strategy: 'new' }],
      [{ code: 'UNKNOWN_STRATEGY', strategy: 'new', connections: 1 }],
    ],
  ])('%s', async (_claim, policy, connections, notices) => {
    const report = await audit(policy, connections);
    expect(report.notices).toHaveLength(notices.length);
    expect(report.notices).toMatchObject(notices);
  });

  test('a run that did not see everything does not call anything unused', async () => {
    const report = await audit(
      { ...withExemptions(until('2027-01-31', { id: 'con_9' })), rules: [rule] },
      [drifted],
      true,
    );
    expect(report.complete).toBe(false);
    expect(report.notices).toEqual([]);
  });

  test('an exemption changes nothing for others', async () => {
    const other = { ...connectionWith({}, { rootAttributes: never }), id: 'con_2', name: 'beta' };
    const report = await audit(withExemptions(until('2027-01-31')), [drifted, other]);
    expect(report.findings.map(({ connection, outcome }) => [connection.id, outcome])).toEqual([
      ['con_2', 'planned'],
      ['con_1', 'skipped_exempt'],
    ]);
  });
});
