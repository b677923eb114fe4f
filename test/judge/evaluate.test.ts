import fc from 'fast-check';
import type { Connection } from '../../lambda/connection/connection';
import { evaluate, type Verdict } from '../../lambda/judge/evaluate';
import { resolveExpectation } from '../../lambda/policy/expectation';
import type { Policy } from '../../lambda/policy/policy';
import { absent, compiled, connectionWith, each, first, never, odd } from '../connection/sample-connection';
import { anyConnection, anyPolicy } from '../policy/arbitrary';

const EACH: Policy = { default: { expect: 'on_each_login' } };
const FIRST: Policy = { default: { expect: 'on_first_login' } };
const EXPLICIT: Policy = { default: { expect: ['on_each_login', 'on_first_login'], mustBeExplicit: true } };
const hidden: Connection = { ...connectionWith(), options: { visibility: 'hidden' } };
const empty: Connection = { ...connectionWith(), options: { visibility: 'empty' } };
const database = connectionWith({ strategy: 'auth0' }, { customDatabase: true, rootAttributes: first });

const CLAIMS: readonly (readonly [string, Connection, Policy, Partial<Verdict> & Record<string, unknown>])[] = [
  ['an unset value counts as on_each_login', connectionWith(), EACH, { verdict: 'compliant' }],
  ['the expected value is compliant', connectionWith({}, { rootAttributes: first }), FIRST, { verdict: 'compliant' }],
  [
    'each of several expected values is compliant',
    connectionWith({}, { rootAttributes: first }),
    { default: { expect: ['on_each_login', 'on_first_login'] } },
    { verdict: 'compliant' },
  ],
  [
    'another value is wrong, and the verdict has the actual and the expected value',
    connectionWith({}, { rootAttributes: never }),
    FIRST,
    {
      verdict: 'noncompliant',
      code: 'WRONG_VALUE',
      actual: 'never_on_login',
      effective: 'never_on_login',
      source: 'explicit',
      expected: ['on_first_login'],
    },
  ],
  [
    'an unset value is wrong if the default of Auth0 is wrong, and the verdict marks the value as a default',
    connectionWith({}, { rootAttributes: absent }),
    FIRST,
    { verdict: 'noncompliant', code: 'WRONG_VALUE', actual: null, effective: 'on_each_login', source: 'default' },
  ],
  [
    'an undocumented value is never compliant, and its effect is unknown',
    connectionWith({}, { rootAttributes: odd }),
    EACH,
    { verdict: 'noncompliant', code: 'UNDOCUMENTED_VALUE', actual: 'sometimes', effective: null, source: 'explicit' },
  ],
  [
    'an unset value is NOT_EXPLICIT if the policy requires an explicit value',
    connectionWith(),
    EXPLICIT,
    { verdict: 'noncompliant', code: 'NOT_EXPLICIT', actual: null, effective: 'on_each_login', source: 'default' },
  ],
  [
    'a written value counts as explicit',
    connectionWith({}, { rootAttributes: each }),
    EXPLICIT,
    { verdict: 'compliant' },
  ],
  [
    'an unset value with a wrong default is WRONG_VALUE, not NOT_EXPLICIT',
    connectionWith(),
    { default: { expect: 'on_first_login', mustBeExplicit: true } },
    { verdict: 'noncompliant', code: 'WRONG_VALUE' },
  ],
  [
    'an absent key counts as explicit on_each_login for a strategy that expresses it by absence',
    connectionWith({ strategy: 'samlp' }),
    EXPLICIT,
    { verdict: 'compliant' },
  ],
  ['hidden options are indeterminate, not unset', hidden, EACH, { verdict: 'indeterminate', code: 'OPTIONS_HIDDEN' }],
  ['empty options are indeterminate, not unset', empty, EACH, { verdict: 'indeterminate', code: 'OPTIONS_EMPTY' }],
  [
    'an indeterminate verdict has the expected values',
    hidden,
    FIRST,
    { verdict: 'indeterminate', expected: ['on_first_login'] },
  ],
  [
    'a passwordless e-mail connection does not have the setting',
    connectionWith({ strategy: 'email' }),
    FIRST,
    { verdict: 'not_applicable', reason: 'strategy_without_setting' },
  ],
  [
    'a passwordless connection with hidden options does not have the setting',
    { ...hidden, strategy: 'sms' },
    FIRST,
    { verdict: 'not_applicable', reason: 'strategy_without_setting' },
  ],
  [
    'a database hosted by Auth0 does not have the setting',
    connectionWith({ strategy: 'auth0' }),
    FIRST,
    { verdict: 'not_applicable', reason: 'no_custom_database' },
  ],
  [
    'a custom database that imports its users does not have the setting',
    connectionWith({ strategy: 'auth0' }, { customDatabase: true, importMode: true }),
    FIRST,
    { verdict: 'not_applicable', reason: 'import_mode' },
  ],
  ['a custom database is judged', database, EACH, { verdict: 'noncompliant', code: 'WRONG_VALUE' }],
  [
    'a database with hidden options is indeterminate, because it can be a custom database',
    { ...hidden, strategy: 'auth0' },
    FIRST,
    { verdict: 'indeterminate', code: 'OPTIONS_HIDDEN' },
  ],
  [
    'the facts about custom databases do not affect other strategies',
    connectionWith({}, { importMode: true }),
    EACH,
    { verdict: 'compliant' },
  ],
  [
    'an unknown strategy is judged like any other',
    connectionWith({ strategy: 'tomorrow' }),
    FIRST,
    { verdict: 'noncompliant' },
  ],
];

test.each(CLAIMS)('%s', (_claim, connection, policy, expected) => {
  expect(evaluate(connection, resolveExpectation(compiled(policy), connection))).toMatchObject(expected);
});

describe('any tenant and any policy', () => {
  const judge = (policy: Policy, connections: readonly Connection[]) => {
    const ready = compiled(policy);
    return connections.map((connection) => evaluate(connection, resolveExpectation(ready, connection)));
  };

  test('every connection gets a verdict under any policy', () => {
    fc.assert(
      fc.property(anyPolicy, anyConnection, (policy, connection) => {
        const [verdict] = judge(policy, [connection]);
        expect(['compliant', 'noncompliant', 'not_applicable', 'indeterminate']).toContain(verdict?.verdict);
      }),
    );
  });

  test('a verdict does not depend on the order of connections', () => {
    fc.assert(
      fc.property(
        anyPolicy,
        fc.array(anyConnection, { maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        (policy, connections, keys) => {
          const order = connections
            .map((_, index) => ({ index, key: keys.next().value ?? 0 }))
            .sort((a, b) => a.key - b.key);
          const shuffled = order.flatMap(({ index }) => connections.slice(index, index + 1));
          const verdicts = judge(policy, connections);
          expect(judge(policy, shuffled)).toEqual(order.map(({ index }) => verdicts[index]));
        },
      ),
    );
  });

  test('a connection with hidden options is never compliant', () => {
    fc.assert(
      fc.property(anyPolicy, anyConnection, (policy, connection) => {
        const [verdict] = judge(policy, [{ ...connection, options: { visibility: 'hidden' } }]);
        expect(verdict?.verdict).not.toBe('compliant');
      }),
    );
  });
});
