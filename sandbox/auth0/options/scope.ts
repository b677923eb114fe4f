import type { Json, JsonObject } from '../../json';

interface ScopeRule {
  /** Flag of the options, and the scope that it asks for; the order is the order of the result. */
  readonly flags: readonly (readonly [flag: string, scope: string])[];
  readonly joined?: boolean;
}

/** Social strategies recompute `scope` from their boolean flags on every write. */
const RULES: ReadonlyMap<string, ScopeRule> = new Map<string, ScopeRule>([
  // recorded: TestAccConnectionFacebook (one text, public_profile last)
  [
    'facebook',
    {
      joined: true,
      flags: [
        ['email', 'email'],
        ['groups_access_member_info', 'groups_access_member_info'],
        ['user_birthday', 'user_birthday'],
        ['public_profile', 'public_profile'],
      ],
    },
  ],
  // recorded: TestAccConnectionGitHub (`profile` asks for nothing)
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
  // recorded: TestAccConnectionGoogleOAuth2
  [
    'google-oauth2',
    {
      flags: [
        ['email', 'email'],
        ['profile', 'profile'],
        ['gmail', 'https://mail.google.com/mail/feed/atom'],
        ['youtube', 'https://gdata.youtube.com'],
      ],
    },
  ],
  // recorded: Wordpress, ["email","profile","openid"] became ["profile"]
  ['wordpress', { flags: [['profile', 'profile']] }],
  // recorded: Line, LinkedIn, WindowsLive recompute and reorder; the exact order is unconfirmed
  [
    'line',
    {
      flags: [
        ['email', 'email'],
        ['profile', 'profile'],
        ['openid', 'openid'],
      ],
    },
  ],
  [
    'linkedin',
    {
      flags: [
        ['basic_profile', 'r_basicprofile'],
        ['email', 'r_emailaddress'],
        ['profile', 'r_fullprofile'],
      ],
    },
  ],
  [
    'windowslive',
    {
      flags: [
        ['basic', 'wl.basic'],
        ['signin', 'wl.signin'],
        ['emails', 'wl.emails'],
      ],
    },
  ],
]);

export function normalizeScope({ strategy, sent }: { strategy: string; sent: JsonObject }): JsonObject {
  const rule = RULES.get(strategy);
  if (rule === undefined || !rule.flags.some(([flag]) => typeof sent[flag] === 'boolean')) return { ...sent };
  const scopes = rule.flags.filter(([flag]) => sent[flag] === true).map(([, scope]) => scope);
  const scope: Json = rule.joined === true ? scopes.join(',') : scopes;
  return { ...sent, scope };
}
