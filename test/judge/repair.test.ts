import type { Connection } from '../../lambda/connection/connection';
import { STRATEGY_NAMES, strategyOf } from '../../lambda/connection/strategies';
import { evaluate } from '../../lambda/judge/evaluate';
import { planRepair, type Repair, whyNotWrite } from '../../lambda/judge/repair';
import { resolveExpectation } from '../../lambda/policy/expectation';
import type { Expectation } from '../../lambda/policy/policy';
import { absent, compiled, connectionWith, each, first, never, odd } from '../connection/sample-connection';
import { manual, remove, set } from './sample-repair';

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
/** The flag that every connection has, and that no recorded write of these strategies contains. */
const UNPROVEN = { unproven: ['is_domain_connection'] } as const;
const BOTH: Expectation = { expect: ['on_each_login', 'on_first_login'] };

test.each<readonly [string, Connection, Expectation, object]>([
  ['the expected value is set', connectionWith(), FIRST, set('on_first_login', UNPROVEN)],
  [
    'on_each_login is set for a strategy that expresses it as a value',
    connectionWith({ strategy: 'oidc' }, { rootAttributes: first }),
    EACH,
    set('on_each_login', UNPROVEN),
  ],
  [
    'on_each_login removes the key for a strategy that expresses it by absence',
    connectionWith({ strategy: 'samlp' }, { rootAttributes: first }),
    EACH,
    remove(UNPROVEN),
  ],
  [
    'on_first_login is set for a strategy that expresses on_each_login by absence',
    connectionWith({ strategy: 'samlp' }),
    FIRST,
    set('on_first_login', UNPROVEN),
  ],
  [
    'the value that the rule names is set if several values are expected',
    connectionWith({}, { rootAttributes: never }),
    { ...BOTH, repairTo: 'on_first_login' },
    set('on_first_login', UNPROVEN),
  ],
  [
    'a repair is manual if several values are expected and the rule names none',
    connectionWith({}, { rootAttributes: never }),
    BOTH,
    manual('no_repair_target'),
  ],
  [
    'a repair to never_on_login is manual, because it stops the creation of users',
    connectionWith(),
    NEVER,
    manual('stops_user_creation'),
  ],
  [
    'never_on_login is set if the rule allows it and has a reason',
    connectionWith(),
    { ...NEVER, allowNeverOnLogin: true, reason: 'SCIM creates the users.' },
    set('never_on_login', UNPROVEN),
  ],
  [
    'a repair to never_on_login that is allowed without a reason is manual',
    connectionWith(),
    { ...NEVER, allowNeverOnLogin: true },
    manual('stops_user_creation'),
  ],
  [
    'a correct value that is not explicit is set as it is, regardless of repairTo',
    connectionWith({}, { rootAttributes: absent }),
    { ...BOTH, mustBeExplicit: true, repairTo: 'on_first_login' },
    set('on_each_login', UNPROVEN),
  ],
  [
    'a repair of hidden options is manual',
    { ...connectionWith(), options: { visibility: 'hidden' } },
    FIRST,
    manual('options_not_visible'),
  ],
  [
    'a repair of empty options is manual',
    { ...connectionWith(), options: { visibility: 'empty' } },
    FIRST,
    manual('options_not_visible'),
  ],
  [
    'a repair of an undocumented value is manual',
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
    'an encrypted configuration is manual, because a write would encrypt it again',
    connectionWith({ strategy: 'auth0' }, { customDatabase: true, encryptedConfiguration: true }),
    FIRST,
    manual('encrypted_configuration'),
  ],
  [
    'both password schemes are manual, because Auth0 refuses the write',
    connectionWith({ strategy: 'auth0' }, { customDatabase: true, bothPasswordSchemes: true }),
    FIRST,
    manual('both_password_schemes'),
  ],
  [
    'conflicting attributes are manual, because Auth0 refuses the write',
    connectionWith({ strategy: 'auth0' }, { customDatabase: true, attributesConflict: true }),
    FIRST,
    manual('attributes_conflict'),
  ],
  [
    'the only option is not removed, because the write would contain no options',
    connectionWith({ strategy: 'samlp' }, { rootAttributes: first, isAlone: true }),
    EACH,
    manual('only_option'),
  ],
  [
    'the only option is set to another value',
    connectionWith({ strategy: 'samlp' }, { rootAttributes: each, isAlone: true }),
    FIRST,
    set('on_first_login', UNPROVEN),
  ],
  [
    'options that Auth0 fills in without an effect on logins are named in the plan',
    connectionWith({}, { lacks: ['schema_version', 'attribute_map'] }),
    FIRST,
    set('on_first_login', { ...UNPROVEN, fills: ['schema_version', 'attribute_map'] }),
  ],
  [
    'an option that Auth0 fills in and an unproven field are both named in the plan',
    connectionWith({}, { lacks: ['schema_version'] }),
    FIRST,
    set('on_first_login', { ...UNPROVEN, fills: ['schema_version'] }),
  ],
  [
    'a filled-in option that can change a login makes the repair manual, and only such options are named',
    connectionWith({}, { lacks: ['schema_version', 'connection_settings.pkce', 'token_endpoint'] }),
    FIRST,
    { action: 'manual', reason: 'write_fills', keys: ['connection_settings.pkce', 'token_endpoint'] },
  ],
  [
    'a repair is manual if Auth0 fills in an option that the policy does not allow, and only that option is named',
    connectionWith({}, { lacks: ['connection_settings.pkce', 'token_endpoint'] }),
    { ...FIRST, allowFilledKeys: ['connection_settings.pkce'] },
    { action: 'manual', reason: 'write_fills', keys: ['token_endpoint'] },
  ],
  [
    'a repair that fills in only options that the policy allows is planned',
    connectionWith({}, { lacks: ['connection_settings.pkce', 'token_endpoint'] }),
    { ...FIRST, allowFilledKeys: ['token_endpoint', 'connection_settings.pkce'] },
    set('on_first_login', { ...UNPROVEN, fills: ['connection_settings.pkce', 'token_endpoint'] }),
  ],
  [
    'a field that only the reference documents is named as unproven',
    connectionWith({ strategy: 'waad', shown: ['display_name', 'is_domain_connection', 'show_as_button', 'realms'] }),
    FIRST,
    set('on_first_login', { unproven: ['display_name', 'is_domain_connection'] }),
  ],
  [
    'fields in recorded writes are not named as unproven',
    connectionWith({ strategy: 'pingfederate', shown: ['display_name', 'show_as_button', 'realms'] }),
    FIRST,
    set('on_first_login'),
  ],
])('%s', (_claim, connection, expectation, expected) => {
  expect(plan(connection, expectation)).toEqual(expected);
});

