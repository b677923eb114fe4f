import type { Connection } from '../../lambda/connection/connection';
import { evaluate } from '../../lambda/judge/evaluate';
import { type Finding, sortFindings, toFinding } from '../../lambda/judge/finding';
import { exemptionsOf } from '../../lambda/policy/exemptions';
import { resolveExpectation } from '../../lambda/policy/expectation';
import type { Policy } from '../../lambda/policy/policy';
import { compiled, connectionWith, NOW, never } from '../connection/sample-connection';

const POLICY: Policy = { default: { expect: 'on_first_login' } };
const PERMISSION = { reason: 'Migration.', owner: 'ann', ticket: 'ID-1' };
const HIDDEN: Connection = { ...connectionWith(), options: { visibility: 'hidden' } };
const SEEN = { lifecycle: 'open', firstSeen: '2026-11-20T04:30:00.000Z' } as const;

function findingOf(
  connection: Connection,
  policy: Policy = POLICY,
  occurrence: Parameters<typeof toFinding>[3]['occurrence'] = undefined,
): Finding {
  const rules = compiled(policy, NOW);
  const expectation = resolveExpectation(rules, connection);
  const verdict = evaluate(connection, expectation);
  if (verdict.verdict !== 'noncompliant' && verdict.verdict !== 'indeterminate') throw new Error('no deviation');
  const [exemption] = exemptionsOf(rules.exemptions, connection);
  return toFinding(connection, verdict, expectation, { occurrence, exemption });
}

/** The policy with an exemption that ends on the given day. Today is 23 November. */
const exemptUntil = (expires: string, graceDays = 3): Policy => ({
  ...POLICY,
  graceDays,
  exemptions: [{ id: 'con_1', ...PERMISSION, expires }],
});

describe('finding', () => {
  it.each<[claim: string, judge: () => Finding, expected: Partial<Finding>]>([
    [
      'a finding has the display name of its connection',
      () => findingOf(connectionWith({ displayName: 'Acme, Inc.' })),
      { connection: { id: 'con_1', name: 'acme', displayName: 'Acme, Inc.', strategy: 'oidc' } },
    ],
    [
      'a finding has no display name if its connection has none',
      () => findingOf(connectionWith()),
      { connection: { id: 'con_1', name: 'acme', displayName: null, strategy: 'oidc' } },
    ],
    [
      'a finding has the reason of the rule that decided',
      () => findingOf(connectionWith(), { default: { expect: 'on_first_login', reason: 'Contract.' } }),
      { reason: 'Contract.' },
    ],
    ['a finding has no reason if the rule has none', () => findingOf(connectionWith()), { reason: null }],
    [
      'a finding that no earlier run had is new',
      () => findingOf(connectionWith()),
      { lifecycle: 'new', firstSeen: null },
    ],
    ['a finding has the time at which a run first had it', () => findingOf(connectionWith(), POLICY, SEEN), SEEN],
    [
      'a finding for an unset value has null as the actual value and the default as the effective value',
      () => findingOf(connectionWith()),
      { actual: null, effective: 'on_each_login', source: 'default' },
    ],
    [
      'a finding for hidden options has no actual and no effective value',
      () => findingOf(HIDDEN),
      { verdict: 'indeterminate', code: 'OPTIONS_HIDDEN', actual: null, effective: null, source: null },
    ],
    [
      'a finding with an active exemption has its owner, reason, ticket and last day',
      () => findingOf(connectionWith(), exemptUntil('2026-11-23')),
      { exemption: { ...PERMISSION, expires: '2026-11-23' }, outcome: 'skipped_exempt', verdict: 'noncompliant' },
    ],
    [
      'a finding in the grace period is not exempt and not repaired',
      () => findingOf(connectionWith(), exemptUntil('2026-11-20')),
      { exemption: null, outcome: 'skipped_grace' },
    ],
    [
      'a finding is planned for repair after the grace period',
      () => findingOf(connectionWith(), exemptUntil('2026-11-19')),
      { exemption: null, outcome: 'planned' },
    ],
    [
      'a finding is not repaired if the rule disables repairs',
      () => findingOf(connectionWith(), { default: { expect: 'on_first_login', remediate: false } }),
      { outcome: 'skipped_rule' },
    ],
    [
      'an exempt finding that needs a manual fix has the outcome skipped_unsafe',
      () => findingOf(HIDDEN, exemptUntil('2026-11-23')),
      { outcome: 'skipped_unsafe', exemption: { ...PERMISSION, expires: '2026-11-23' } },
    ],
  ])('%s', (_, judge, expected) => {
    expect(judge()).toMatchObject(expected);
  });
});

test('findings are sorted by severity, then judged before indeterminate, then by name and id', () => {
  const ofName = (id: string, name: string) => findingOf(connectionWith({ id, name }));
  const findings = [
    ofName('con_5', 'b'),
    findingOf({ ...HIDDEN, id: 'con_6', name: 'a' }),
    ofName('con_4', 'b'),
    ofName('con_3', 'a'),
    findingOf(connectionWith({ id: 'con_2', name: 'z' }, { rootAttributes: never })),
  ];
  const sorted = sortFindings(findings).map(({ connection }) => connection.id);
  expect(sorted).toEqual(['con_2', 'con_3', 'con_4', 'con_5', 'con_6']);
});
