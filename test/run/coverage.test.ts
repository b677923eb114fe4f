import type { Connection } from '../../lambda/connection/connection';
import { evaluate } from '../../lambda/judge/evaluate';
import type { Notice } from '../../lambda/judge/report';
import { exemptionsOf } from '../../lambda/policy/exemptions';
import { type CompiledPolicy, resolveExpectation } from '../../lambda/policy/expectation';
import type { Exemption, Policy } from '../../lambda/policy/policy';
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
});

function noticesFor(policy: Policy, connections: readonly Connection[]): readonly Notice[] {
  const ready = compiled(policy);
  const coverage = newCoverage();
  for (const connection of connections) count(coverage, ready, connection);
  return coverageNotices(coverage, ready);
}

function count(coverage: Coverage, policy: CompiledPolicy, connection: Connection): void {
  const expectation = resolveExpectation(policy, connection);
  countIn(coverage, expectation, exemptionsOf(policy.exemptions, connection), evaluate(connection, expectation));
}
