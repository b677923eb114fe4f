/** What the API does differently by strategy, apart from how it rewrites options (see options/normalize.ts). */
export interface StrategyFacts {
  /** Whether the top level shows `show_as_button` (recorded: AD, ADFS, AzureAD, Okta, OIDC, SAML). */
  readonly enterprise: boolean;
  /** Whether the top level shows `provisioning_ticket_url` (recorded: AD, ADFS, AzureAD, SAML; not Okta, not OIDC). */
  readonly provisioningTicket: boolean;
  /** Options that are accepted and never shown. */
  readonly writeOnly: readonly string[];
}

const PLAIN: StrategyFacts = { enterprise: false, provisioningTicket: false, writeOnly: [] };
const DIRECTORY: StrategyFacts = { enterprise: true, provisioningTicket: true, writeOnly: [] };
const FACTS: ReadonlyMap<string, StrategyFacts> = new Map([
  ['ad', DIRECTORY],
  ['auth0-adldap', DIRECTORY],
  ['adfs', DIRECTORY],
  ['waad', DIRECTORY],
  ['google-apps', DIRECTORY],
  ['pingfederate', DIRECTORY],
  // recorded: SAML, metadataXml is parsed on write and absent on GET.
  ['samlp', { ...DIRECTORY, writeOnly: ['metadataXml'] }],
  ['okta', { ...DIRECTORY, provisioningTicket: false }],
  ['oidc', { ...DIRECTORY, provisioningTicket: false }],
]);

export function strategyFacts(strategy: string): StrategyFacts {
  return FACTS.get(strategy) ?? PLAIN;
}

/**
 * The strategies of the list endpoint's enum (SPEC, and the nine that node-auth0 7.1.0 adds); answers type it as a plain
 * string, so others may appear.
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
