/**
 * What is known of each strategy: one row each. This is the only file that spells strategy names; a new fact about
 * Auth0 is a change of one row.
 *
 * Sources, as cited in the rows:
 * - enum: the strategies `GET /api/v2/connections` lists (Management API reference, ConnectionStrategyEnum). It changes
 *   monthly: 56 in node-auth0 v6.1.0, 74 in v6.4.0, 65 in v7.1.0.
 * - schema: node-auth0 v6.1.0 `src/management/api/types/types.ts`; the options type of the strategy, its own or the
 *   OAuth 1, OAuth 2, OIDC or SAML type it extends, has `set_user_root_attributes`.
 * - sync: https://auth0.com/docs/manage-users/user-accounts/user-profiles/configure-connection-sync-with-auth0
 * - omission: terraform-provider-auth0 `internal/auth0/connection/expand.go` omits the key, because an explicit
 *   `on_each_login` shows the Dashboard's toggle as off (its issues 83, 587, 602 and 619).
 */
export const GROUPS = ['database', 'enterprise', 'social', 'passwordless'] as const;
export type StrategyGroup = (typeof GROUPS)[number];

export interface Strategy {
  /** `null`: a strategy that is not known is in no group. */
  readonly group: StrategyGroup | null;
  /** Whether the setting exists there: everywhere, nowhere, or only where users live in a custom database. */
  readonly applies: 'always' | 'never' | 'custom_database';
  /** How `on_each_login` is written: as a value, or by leaving the key out so that the Dashboard shows it right. */
  readonly onEachLoginBy: 'value' | 'absence';
  /** Whether a source shows that this strategy accepts the setting. Without one it is judged and never written. */
  readonly writable: boolean;
  /** Option keys that Auth0 itself may rewrite at any write, so that their change is no damage of ours. */
  readonly rewritten?: readonly string[];
  /** It does so only where one of these options says where to read from. */
  readonly rewrittenWhere?: readonly string[];
  /**
   * What the Dashboard calls this type under Authentication > Enterprise, where Auth0's docs name it:
   * https://auth0.com/docs/authenticate/identity-providers, each page's "locate ... and select its +".
   */
  readonly dashboardName?: string;
  readonly source: string;
}

const SCHEMA = 'schema';
const social: Strategy = {
  group: 'social',
  applies: 'always',
  onEachLoginBy: 'value',
  writable: true,
  source: SCHEMA,
};
const enterprise: Strategy = { ...social, group: 'enterprise' };
const byAbsence: Strategy = { ...enterprise, onEachLoginBy: 'absence', source: 'schema; omission' };
const passwordless: Strategy = {
  group: 'passwordless',
  applies: 'never',
  onEachLoginBy: 'value',
  writable: false,
  source: 'sync: passwordless connections do not have the setting, in the UI or the API',
};
const unproven = (group: StrategyGroup): Strategy => ({
  ...social,
  group,
  writable: false,
  source: 'enum; no schema of its options has the setting',
});
// https://auth0.com/ai/docs/integrations/slack: Slack stands under Authentication > Social in the Dashboard. Of the others
// of its kind no page tells.
const unprovenService: Strategy = {
  ...unproven('social'),
  source: 'enum of node-auth0 v7.1.0; no options type of its own',
};

/**
 * Auth0 reads the metadata of the identity provider again when its address is among the options that are written
 * (terraform-provider-auth0 recordings of samlp and adfs), and certificates follow it. An endpoint that moves is nothing
 * to be excused: somebody has to look.
 */
const CERTIFICATES = ['cert', 'certs', 'expires', 'signingCert', 'subject', 'thumbprints'];

const TABLE = {
  // The connector on the customer's side writes these whenever it connects (terraform-provider-auth0 expand.go).
  ad: {
    ...byAbsence,
    dashboardName: 'Active Directory / LDAP',
    rewritten: ['agentIP', 'agentMode', 'agentVersion', 'certs', 'thumbprints'],
  },
  adfs: { ...byAbsence, rewritten: CERTIFICATES, rewrittenWhere: ['adfs_server', 'fedMetadataXml'] },
  amazon: social,
  apple: social,
  asana: unprovenService,
  atlassian: unprovenService,
  auth0: {
    group: 'database',
    applies: 'custom_database',
    onEachLoginBy: 'value',
    writable: true,
    source:
      'PATCH /api/v2/connections/{id}, 400: only "custom database connections (using external users store)"; terraform-provider-auth0 records a custom database accepting it',
  },
  'auth0-adldap': unproven('enterprise'),
  'auth0-oidc': unproven('enterprise'),
  baidu: social,
  bitbucket: social,
  bitly: social,
  box: social,
  'cloudflare-mcp': unprovenService,
  custom: unproven('enterprise'),
  daccount: social,
  dropbox: social,
  dwolla: social,
  email: passwordless,
  evernote: social,
  'evernote-sandbox': social,
  exact: social,
  facebook: social,
  fitbit: social,
  github: social,
  gitlab: unprovenService,
  // Its access token is renewed by Auth0 between any two reads (terraform-provider-auth0 issue 817).
  'google-apps': {
    ...byAbsence,
    dashboardName: 'Google Workspace',
    rewritten: ['admin_access_token', 'admin_access_token_expiresin'],
  },
  'google-oauth2': social,
  'hubspot-mcp': unprovenService,
  instagram: social,
  ip: unproven('enterprise'),
  line: social,
  'linear-mcp': unprovenService,
  linkedin: social,
  'notion-mcp': unprovenService,
  oauth1: social,
  oauth2: social,
  office365: unproven('enterprise'),
  oidc: {
    ...enterprise,
    dashboardName: 'Open ID Connect',
    rewritten: ['oidc_metadata'],
    rewrittenWhere: ['discovery_url'],
  },
  okta: {
    ...enterprise,
    dashboardName: 'Okta Workforce',
    rewritten: ['oidc_metadata'],
    rewrittenWhere: ['discovery_url', 'domain'],
  },
  paypal: social,
  'paypal-sandbox': social,
  pingfederate: { ...byAbsence, dashboardName: 'Ping Federate' },
  planningcenter: social,
  salesforce: social,
  'salesforce-community': social,
  'salesforce-sandbox': social,
  samlp: { ...byAbsence, dashboardName: 'SAML', rewritten: CERTIFICATES, rewrittenWhere: ['metadataUrl'] },
  'sentry-mcp': unprovenService,
  sharepoint: { ...social, group: 'enterprise' },
  shop: social,
  shopify: social,
  slack: unprovenService,
  sms: passwordless,
  soundcloud: social,
  thirtysevensignals: social,
  twitter: social,
  untappd: social,
  vkontakte: social,
  waad: { ...byAbsence, dashboardName: 'Microsoft Azure AD', rewritten: ['thumbprints'] },
  weibo: social,
  windowslive: social,
  wordpress: social,
  yahoo: social,
  yandex: social,
} satisfies Record<string, Strategy>;

const STRATEGIES: ReadonlyMap<string, Strategy> = new Map(Object.entries(TABLE));

/** The strategies Auth0 documents, in alphabetical order. */
export const STRATEGY_NAMES: readonly string[] = [...STRATEGIES.keys()];

/** A strategy that Auth0 adds tomorrow: judged like any other, never written, in no group. */
const UNKNOWN: Strategy = {
  group: null,
  applies: 'always',
  onEachLoginBy: 'value',
  writable: false,
  source: 'none',
};

export function isKnownStrategy(name: string): boolean {
  return STRATEGIES.has(name);
}

export function strategyOf(name: string): Strategy {
  return STRATEGIES.get(name) ?? UNKNOWN;
}
