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

/** The policy with an exemption whose last day is that one; today is 23 November. */
const exemptUntil = (expires: string, graceDays = 3): Policy => ({
  ...POLICY,
  graceDays,
  exemptions: [{ id: 'con_1', ...PERMISSION, expires }],
});

describe('a finding', () => {
  it.each<[claim: string, judge: () => Finding, expected: Partial<Finding>]>([
    [
      'keeps the display name of its connection',
      () => findingOf(connectionWith({ displayName: 'Acme, Inc.' })),
      { connection: { id: 'con_1', name: 'acme', displayName: 'Acme, Inc.', strategy: 'oidc' } },
    ],
    [
      'has no display name where the connection has none',
      () => findingOf(connectionWith()),
      { connection: { id: 'con_1', name: 'acme', displayName: null, strategy: 'oidc' } },
    ],
    [
      'keeps the reason of the rule that decided',
      () => findingOf(connectionWith(), { default: { expect: 'on_first_login', reason: 'Contract.' } }),
      { reason: 'Contract.' },
    ],
    ['has no reason where the rule gives none', () => findingOf(connectionWith()), { reason: null }],
    ['is new where no run has seen it', () => findingOf(connectionWith()), { lifecycle: 'new', firstSeen: null }],
    ['keeps when a run first saw it', () => findingOf(connectionWith(), POLICY, SEEN), SEEN],
    [
      'says of an unset value that it is a default and null, and what Auth0 takes it for',
      () => findingOf(connectionWith()),
      { actual: null, effective: 'on_each_login', source: 'default' },
    ],
    [
      'says nothing of a value that could not be seen',
      () => findingOf(HIDDEN),
      { verdict: 'indeterminate', code: 'OPTIONS_HIDDEN', actual: null, effective: null, source: null },
    ],
    [
      'keeps of an exemption that holds who permits it, why and until when',
      () => findingOf(connectionWith(), exemptUntil('2026-11-23')),
      { exemption: { ...PERMISSION, expires: '2026-11-23' }, outcome: 'skipped_exempt', verdict: 'noncompliant' },
    ],
    [
      'is no longer exempt, and not repaired yet, in the days after its exemption',
      () => findingOf(connectionWith(), exemptUntil('2026-11-20')),
      { exemption: null, outcome: 'skipped_grace' },
    ],
    [
      'is repaired when those days are over',
      () => findingOf(connectionWith(), exemptUntil('2026-11-19')),
      { exemption: null, outcome: 'planned' },
    ],
    [
      'is not repaired where the rule says so',
      () => findingOf(connectionWith(), { default: { expect: 'on_first_login', remediate: false } }),
      { outcome: 'skipped_rule' },
    ],
    [
      'that needs a manual fix says so, though it is exempt',
      () => findingOf(HIDDEN, exemptUntil('2026-11-23')),
      { outcome: 'skipped_unsafe', exemption: { ...PERMISSION, expires: '2026-11-23' } },
    ],
  ])('%s', (_, judge, expected) => {
    expect(judge()).toMatchObject(expected);
  });
});

test('findings are sorted by severity, then seen before not seen, then by name and id', () => {
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