test('connections without missing options and unproven fields share one plan', () => {
  const samlp = connectionWith({ strategy: 'samlp', shown: [] }, { rootAttributes: first });
  expect(plan(samlp, EACH)).toBe(plan({ ...samlp, id: 'con_2' }, EACH));
  const oidc = connectionWith({ strategy: 'oidc', shown: [] });
  expect(plan(oidc, FIRST)).toBe(plan({ ...oidc, id: 'con_2' }, FIRST));
});

test.each<[claim: string, connection: Connection, expectation: Expectation, repair: Repair]>([
  ['remove', connectionWith({ strategy: 'samlp', shown: [] }, { rootAttributes: first }), EACH, remove()],
  ['set on_each_login', connectionWith({ shown: [] }, { rootAttributes: first }), EACH, set('on_each_login')],
  ['set on_first_login', connectionWith({ shown: [] }), FIRST, set('on_first_login')],
  [
    'set never_on_login',
    connectionWith({ shown: [] }),
    { ...NEVER, allowNeverOnLogin: true, reason: 'SCIM creates the users.' },
    set('never_on_login'),
  ],
])('the shared plan "%s" has no filled-in options and no unproven fields', (_, connection, expectation, repair) => {
  expect(plan(connection, expectation)).toEqual(repair);
});

test('missing options of a connection with hidden options do not prevent a write', () => {
  const hidden: Connection = { ...connectionWith(), options: { visibility: 'hidden' } };
  expect(whyNotWrite(hidden, 'remove', { allowedFills: [] })).toBeUndefined();
});

describe('strategies', () => {
  test.each(STRATEGY_NAMES)(
    'a repair of the strategy %s to on_each_login follows the table of strategies, or is manual',
    (name) => {
      const repair = plan(connectionWith({ strategy: name }, { rootAttributes: first, customDatabase: true }), EACH);
      const { applies, writable, onEachLoginBy } = strategyOf(name);
      const action = !writable ? 'manual' : onEachLoginBy === 'absence' ? 'remove' : 'set';
      expect(repair?.action).toBe(applies === 'never' ? undefined : action);
    },
  );

  test.each(STRATEGY_NAMES)('a compliant connection of the strategy %s has no planned repair', (name) => {
    expect(
      plan(connectionWith({ strategy: name }, { rootAttributes: each, customDatabase: true }), EACH),
    ).toBeUndefined();
  });
});
