import type { Connection } from '../../lambda/connection/connection';
import { evaluate } from '../../lambda/judge/evaluate';
import { severityOf } from '../../lambda/judge/severity';
import { resolveExpectation } from '../../lambda/policy/expectation';
import type { Expectation } from '../../lambda/policy/policy';
import { compiled, connectionWith, each, first, never, odd } from '../connection/sample-connection';

const FIRST: Expectation = { expect: 'on_first_login' };

test.each<readonly [string, Connection, Expectation, string]>([
  [
    'a value that stops the creation of users has severity high',
    connectionWith({}, { rootAttributes: never }),
    FIRST,
    'high',
  ],
  [
    'a value that overwrites profiles has severity medium',
    connectionWith({}, { rootAttributes: each }),
    FIRST,
    'medium',
  ],
  ['an unset value that overwrites profiles has severity medium', connectionWith(), FIRST, 'medium'],
  [
    'a value that freezes profiles has severity medium',
    connectionWith({}, { rootAttributes: first }),
    { expect: 'on_each_login' },
    'medium',
  ],
  ['an undocumented value has severity high', connectionWith({}, { rootAttributes: odd }), FIRST, 'high'],
  [
    'a correct value that is not explicit has severity low',
    connectionWith(),
    { expect: 'on_each_login', mustBeExplicit: true },
    'low',
  ],
  [
    'a connection with hidden options has severity medium',
    { ...connectionWith(), options: { visibility: 'hidden' } },
    FIRST,
    'medium',
  ],
  [
    "the rule's severity overrides the severity of the value",
    connectionWith({}, { rootAttributes: never }),
    { ...FIRST, severity: 'informational' },
    'informational',
  ],
  [
    "the rule's severity applies to hidden options too",
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
