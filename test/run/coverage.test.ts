import type { Connection } from '../../lambda/connection/connection';
import { evaluate } from '../../lambda/judge/evaluate';
import type { Notice } from '../../lambda/judge/notice';
import { exemptionsOf } from '../../lambda/policy/exemptions';
import { type CompiledPolicy, resolveExpectation } from '../../lambda/policy/expectation';
import type { Exemption, Policy } from '../../lambda/policy/policy';
import { describeNotice } from '../../lambda/report/words/notice';
import { type Coverage, countIn, coverageNotices, newCoverage } from '../../lambda/run/coverage';
import { compiled, connectionWith, each, first } from '../connection/sample-connection';

const until = (expires: string, target: Pick<Exemption, 'id' | 'name'> = { id: 'con_1' }): Exemption => ({
  ...target,
  reason: 'Migration.',
  owner: 'ann',
  ticket: 'ID-1',
  expires,
});
const withExemptions = (...exemptions: Exemption[]): Policy => ({ default: { expect: 'on_first_login' }, exemptions });

describe('notices for the maintainers of the policy', () => {
  const drifted = connectionWith({}, { rootAttributes: each });
  const right = connectionWith({}, { rootAttributes: first });
  const ENTERPRISE = { id: 'enterprise', match: { group: 'enterprise' }, expect: 'on_each_login' } as const;
  const BY_GROUP: Policy = { rules: [ENTERPRISE], default: { expect: 'on_first_login' } };
  const rule = { id: 'saml', match: { strategy: 'samlp' }, expect: 'on_each_login' } as const;

  test.each<readonly [string, Policy, readonly Connection[], readonly object[]]>([
    [
      'an exemption that is used and far from its end gives no notice',
      withExemptions(until('2027-01-31')),
      [drifted],
      [],
    ],
    [
      'an exemption in its grace period is reported with the end of the grace period',
      withExemptions(until('2026-11-20')),
      [drifted],
      [{ code: 'EXEMPTION_EXPIRED', graceUntil: '2026-11-27' }],
    ],
    [
      'an exemption that expired before its grace period ended is reported without a date',
      withExemptions(until('2026-11-01')),
      [drifted],
      [{ code: 'EXEMPTION_EXPIRED', graceUntil: null }],
    ],
    [
      'an exemption that expires in fourteen days is reported',
      withExemptions(until('2026-12-07')),
      [drifted],
      [{ code: 'EXEMPTION_EXPIRING', daysLeft: 14 }],
    ],
    ['an exemption that expires in fifteen days is not reported', withExemptions(until('2026-12-08')), [drifted], []],
    [
      'an exemption that expires today is reported',
      withExemptions(until('2026-11-23')),
      [drifted],
      [{ code: 'EXEMPTION_EXPIRING', daysLeft: 0 }],
    ],
    [
      'the policy sets how many days before its end an exemption is reported',
      { ...withExemptions(until('2026-12-23')), noticeDays: 30 },
      [drifted],
      [{ code: 'EXEMPTION_EXPIRING', daysLeft: 30 }],
    ],
    [
      'an exemption that matches no connection is reported as unused',
      withExemptions(until('2027-01-31', { id: 'con_9' })),
      [drifted],
      [{ code: 'EXEMPTION_UNUSED' }],
    ],
    [
      'an exemption of a compliant connection is reported as not needed',
      withExemptions(until('2027-01-31')),
      [right],
      [{ code: 'EXEMPTION_NOT_NEEDED' }],
    ],
    [
      'an exemption of a connection without the setting is reported as not needed',
      withExemptions(until('2027-01-31')),
      [connectionWith({ strategy: 'sms' })],
      [{ code: 'EXEMPTION_NOT_NEEDED' }],
    ],
    [
      'an exemption that one of its connections needs gives no notice',
      withExemptions(until('2027-01-31', { name: 'a*' })),
      [right, { ...drifted, id: 'con_2', name: 'ab' }, { ...right, id: 'con_3' }],
      [],
    ],
    [
      'an exemption of a connection that cannot be read gives no notice',
      withExemptions(until('2027-01-31')),
      [{ ...right, options: { visibility: 'hidden' } }],
      [],
    ],
    [
      'a rule that matches nothing and a connection that only the default covers are reported',
      { rules: [rule], default: { expect: 'on_first_login' } },
      [right],
      [
        { code: 'RULE_MATCHED_NOTHING', rule: 'saml' },
        { code: 'ONLY_DEFAULT', connections: 1 },
      ],
    ],
    [
      'strategies that no rule by group can match are reported, most connections first',
      BY_GROUP,
      [
        connectionWith({ strategy: 'tomorrow' }),
        ...['con_2', 'con_3'].map((id) => connectionWith({ id, strategy: 'github' })),
        ...['con_4', 'con_5'].map((id) => connectionWith({ id, strategy: 'samlp' })),
      ],
      [
        {
          code: 'OUTSIDE_GROUP_RULES',
          connections: 3,
          strategies: [
            { strategy: 'github', connections: 2 },
            { strategy: 'tomorrow', connections: 1 },
          ],
        },
      ],
    ],
    [
      'strategies outside of group rules are reported separately from other connections that use the default',
      { ...BY_GROUP, rules: [{ ...ENTERPRISE, match: { group: 'enterprise', name: 'acme-*' } }] },
      [
        connectionWith({ strategy: 'tomorrow' }),
        connectionWith({ id: 'con_2', strategy: 'samlp' }),
        connectionWith({ id: 'con_3', strategy: 'samlp', name: 'acme-1' }),
      ],
      [
        { code: 'OUTSIDE_GROUP_RULES', connections: 1, strategies: [{ strategy: 'tomorrow', connections: 1 }] },
        { code: 'ONLY_DEFAULT', connections: 2 },
      ],
    ],
    [
      'an unknown strategy that a rule names is covered',
      { ...BY_GROUP, rules: [ENTERPRISE, { ...rule, id: 'new', match: { strategy: 'tomorrow' } }] },
      [connectionWith({ strategy: 'tomorrow' }), connectionWith({ id: 'con_2', strategy: 'samlp' })],
      [],
    ],
    [
      'a connection without the setting needs no rule by group',
      BY_GROUP,
      [connectionWith({ strategy: 'sms' }), connectionWith({ id: 'con_2', strategy: 'samlp' })],
      [{ code: 'ONLY_DEFAULT', connections: 1 }],
    ],
    [
      'a policy without rules by group gives only the notice on the default',
      { rules: [rule], default: { expect: 'on_first_login' } },
      [connectionWith({ strategy: 'samlp' }), connectionWith({ id: 'con_2', strategy: 'tomorrow' })],
      [{ code: 'ONLY_DEFAULT', connections: 1 }],
    ],
    [
      'a rule that covers every connection gives no notice',
      { rules: [rule], default: { expect: 'on_first_login' } },
      [connectionWith({ strategy: 'samlp' })],
      [],
    ],
  ])('%s', (_claim, policy, connections, notices) => {
    const found = noticesFor(policy, connections);
    expect(found).toHaveLength(notices.length);
    expect(found).toMatchObject(notices);
  });

  test('hundreds of connections under one exemption are counted, not kept', () => {
    const coverage = newCoverage();
    const policy = compiled(withExemptions(until('2027-01-31', { name: 'a*' })));
    for (let index = 0; index < 500; index += 1) count(coverage, policy, { ...right, id: `con_${index}` });
    expect(coverage.exemptions.size + coverage.rules.size).toBe(2);
  });

  test('a notice names ten strategies outside of group rules and counts all of them', () => {
    const connections = Array.from({ length: 30 }, (_, index) =>
      connectionWith({ id: `con_${index}`, strategy: `new-${index}` }),
    );
    const notice = noticesFor(BY_GROUP, connections).find(({ code }) => code === 'OUTSIDE_GROUP_RULES');
    expect(notice).toMatchObject({ connections: 30, strategies: { length: 10 } });
    expect(notice && describeNotice(notice, 'report')).toContain('new-10 (1), new-11 (1), new-12 (1), ');
    expect(notice && describeNotice(notice, 'report')).toContain('other strategies (20). Only');
  });
});

function noticesFor(policy: Policy, connections: readonly Connection[]): readonly Notice[] {
  const ready = compiled(policy);
  const coverage = newCoverage();
  for (const connection of connections) count(coverage, ready, connection);
  return coverageNotices(coverage, ready);
}

function count(coverage: Coverage, policy: CompiledPolicy, connection: Connection): void {
  const expectation = resolveExpectation(policy, connection);
  countIn(
    coverage,
    connection,
    expectation,
    exemptionsOf(policy.exemptions, connection),
    evaluate(connection, expectation),
  );
}
