import type { Fills } from './fills';

/**
 * The facts about each strategy, one row per strategy. Only this file contains strategy names. A new fact about Auth0
 * is a change of one row.
 *
 * Sources, as cited in the rows:
 * - enum: the strategies `GET /api/v2/connections` lists (Management API reference, ConnectionStrategyEnum). It changes
 *   monthly: 56 in node-auth0 v6.1.0, 74 in v6.4.0, 65 in v7.1.0.
 * - schema: node-auth0 v6.1.0 `src/management/api/types/types.ts`; the options type of the strategy, its own or the
 *   OAuth 1, OAuth 2, OIDC or SAML type it extends, has `set_user_root_attributes`.
 * - sync: https://auth0.com/docs/manage-users/user-accounts/user-profiles/configure-connection-sync-with-auth0
 * - reset: Management API reference, PATCH /api/v2/connections/{id}: an omitted field is reset (`display_name` to the
 *   name, the two flags to false). Its schema accepts the three fields for every strategy.
 * - realms: 400 "Realms is only supported for database connections." (terraform-provider-auth0 issue 827)
 * - sent: a recorded PATCH of the strategy contains the field, and the answer is 200 with the same value
 *   (terraform-provider-auth0 and auth0-deploy-cli, recordings of their tests).
 * - omission: terraform-provider-auth0 `internal/auth0/connection/expand.go` omits the key, because an explicit
 *   `on_each_login` shows the Dashboard's toggle as off (its issues 83, 587, 602 and 619).
 */
export const GROUPS = ['database', 'enterprise', 'social', 'passwordless'] as const;
export type StrategyGroup = (typeof GROUPS)[number];

/** The fields outside the options that a write might have to send back, because omitting a field resets it. */
export const ECHOED_FIELDS = ['display_name', 'is_domain_connection', 'show_as_button', 'realms'] as const;
export type EchoedField = (typeof ECHOED_FIELDS)[number];
/** `recorded`: a recording shows that the strategy accepts the field. `documented`: only the reference states it. */
export type Grade = 'recorded' | 'documented';

export interface Strategy {
  /** `null`: an unknown strategy is in no group. */
  readonly group: StrategyGroup | null;
  /** Whether connections of the strategy have the setting: always, never, or only with a custom database. */
  readonly applies: 'always' | 'never' | 'custom_database';
  /** How `on_each_login` is written: as a value, or by omitting the key so that the Dashboard shows it correctly. */
  readonly onEachLoginBy: 'value' | 'absence';
  /**
   * Whether a source shows that this strategy accepts the setting. Without a source, it is judged and never written.
   */
  readonly writable: boolean;
  /**
   * The fields to send back if the API showed them, never as `null`. The API refuses other fields. Sources: reset,
   * realms, sent.
   */
  readonly echoed: Readonly<Partial<Record<EchoedField, Grade>>>;
  /** Options that Auth0 fills in at a write without them. */
  readonly fills?: Fills;
  /** Option keys that Auth0 itself might rewrite at any write, so that their change is not damage by the auditor. */
  readonly rewritten?: readonly string[];
  /** Auth0 rewrites them only if one of these options names the source to read from. */
  readonly rewrittenWhere?: readonly string[];
  /**
   * The name of this type in the Dashboard under Authentication > Enterprise, if Auth0's docs state the name:
   * https://auth0.com/docs/authenticate/identity-providers, each page's "locate ... and select its +".
   */
  readonly dashboardName?: string;
  /**
   * For an enterprise type: the proven address of the Dashboard. `connection`: the page of a connection. `list`: the
   * list of its connections. If absent, only the list of types. Sources: `dashboardLink` in report/words/dashboard.ts.
   */
  readonly dashboardPage?: 'connection' | 'list';
  readonly source: string;
}

