import { createHash } from 'node:crypto';
import {
  GROUPS,
  isKnownStrategy,
  STRATEGY_NAMES,
  STRATEGY_TABLE_VERSION,
  strategyOf,
} from '../../lambda/connection/strategies';

/**
 * One row per strategy: group, when the setting applies, how on_each_login is written, whether the auditor writes it.
 */
const ROWS: readonly (readonly [string, string, string, string, string])[] = [
  ['ad', 'enterprise', 'always', 'absence', 'written'],
  ['adfs', 'enterprise', 'always', 'absence', 'written'],
  ['amazon', 'social', 'always', 'value', 'written'],
  ['apple', 'social', 'always', 'value', 'written'],
  ['asana', 'social', 'always', 'value', 'judged only'],
  ['atlassian', 'social', 'always', 'value', 'judged only'],
  ['auth0', 'database', 'custom_database', 'value', 'written'],
  ['auth0-adldap', 'enterprise', 'always', 'value', 'judged only'],
  ['auth0-oidc', 'enterprise', 'always', 'value', 'judged only'],
  ['baidu', 'social', 'always', 'value', 'written'],
  ['bitbucket', 'social', 'always', 'value', 'written'],
  ['bitly', 'social', 'always', 'value', 'written'],
  ['box', 'social', 'always', 'value', 'written'],
  ['cloudflare-mcp', 'social', 'always', 'value', 'judged only'],
  ['custom', 'enterprise', 'always', 'value', 'judged only'],
  ['daccount', 'social', 'always', 'value', 'written'],
  ['dropbox', 'social', 'always', 'value', 'written'],
  ['dwolla', 'social', 'always', 'value', 'written'],
  ['email', 'passwordless', 'never', 'value', 'judged only'],
  ['evernote', 'social', 'always', 'value', 'written'],
  ['evernote-sandbox', 'social', 'always', 'value', 'written'],
  ['exact', 'social', 'always', 'value', 'written'],
  ['facebook', 'social', 'always', 'value', 'written'],
  ['fitbit', 'social', 'always', 'value', 'written'],
  ['github', 'social', 'always', 'value', 'written'],
  ['gitlab', 'social', 'always', 'value', 'judged only'],
  ['google-apps', 'enterprise', 'always', 'absence', 'written'],
  ['google-oauth2', 'social', 'always', 'value', 'written'],
  ['hubspot-mcp', 'social', 'always', 'value', 'judged only'],
  ['instagram', 'social', 'always', 'value', 'written'],
  ['ip', 'enterprise', 'always', 'value', 'judged only'],
  ['line', 'social', 'always', 'value', 'written'],
  ['linear-mcp', 'social', 'always', 'value', 'judged only'],
  ['linkedin', 'social', 'always', 'value', 'written'],
  ['notion-mcp', 'social', 'always', 'value', 'judged only'],
  ['oauth1', 'social', 'always', 'value', 'written'],
  ['oauth2', 'social', 'always', 'value', 'written'],
  ['office365', 'enterprise', 'always', 'value', 'judged only'],
  ['oidc', 'enterprise', 'always', 'value', 'written'],
  ['okta', 'enterprise', 'always', 'value', 'written'],
  ['paypal', 'social', 'always', 'value', 'written'],
  ['paypal-sandbox', 'social', 'always', 'value', 'written'],
  ['pingfederate', 'enterprise', 'always', 'absence', 'written'],
  ['planningcenter', 'social', 'always', 'value', 'written'],
  ['salesforce', 'social', 'always', 'value', 'written'],
  ['salesforce-community', 'social', 'always', 'value', 'written'],
  ['salesforce-sandbox', 'social', 'always', 'value', 'written'],
  ['samlp', 'enterprise', 'always', 'absence', 'written'],
  ['sentry-mcp', 'social', 'always', 'value', 'judged only'],
  ['sharepoint', 'enterprise', 'always', 'value', 'written'],
  ['shop', 'social', 'always', 'value', 'written'],
  ['shopify', 'social', 'always', 'value', 'written'],
  ['slack', 'social', 'always', 'value', 'judged only'],
  ['sms', 'passwordless', 'never', 'value', 'judged only'],
  ['soundcloud', 'social', 'always', 'value', 'written'],
  ['thirtysevensignals', 'social', 'always', 'value', 'written'],
  ['twitter', 'social', 'always', 'value', 'written'],
  ['untappd', 'social', 'always', 'value', 'written'],
  ['vkontakte', 'social', 'always', 'value', 'written'],
  ['waad', 'enterprise', 'always', 'absence', 'written'],
  ['weibo', 'social', 'always', 'value', 'written'],
  ['windowslive', 'social', 'always', 'value', 'written'],
  ['wordpress', 'social', 'always', 'value', 'written'],
  ['yahoo', 'social', 'always', 'value', 'written'],
  ['yandex', 'social', 'always', 'value', 'written'],
];

/**
 * After a change of the table, raise STRATEGY_TABLE_VERSION and copy both values from the failing test. The new version
 * makes the auditor try again the connections that Auth0 refused. A Dashboard address is not part of the hash.
 */
const PINNED = { version: 1, sha256: 'f4df48739ef509fd' };

test('the pinned version and hash match the content of the strategy table', () => {
  const table = JSON.stringify(STRATEGY_NAMES.map((name) => [name, { ...strategyOf(name), dashboardPage: undefined }]));
  const sha256 = createHash('sha256').update(table).digest('hex').slice(0, 16);
  expect({ version: STRATEGY_TABLE_VERSION, sha256 }).toEqual(PINNED);
});

describe('the facts of each strategy', () => {
  test.each(ROWS)(
    'the strategy %s is %s, applies %s, writes on_each_login by %s, and is %s',
    (name, group, applies, onEachLoginBy, writing) => {
      expect(isKnownStrategy(name)).toBe(true);
      expect(strategyOf(name)).toMatchObject({ group, applies, onEachLoginBy, writable: writing === 'written' });
      expect(strategyOf(name).source).not.toBe('');
    },
  );

  test('every strategy of the table has a row in this test', () => {
    expect(STRATEGY_NAMES).toEqual(ROWS.map(([name]) => name));
  });

  test('no strategy has the name of a group, so the two cannot be confused', () => {
    expect(GROUPS.filter((group) => isKnownStrategy(group))).toEqual([]);
  });

  test.each(['tomorrow', '', '__proto__', 'constructor', 'SAMLP', 'samlp '])(
    'the unknown strategy %j is judged, never written, and in no group',
    (name) => {
      expect(isKnownStrategy(name)).toBe(false);
      expect(strategyOf(name)).toMatchObject({ group: null, applies: 'always', writable: false });
    },
  );
});
