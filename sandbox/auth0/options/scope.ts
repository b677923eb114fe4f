import type { Json, JsonObject } from '../../json';
import type { Write } from './write';

interface ScopeRule {
  /** The flag of the options and its scope, in the order of the result. */
  readonly flags: readonly (readonly [flag: string, scope: string])[];
  /** Flags that are true if a write omits them. */
  readonly filled?: readonly string[];
  /** Scopes regardless of the flags, before the scopes of the flags. */
  readonly always?: readonly string[];
  /** The separator if the result is one string; undefined for a list. */
  readonly joinedBy?: string;
}

/**
 * The strategies that compute `scope` from their boolean flags on every write, regardless of the sent scope. Without any flag
 * the scope is empty (recorded: TestAccConnectionSalesforce; github in the listing of OptionsAttrEmail__old-connections).
 * The scope of a flag that is not listed here is unknown. With such a flag, scopes without a rule are stored as sent.
 */
const RULES: ReadonlyMap<string, ScopeRule> = new Map<string, ScopeRule>([
  // recorded: TestAccConnectionApple (one string)
  [
    'apple',
    {
      joinedBy: ' ',
      flags: [
        ['name', 'name'],
        ['email', 'email'],
      ],
    },
  ],
  // recorded: TestAccConnectionFacebook (one string, public_profile last)
  [
    'facebook',
    {
      joinedBy: ',',
      flags: [
        ['email', 'email'],
        ['groups_access_member_info', 'groups_access_member_info'],
        ['user_birthday', 'user_birthday'],
        ['public_profile', 'public_profile'],
      ],
    },
  ],
  // recorded: TestAccConnectionGitHub (`profile` has no scope)
  [
    'github',
    {
      flags: [
        ['email', 'user:email'],
        ['read_user', 'read:user'],
        ['follow', 'user:follow'],
        ['public_repo', 'public_repo'],
        ['repo', 'repo'],
        ['repo_deployment', 'repo_deployment'],
        ['repo_status', 'repo:status'],
        ['delete_repo', 'delete_repo'],
        ['notifications', 'notifications'],
        ['gist', 'gist'],
        ['read_repo_hook', 'read:repo_hook'],
        ['write_repo_hook', 'write:repo_hook'],
        ['admin_repo_hook', 'admin:repo_hook'],
        ['read_org', 'read:org'],
        ['admin_org', 'admin:org'],
        ['read_public_key', 'read:public_key'],
        ['write_public_key', 'write:public_key'],
        ['admin_public_key', 'admin:public_key'],
        ['write_org', 'write:org'],
      ],
    },
  ],
  // recorded: TestAccConnectionGoogleApps, neither flag was sent
  [
    'google-apps',
    {
      filled: ['email', 'profile'],
      flags: [
        ['email', 'email'],
        ['profile', 'profile'],
      ],
    },
  ],
  // recorded: TestAccConnectionGoogleOAuth2. unconfirmed: that the two are filled, by analogy with google-apps
  [
    'google-oauth2',
    {
      filled: ['email', 'profile'],
      flags: [
        ['email', 'email'],
        ['profile', 'profile'],
        ['gmail', 'https://mail.google.com/mail/feed/atom'],
        ['youtube', 'https://gdata.youtube.com'],
      ],
    },
  ],
  // recorded: TestAccConnectionLine, ["email","openid","profile"] became ["openid","email","profile"]
  [
    'line',
    {
      always: ['openid'],
      filled: ['profile'],
      flags: [
        ['email', 'email'],
        ['profile', 'profile'],
      ],
    },
  ],
  // recorded: TestAccConnectionLinkedin, with strategy_version 2
  [
    'linkedin',
    {
      flags: [
        ['email', 'r_emailaddress'],
        ['profile', 'r_liteprofile'],
        ['basic_profile', 'r_basicprofile'],
      ],
    },
  ],
  // recorded: TestAccConnectionSalesforce (no flag). unconfirmed: the scope of `profile`
  ['salesforce', { flags: [['profile', 'profile']] }],
  ['salesforce-community', { flags: [['profile', 'profile']] }],
  ['salesforce-sandbox', { flags: [['profile', 'profile']] }],
  // recorded: TestAccConnectionWindowslive, with strategy_version 2 (`signin` has no scope)
  ['windowslive', { flags: [['graph_user', 'https://graph.microsoft.com/User.Read']] }],
  // recorded: Wordpress, ["email","profile","openid"] became ["profile"]
  ['wordpress', { filled: ['profile'], flags: [['profile', 'profile']] }],
]);

export function normalizeScope({ strategy, sent }: Pick<Write, 'strategy' | 'sent'>): JsonObject {
  const rule = RULES.get(strategy);
  if (rule === undefined) return { ...sent };
  const filled = Object.fromEntries((rule.filled ?? []).map((flag) => [flag, true]));
  const flagged: JsonObject = { ...filled, ...sent };
  const asked = rule.flags.filter(([flag]) => flagged[flag] === true).map(([, scope]) => scope);
  const scopes = [...(rule.always ?? []), ...asked, ...foreignScopes(rule, flagged)];
  const scope: Json = rule.joinedBy === undefined ? scopes : scopes.join(rule.joinedBy);
  return { ...flagged, scope };
}

function foreignScopes({ flags, always = [] }: ScopeRule, { scope, ...options }: JsonObject): string[] {
  const known = new Map(flags);
  const hasForeignFlag = Object.entries(options).some(([key, value]) => value === true && !known.has(key));
  if (!hasForeignFlag || !Array.isArray(scope)) return [];
  const ours = [...known.values(), ...always];
  return scope.filter((asked) => typeof asked === 'string').filter((asked) => !ours.includes(asked));
}

/**
 * recorded: TestAccConnectionGoogleApps. A POST fills handle_login_from_social. A PATCH that omits map_user_id_to_id keeps
 * it. go-auth0 Update GoogleApps: an omitted api_enable_users is true.
 */
export function normalizeGoogleApps({ strategy, sent, stored }: Write): JsonObject {
  const kept: JsonObject = {};
  if (stored === undefined) kept.handle_login_from_social = true;
  else if (stored.map_user_id_to_id !== undefined) kept.map_user_id_to_id = stored.map_user_id_to_id;
  return normalizeScope({ strategy, sent: { api_enable_users: true, ...kept, ...sent } });
}
