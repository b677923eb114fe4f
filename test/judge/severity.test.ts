import type { Connection } from '../../lambda/connection/connection';
import { evaluate } from '../../lambda/judge/evaluate';
import { severityOf } from '../../lambda/judge/severity';
import { resolveExpectation } from '../../lambda/policy/expectation';
import type { Expectation } from '../../lambda/policy/policy';
import { compiled, connectionWith, each, first, never, odd } from '../connection/sample-connection';

const FIRST: Expectation = { expect: 'on_first_login' };

test.each<readonly [string, Connection, Expectation, string]>([
  ['a value that stops users from being created', connectionWith({}, { rootAttributes: never }), FIRST, 'high'],
  ['a value that overwrites profiles', connectionWith({}, { rootAttributes: each }), FIRST, 'medium'],
  ['an unset value that overwrites profiles', connectionWith(), FIRST, 'medium'],
  [
    'a value that freezes profiles',
    connectionWith({}, { rootAttributes: first }),
    { expect: 'on_each_login' },
    'medium',
  ],
  ['a value that nobody documents', connectionWith({}, { rootAttributes: odd }), FIRST, 'high'],
  ['a right value that is not written', connectionWith(), { expect: 'on_each_login', mustBeExplicit: true }, 'low'],
  ['hidden options', { ...connectionWith(), options: { visibility: 'hidden' } }, FIRST, 'medium'],
  [
    "the rule's severity before any direction",
    connectionWith({}, { rootAttributes: never }),
    { ...FIRST, severity: 'informational' },
    'informational',
  ],
  [
    "the rule's severity for hidden options too",
    { ...connectionWith(), options: { visibility: 'hidden' } },
    { ...FIRST, severity: 'critical' },
    'critical',
  ],
])('%s', (_claim, connection, expectation, expected) => {
  const resolved = resolveExpectation(compiled({ default: expectation }), connection);
  const verdict = evaluate(connection, resolved);
  if (verdict.verdict !== 'noncompliant' && verdict.verdict !== 'indeterminate') throw new Error('no deviation');
  expect(severityOf(verdict, resolved)).toBe(expected);
});
