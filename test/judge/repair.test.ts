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
/** The flag that every connection shows, and that no recorded write of these strategies carries. */
const UNPROVEN = { unproven: ['is_domain_connection'] } as const;
const BOTH: Expectation = { expect: ['on_each_login', 'on_first_login'] };

test.each<readonly [string, Connection, Expectation, object]>([
  ['the expected value is set', connectionWith(), FIRST, set('on_first_login', UNPROVEN)],
  [
    'on_each_login is set where it is written as a value',
    connectionWith({ strategy: 'oidc' }, { rootAttributes: first }),
    EACH,
    set('on_each_login', UNPROVEN),
  ],
  [
    'on_each_login is a removed key where absence expresses it',
    connectionWith({ strategy: 'samlp' }, { rootAttributes: first }),
    EACH,
    remove(UNPROVEN),
  ],
  ['another value is set there too', connectionWith({ strategy: 'samlp' }), FIRST, set('on_first_login', UNPROVEN)],
  [
    'of several values the one that the rule names is set',
    connectionWith({}, { rootAttributes: never }),
    { ...BOTH, repairTo: 'on_first_login' },
    set('on_first_login', UNPROVEN),
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
    set('never_on_login', UNPROVEN),
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
    set('on_each_login', UNPROVEN),
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
  [
    'the only option is not removed, since no options would be left to send',
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
    'options that Auth0 fills in are named where they change no login',
    connectionWith({}, { lacks: ['schema_version', 'attribute_map'] }),
    FIRST,
    set('on_first_login', { ...UNPROVEN, fills: ['schema_version', 'attribute_map'] }),
  ],
  [
    'an option that Auth0 fills in and a field that is sent back unproven are both named',
    connectionWith({}, { lacks: ['schema_version'] }),
    FIRST,
    set('on_first_login', { ...UNPROVEN, fills: ['schema_version'] }),
  ],
  [
    'an option that Auth0 would fill in is for a person where it can change a login, and only these are named',
    connectionWith({}, { lacks: ['schema_version', 'connection_settings.pkce', 'token_endpoint'] }),
    FIRST,
    { action: 'manual', reason: 'write_fills', keys: ['connection_settings.pkce', 'token_endpoint'] },
  ],
  [
    'an option that the policy allows to be filled in is named in the plan, and the others are for a person',
    connectionWith({}, { lacks: ['connection_settings.pkce', 'token_endpoint'] }),
    { ...FIRST, allowFilledKeys: ['connection_settings.pkce'] },
    { action: 'manual', reason: 'write_fills', keys: ['token_endpoint'] },
  ],
  [
    'options that the policy allows to be filled in are repaired',
    connectionWith({}, { lacks: ['connection_settings.pkce', 'token_endpoint'] }),
    { ...FIRST, allowFilledKeys: ['token_endpoint', 'connection_settings.pkce'] },
    set('on_first_login', { ...UNPROVEN, fills: ['connection_settings.pkce', 'token_endpoint'] }),
  ],
  [
    'a field that is sent back on the word of the reference alone is named',
    connectionWith({ strategy: 'waad', shown: ['display_name', 'is_domain_connection', 'show_as_button', 'realms'] }),
    FIRST,
    set('on_first_login', { unproven: ['display_name', 'is_domain_connection'] }),
  ],
  [
    'fields that recorded writes carry are not named',
    connectionWith({ strategy: 'pingfederate', shown: ['display_name', 'show_as_button', 'realms'] }),
    FIRST,
    set('on_first_login'),
  ],
])('%s', (_claim, connection, expectation, expected) => {
  expect(plan(connection, expectation)).toEqual(expected);
});

test('connections that lack nothing and send nothing unproven share one plan', () => {
  const samlp = connectionWith({ strategy: 'samlp', shown: [] }, { rootAttributes: first });
  expect(plan(samlp, EACH)).toBe(plan({ ...samlp, id: 'con_2' }, EACH));
  const oidc = connectionWith({ strategy: 'oidc', shown: [] });
  expect(plan(oidc, FIRST)).toBe(plan({ ...oidc, id: 'con_2' }, FIRST));
});

test.each<[claim: string, connection: Connection, expectation: Expectation, repair: Repair]>([
  ['removes the key', connectionWith({ strategy: 'samlp', shown: [] }, { rootAttributes: first }), EACH, remove()],
  ['sets on_each_login', connectionWith({ shown: [] }, { rootAttributes: first }), EACH, set('on_each_login')],
  ['sets on_first_login', connectionWith({ shown: [] }), FIRST, set('on_first_login')],
  [
    'sets never_on_login',
    connectionWith({ shown: [] }),
    { ...NEVER, allowNeverOnLogin: true, reason: 'SCIM creates the users.' },
    set('never_on_login'),
  ],
])('a shared plan that %s has nothing filled in and nothing unproven', (_, connection, expectation, repair) => {
  expect(plan(connection, expectation)).toEqual(repair);
});

test('of options that cannot be seen, no missing option speaks against a write', () => {
  const hidden: Connection = { ...connectionWith(), options: { visibility: 'hidden' } };
  expect(whyNotWrite(hidden, 'remove', { allowedFills: [] })).toBeUndefined();
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