const echoed = {
  display_name: 'documented',
  is_domain_connection: 'documented',
  show_as_button: 'documented',
} as const;
/** terraform-provider-auth0, recording TestAccConnection* of each strategy; auth0-deploy-cli for auth0 and google-oauth2. */
const flagSent = { ...echoed, is_domain_connection: 'recorded' } as const;
/** terraform-provider-auth0, recordings TestAccConnectionAD, ADFS and AzureAD; google-apps: TestAccConnectionGoogleApps. */
const buttonSent = { ...echoed, show_as_button: 'recorded' } as const;
/** terraform-provider-auth0, recordings TestAccConnectionOIDC, Okta, PingFederate and SAML. */
const nameAndButtonSent = { ...buttonSent, display_name: 'recorded' } as const;

const SCHEMA = 'schema';
const social: Strategy = {
  group: 'social',
  applies: 'always',
  onEachLoginBy: 'value',
  writable: true,
  echoed,
  source: SCHEMA,
};
const enterprise: Strategy = { ...social, group: 'enterprise' };
const byAbsence: Strategy = { ...enterprise, onEachLoginBy: 'absence', source: 'schema; omission' };
const passwordless: Strategy = {
  group: 'passwordless',
  applies: 'never',
  onEachLoginBy: 'value',
  writable: false,
  echoed,
  source: 'sync: passwordless connections do not have the setting, in the UI or the API',
};
const unproven = (group: StrategyGroup): Strategy => ({
  ...social,
  group,
  writable: false,
  source: 'enum; no schema of its options has the setting',
});
// https://auth0.com/ai/docs/integrations/slack: Slack is under Authentication > Social in the Dashboard. No page
// documents the other strategies of this kind.
const unprovenService: Strategy = {
  ...unproven('social'),
  source: 'enum of node-auth0 v7.1.0; no options type of its own',
};

/**
 * Auth0 reads the metadata of the identity provider again if the written options contain its address
 * (terraform-provider-auth0 recordings of samlp and adfs), and then replaces certificates. A changed endpoint is not in
 * this list: an operator has to check it.
 */
const CERTIFICATES = ['cert', 'certs', 'expires', 'signingCert', 'subject', 'thumbprints'];

const OIDC_PATCH =
  'terraform-provider-auth0, recordings of oidc and okta: each PATCH that leaves it out is answered with it';
const ENDPOINT =
  'terraform-provider-auth0, recording TestAccConnectionCrossAppAccessResourceApp: read from the discovery document';
const PKCE = { value: ['auto', 'disabled'], source: OIDC_PATCH };
/** The addresses from the discovery document. */
const endpoints = (where: readonly (readonly string[])[]): Fills => ({
  authorization_endpoint: { value: 'endpoint', where, source: ENDPOINT },
  token_endpoint: { value: 'endpoint', where, source: ENDPOINT },
  userinfo_endpoint: { value: 'endpoint', where, source: ENDPOINT },
});

/**
 * Raised with every change of the table except `dashboardPage`: then a write that Auth0 refused before is tried again.
 */
export const STRATEGY_TABLE_VERSION = 1;

