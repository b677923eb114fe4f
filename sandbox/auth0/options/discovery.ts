import { isObject, type Json, type JsonObject } from '../../json';
import type { Write } from './write';

/**
 * The endpoints that are filled from discovery (recorded: TestAccConnectionDataKeys and CrossAppAccessResourceApp, sent as
 * null). unconfirmed: that an omitted endpoint is filled like an endpoint that is sent as null.
 */
const ENDPOINTS = ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri', 'issuer'];

/**
 * The strategies with discovery of the provider: oidc and okta. Only a write fills these keys. A GET of a connection that
 * never had them does not have them (recorded: TestAccConnectionOptionsAttrEmail__old-connections).
 */
export function normalizeDiscovery({ strategy, sent, stored, kind }: Write): JsonObject {
  const metadata = discover(strategy, sent);
  const written: JsonObject = {
    // recorded: TestAccDataSCIMConfiguration, okta without a type. No oidc was recorded without one.
    ...(strategy === 'okta' ? { type: 'back_channel' } : {}),
    ...(kind.mapsAttributes ? mapping(strategy, stored) : {}),
    ...sent,
    // recorded: on every write, although no request sent them; unconfirmed: that sending them back changes nothing
    ...(metadata === undefined ? {} : { oidc_metadata: metadata }),
    ...(kind.schemaVersion === 'none' ? {} : { schema_version: kind.schemaVersion }),
  };
  for (const endpoint of ENDPOINTS) {
    const known = metadata?.[endpoint];
    if (known !== undefined) written[endpoint] ??= known;
  }
  return written;
}

function mapping(strategy: string, stored: JsonObject | undefined): JsonObject {
  return {
    // recorded: an omitted map is returned with only its mode (7 of 7 writes).
    attribute_map: { mapping_mode: strategy === 'okta' ? 'basic_profile' : 'bind_all' },
    // recorded: TestAccConnectionConnectedAccounts, auto after a POST, and disabled after a PATCH that omits it.
    connection_settings: { pkce: stored === undefined ? 'auto' : 'disabled' },
  };
}

/**
 * Made-up content of the discovery document of the provider. Metadata that was sent is kept if it has the same issuer.
 * undefined if the address of the document is unknown (recorded: TestAccDataSCIMConfiguration, okta without a domain).
 */
function discover(strategy: string, sent: JsonObject): JsonObject | undefined {
  const issuer = issuerOf(strategy, sent);
  if (issuer === undefined) return undefined;
  const said = isObject(sent.oidc_metadata) ? sent.oidc_metadata : {};
  if (said.issuer === issuer) return said;
  const scopes: Json = ['openid', 'profile', 'email'];
  return {
    issuer,
    authorization_endpoint: `${issuer}/oauth2/v1/authorize`,
    token_endpoint: `${issuer}/oauth2/v1/token`,
    userinfo_endpoint: `${issuer}/oauth2/v1/userinfo`,
    jwks_uri: `${issuer}/oauth2/v1/keys`,
    scopes_supported: scopes,
  };
}

function issuerOf(strategy: string, sent: JsonObject): string | undefined {
  const { domain, discovery_url: discoveryUrl } = sent;
  if (strategy === 'okta' && typeof domain === 'string') return `https://${domain}`;
  return typeof discoveryUrl === 'string' ? discoveryUrl.replace(/\/\.well-known\/.*$/, '') : undefined;
}
