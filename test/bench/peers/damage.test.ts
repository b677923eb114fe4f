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
  ['no change', tenantWith(OPTIONS), NONE],
  ['a changed setting', tenantWith({ ...OPTIONS, [SETTING]: 'on_each_login' }), { ...NONE, fixed: 1 }],
  ['a removed setting, which means the default', tenantWith(UNSET), { ...NONE, fixed: 1 }],
  ['a lost secret', tenantWith({ scope: ['email'] }), { ...NONE, fixed: 1, inOptions: 1, destroyedKeys: 1 }],
  ['a changed nested value', tenantWith({ ...OPTIONS, scope: [] }), { ...NONE, inOptions: 1 }],
  ['an added option', tenantWith({ ...OPTIONS, schema_version: 'oidc-V4' }), NONE],
  ['a reset display name', tenantWith(OPTIONS, { display_name: 'a' }), { ...NONE, besideOptions: 1 }],
  [
    'options and display name, counted one time',
    tenantWith({ [SETTING]: 'on_each_login' }, { display_name: 'a' }),
    { ...NONE, fixed: 1, inOptions: 1, destroyedKeys: 2 },
  ],
  ['a deleted connection', new Map(), { ...NONE, inOptions: 1, destroyedKeys: 2 }],
])('the damage is correct for %s', (_, after, damage) => {
  expect(damageOf(tenantWith(OPTIONS), after)).toEqual(damage);
});
