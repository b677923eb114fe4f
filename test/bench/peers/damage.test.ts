import { damageOf } from '../../../bench/peers/damage';
import type { StoredConnection } from '../../../sandbox/auth0/stored-connection';
import type { JsonObject } from '../../../sandbox/json';

const NONE = { drifted: 1, fixed: 0, inOptions: 0, besideOptions: 0, destroyedKeys: 0 };
const SETTING = 'set_user_root_attributes';
const OPTIONS = { client_secret: 'made-up', scope: ['email'], [SETTING]: 'on_first_login' };
const { [SETTING]: _, ...UNSET } = OPTIONS;

function tenantWith(options: JsonObject, beside: JsonObject = {}): ReadonlyMap<string, StoredConnection> {
  const connection = { id: 'con_a', name: 'a', strategy: 'oidc', display_name: 'A', ...beside, options };
  return new Map([['con_a', { ...connection, id: 'con_a', name: 'a', strategy: 'oidc' }]]);
}

test.each([
  ['nothing happened', tenantWith(OPTIONS), NONE],
  ['the setting was set', tenantWith({ ...OPTIONS, [SETTING]: 'on_each_login' }), { ...NONE, fixed: 1 }],
  ['the setting was removed, and absent means the default', tenantWith(UNSET), { ...NONE, fixed: 1 }],
  ['a secret is gone', tenantWith({ scope: ['email'] }), { ...NONE, fixed: 1, inOptions: 1, destroyedKeys: 1 }],
  ['a value differs in depth', tenantWith({ ...OPTIONS, scope: [] }), { ...NONE, inOptions: 1 }],
  ['an option was added', tenantWith({ ...OPTIONS, schema_version: 'oidc-V4' }), NONE],
  ['the display name was reset', tenantWith(OPTIONS, { display_name: 'a' }), { ...NONE, besideOptions: 1 }],
  [
    'options and display name: counted once',
    tenantWith({ [SETTING]: 'on_each_login' }, { display_name: 'a' }),
    { ...NONE, fixed: 1, inOptions: 1, destroyedKeys: 2 },
  ],
  ['the connection is gone', new Map(), { ...NONE, inOptions: 1, destroyedKeys: 2 }],
])('%s', (_, after, damage) => {
  expect(damageOf(tenantWith(OPTIONS), after)).toEqual(damage);
});
