import type { Connection } from '../../lambda/connection/connection';
import { STRATEGY_NAMES, strategyOf } from '../../lambda/connection/strategies';
import { evaluate } from '../../lambda/judge/evaluate';
import { planRepair, type Repair } from '../../lambda/judge/repair';
import { resolveExpectation } from '../../lambda/policy/expectation';
import type { Expectation } from '../../lambda/policy/policy';
import { absent, compiled, connectionWith, each, first, never, odd } from '../connection/sample-connection';

function plan(connection: Connection, expectation: Expectation): Repair | undefined {
  const resolved = resolveExpectation(compiled({ default: expectation }), connection);
  const verdict = evaluate(connection, resolved);
  return verdict.verdict === 'noncompliant' || verdict.verdict === 'indeterminate'
    ? planRepair(connection, verdict, resolved)
    : undefined;
}

const FIRST: Expectation = { expect: 'on_first_login' };
const EACH: Expectation = { expect: 'on_each_login' };
const NEVER: Expectation = { expect: 'never_on_login' };
const BOTH: Expectation = { expect: ['on_each_login', 'on_first_login'] };
const manual = (reason: string) => ({ action: 'manual', reason });

test.each<readonly [string, Connection, Expectation, object]>([
  ['the expected value is set', connectionWith(), FIRST, { action: 'set', to: 'on_first_login' }],
  [
    'on_each_login is set where it is written as a value',
    connectionWith({ strategy: 'oidc' }, { rootAttributes: first }),
    EACH,
    { action: 'set', to: 'on_each_login' },
  ],
  [
    'on_each_login is a removed key where absence expresses it',
    connectionWith({ strategy: 'samlp' }, { rootAttributes: first }),
    EACH,
    { action: 'remove', to: 'on_each_login' },
  ],
  [
    'another value is set there too',
    connectionWith({ strategy: 'samlp' }),
    FIRST,
    { action: 'set', to: 'on_first_login' },
  ],
  [
    'of several values the one that the rule names is set',
    connectionWith({}, { rootAttributes: never }),
    { ...BOTH, repairTo: 'on_first_login' },
    { action: 'set', to: 'on_first_login' },
  ],
  [
    'of several values without a named one, none is chosen',
    connectionWith({}, { rootAttributes: never }),
    BOTH,
    manual('no_repair_target'),
  ],
  [
    'never_on_login is for a person, since it stops users from being created',
    connectionWith(),
    NEVER,
    manual('stops_user_creation'),
  ],
  [
    'never_on_login is set where the rule allows it and says why',
    connectionWith(),
    { ...NEVER, allowNeverOnLogin: true, reason: 'SCIM creates the users.' },
    { action: 'set', to: 'never_on_login' },
  ],
  [
    'allowed without a reason is not allowed',
    connectionWith(),
    { ...NEVER, allowNeverOnLogin: true },
    manual('stops_user_creation'),
  ],
  [
    'a value that is right and only not written is written, whatever a repair would otherwise choose',
    connectionWith({}, { rootAttributes: absent }),
    { ...BOTH, mustBeExplicit: true, repairTo: 'on_first_login' },
    { action: 'set', to: 'on_each_login' },
  ],
  [
    'options that cannot be seen are for a person',
    { ...connectionWith(), options: { visibility: 'hidden' } },
    FIRST,
    manual('options_not_visible'),
  ],
  [
    'empty options are for a person',
    { ...connectionWith(), options: { visibility: 'empty' } },
    FIRST,
    manual('options_not_visible'),
  ],
  [
    'an undocumented value is for a person',
    connectionWith({}, { rootAttributes: odd }),
    FIRST,
    manual('undocumented_value'),
  ],
  ['an unknown strategy is never written', connectionWith({ strategy: 'new' }), FIRST, manual('unknown_strategy')],
  [
    'a strategy without a schema is never written',
    connectionWith({ strategy: 'custom' }),
    FIRST,
    manual('unproven_strategy'),
  ],
  [
    'encrypted configuration would be encrypted again',
    connectionWith({ strategy: 'auth0' }, { customDatabase: true, encryptedConfiguration: true }),
    FIRST,
    manual('encrypted_configuration'),
  ],
  [
    'both password schemes would be refused',
    connectionWith({ strategy: 'auth0' }, { customDatabase: true, bothPasswordSchemes: true }),
    FIRST,
    manual('both_password_schemes'),
  ],
  [
    'attributes beside what excludes them would be refused',
    connectionWith({ strategy: 'auth0' }, { customDatabase: true, attributesConflict: true }),
    FIRST,
    manual('attributes_conflict'),
  ],
])('%s', (_claim, connection, expectation, expected) => {
  expect(plan(connection, expectation)).toEqual(expected);
});

describe('each strategy', () => {
  test.each(STRATEGY_NAMES)(
    '%s: a repair to on_each_login is written the way the table says, or not at all',
    (name) => {
      const repair = plan(connectionWith({ strategy: name }, { rootAttributes: first, customDatabase: true }), EACH);
      const { applies, writable, onEachLoginBy } = strategyOf(name);
      const action = !writable ? 'manual' : onEachLoginBy === 'absence' ? 'remove' : 'set';
      expect(repair?.action).toBe(applies === 'never' ? undefined : action);
    },
  );

  test.each(STRATEGY_NAMES)('%s: nothing is planned for what is compliant', (name) => {
    expect(
      plan(connectionWith({ strategy: name }, { rootAttributes: each, customDatabase: true }), EACH),
    ).toBeUndefined();
  });
});