const TABLE = {
  // The connector of the customer writes these keys each time it connects (terraform-provider-auth0 expand.go).
  ad: {
    ...byAbsence,
    dashboardName: 'Active Directory / LDAP',
    dashboardPage: 'list',
    echoed: buttonSent,
    rewritten: ['agentIP', 'agentMode', 'agentVersion', 'certs', 'thumbprints'],
  },
  adfs: {
    ...byAbsence,
    echoed: buttonSent,
    rewritten: CERTIFICATES,
    rewrittenWhere: ['adfs_server', 'fedMetadataXml'],
  },
  amazon: social,
  apple: { ...social, echoed: flagSent },
  asana: unprovenService,
  atlassian: unprovenService,
  auth0: {
    group: 'database',
    applies: 'custom_database',
    onEachLoginBy: 'value',
    writable: true,
    echoed: { ...flagSent, realms: 'recorded' },
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
  facebook: { ...social, echoed: flagSent },
  fitbit: social,
  github: social,
  gitlab: unprovenService,
  // Auth0 can renew the access token between any two reads (terraform-provider-auth0 issue 817).
  'google-apps': {
    ...byAbsence,
    dashboardName: 'Google Workspace',
    echoed: { ...flagSent, show_as_button: 'recorded' },
    fills: {
      api_enable_users: {
        value: [true],
        source: 'terraform-provider-auth0 expand.go; every recorded object holds true',
      },
    },
    rewritten: ['admin_access_token', 'admin_access_token_expiresin'],
  },
  'google-oauth2': { ...social, echoed: flagSent },
  'hubspot-mcp': unprovenService,
  instagram: social,
  ip: unproven('enterprise'),
  line: { ...social, echoed: flagSent },
  'linear-mcp': unprovenService,
  linkedin: { ...social, echoed: flagSent },
  'notion-mcp': unprovenService,
  oauth1: social,
  oauth2: { ...social, echoed: flagSent },
  office365: unproven('enterprise'),
  oidc: {
    ...enterprise,
    dashboardName: 'Open ID Connect',
    dashboardPage: 'list',
    echoed: nameAndButtonSent,
    fills: {
      schema_version: { value: 'text', source: OIDC_PATCH },
      attribute_map: { value: [{ mapping_mode: 'bind_all' }], source: OIDC_PATCH },
      'connection_settings.pkce': PKCE,
      ...endpoints([['discovery_url'], ['issuer']]),
    },
    rewritten: ['oidc_metadata'],
    rewrittenWhere: ['discovery_url'],
  },
  okta: {
    ...enterprise,
    dashboardName: 'Okta Workforce',
    dashboardPage: 'connection',
    echoed: nameAndButtonSent,
    fills: {
      schema_version: { value: 'text', source: OIDC_PATCH },
      attribute_map: { value: [{ mapping_mode: 'basic_profile' }], source: OIDC_PATCH },
      'connection_settings.pkce': PKCE,
      type: { value: ['back_channel'], source: 'terraform-provider-auth0, recordings of okta: each POST without it' },
      // Auth0 also finds the discovery document by the domain. Without both, a null endpoint stays null (same
      // recordings).
      ...endpoints([['discovery_url'], ['domain', 'issuer']]),
    },
    rewritten: ['oidc_metadata'],
    rewrittenWhere: ['discovery_url', 'domain'],
  },
  paypal: social,
  'paypal-sandbox': social,
  pingfederate: { ...byAbsence, dashboardName: 'Ping Federate', echoed: nameAndButtonSent },
  planningcenter: social,
  salesforce: social,
  'salesforce-community': social,
  'salesforce-sandbox': social,
  samlp: {
    ...byAbsence,
    dashboardName: 'SAML',
    dashboardPage: 'list',
    echoed: nameAndButtonSent,
    rewritten: CERTIFICATES,
    rewrittenWhere: ['metadataUrl'],
  },
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
  waad: {
    ...byAbsence,
    dashboardName: 'Microsoft Azure AD',
    dashboardPage: 'list',
    echoed: buttonSent,
    fills: {
      userid_attribute: {
        value: ['oid', 'sub'],
        source: 'terraform-provider-auth0, recordings of waad: the values shown',
      },
      waad_common_endpoint: {
        value: [false],
        source: 'terraform-provider-auth0, recordings of waad: each POST and PATCH without it',
      },
    },
    rewritten: ['thumbprints'],
  },
  weibo: social,
  windowslive: { ...social, echoed: flagSent },
  wordpress: social,
  yahoo: social,
  yandex: social,
} satisfies Record<string, Strategy>;

const STRATEGIES: ReadonlyMap<string, Strategy> = new Map(Object.entries(TABLE));

/** The strategies that Auth0 documents, in alphabetical order. */
export const STRATEGY_NAMES: readonly string[] = [...STRATEGIES.keys()];

/** A strategy that is not in the table: judged like any other, never written, in no group. */
const UNKNOWN: Strategy = {
  group: null,
  applies: 'always',
  onEachLoginBy: 'value',
  writable: false,
  echoed,
  source: 'none',
};

export function isKnownStrategy(name: string): boolean {
  return STRATEGIES.has(name);
}

export function strategyOf(name: string): Strategy {
  return STRATEGIES.get(name) ?? UNKNOWN;
}
