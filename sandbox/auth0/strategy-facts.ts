import type { JsonObject } from '../json';

/** The differences of the API by strategy, except for the rewriting of options (see options/normalize.ts). */
export interface StrategyFacts {
  /** Whether the top level shows `show_as_button` (recorded: AD, ADFS, AzureAD, Okta, OIDC, SAML). */
  readonly enterprise: boolean;
  /**
   * Whether the top level shows `provisioning_ticket_url` (recorded: AD, ADFS, AzureAD, SAML; not Okta, not OIDC, and not
   * waad with the newer of its identity APIs, TestAccSCIMToken).
   */
  readonly provisioningTicket: (options: JsonObject) => boolean;
  /** Whether the answer to a POST without a display name has the name as display name (recorded: AzureAD, TestAccConnectionDataKeys). */
  readonly namesItself: boolean;
  /** Options that are accepted and never returned. */
  readonly writeOnly: readonly string[];
  /** Options that are in the answer to the write that sent them as null, but not in the next GET. */
  readonly nullVanishes: readonly string[];
}

const PLAIN: StrategyFacts = {
  enterprise: false,
  provisioningTicket: () => false,
  namesItself: false,
  writeOnly: [],
  nullVanishes: [],
};
const DIRECTORY: StrategyFacts = { ...PLAIN, enterprise: true, provisioningTicket: () => true };
const DISCOVERED: StrategyFacts = { ...PLAIN, enterprise: true, namesItself: true };
/** recorded: Line, Twitter, Wordpress. Other nulls stay: sms messaging_service_sid, okta userinfo_endpoint, oauth1 tokenURL. */
const FIXED_ENDPOINTS: StrategyFacts = { ...PLAIN, nullVanishes: ['authorizationURL', 'tokenURL'] };
const FACTS: ReadonlyMap<string, StrategyFacts> = new Map([
  ['ad', DIRECTORY],
  ['auth0-adldap', DIRECTORY],
  ['adfs', DIRECTORY],
  ['waad', { ...DIRECTORY, provisioningTicket: (options) => !usesNewerIdentityApi(options), namesItself: true }],
  ['google-apps', DIRECTORY],
  ['pingfederate', DIRECTORY],
  // recorded: SAML, metadataXml is parsed on a write and missing in a GET.
  ['samlp', { ...DIRECTORY, writeOnly: ['metadataXml'] }],
  ['line', FIXED_ENDPOINTS],
  ['twitter', FIXED_ENDPOINTS],
  ['wordpress', FIXED_ENDPOINTS],
  // unconfirmed: that okta gets a display name like oidc; every recorded POST sent a display name.
  ['okta', DISCOVERED],
  ['oidc', DISCOVERED],
]);

/** waad has two identity APIs. With the newer API, Auth0 adds neither keys nor a ticket (recorded: TestAccSCIMToken). */
export function usesNewerIdentityApi(options: JsonObject): boolean {
  return options.identity_api === 'microsoft-identity-platform-v2.0';
}

export function strategyFacts(strategy: string): StrategyFacts {
  return FACTS.get(strategy) ?? PLAIN;
}

/**
 * The strategies of the enum of the list endpoint (SPEC, and nine more of node-auth0 7.1.0). The type in answers is a plain
 * string, so other strategies can appear.
 */
export const DOCUMENTED_STRATEGIES = [
  'ad',
  'adfs',
  'amazon',
  'apple',
  'dropbox',
  'bitbucket',
  'auth0-oidc',
  'auth0',
  'baidu',
  'bitly',
  'box',
  'custom',
  'daccount',
  'dwolla',
  'email',
  'evernote-sandbox',
  'evernote',
  'exact',
  'facebook',
  'fitbit',
  'github',
  'google-apps',
  'google-oauth2',
  'instagram',
  'ip',
  'line',
  'linkedin',
  'oauth1',
  'oauth2',
  'office365',
  'oidc',
  'okta',
  'paypal',
  'paypal-sandbox',
  'pingfederate',
  'planningcenter',
  'salesforce-community',
  'salesforce-sandbox',
  'salesforce',
  'samlp',
  'sharepoint',
  'shopify',
  'shop',
  'sms',
  'soundcloud',
  'thirtysevensignals',
  'twitter',
  'untappd',
  'vkontakte',
  'waad',
  'weibo',
  'windowslive',
  'wordpress',
  'yahoo',
  'yandex',
  'auth0-adldap',
  'notion-mcp',
  'asana',
  'atlassian',
  'cloudflare-mcp',
  'gitlab',
  'hubspot-mcp',
  'linear-mcp',
  'sentry-mcp',
  'slack',
] as const;
