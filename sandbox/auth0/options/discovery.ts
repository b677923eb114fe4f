import { isObject, type Json, type JsonObject } from '../../json';
import type { Write } from './write';

/** The endpoints that a null is refilled with from discovery (recorded: OIDC, Okta). */
const ENDPOINTS = ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri', 'issuer'];

/** Strategies whose provider is discovered: oidc and okta (recorded: TestAccConnectionOIDC, TestAccConnectionOkta). */
export function normalizeDiscovery({ strategy, sent }: Write): JsonObject {
  const metadata = discover(strategy, sent);
  const written: JsonObject = {
    // recorded: an omitted map comes back as its mode alone, and an omitted pkce as disabled.
    attribute_map: { mapping_mode: strategy === 'okta' ? 'basic_profile' : 'bind_all' },
    connection_settings: { pkce: 'disabled' },
    ...sent,
    // recorded: filled on every write that left them out; unconfirmed: that an echo of them changes nothing
    oidc_metadata: metadata,
    schema_version: 'oidc-V4',
  };
  for (const endpoint of ENDPOINTS) {
    const known = metadata[endpoint];
    if (written[endpoint] === null && known !== undefined) written[endpoint] = known;
  }
  return written;
}

/** Made up: what the provider's discovery document would say. What was sent is kept while it is of the same issuer. */
function discover(strategy: string, sent: JsonObject): JsonObject {
  const issuer = issuerOf(strategy, sent);
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

function issuerOf(strategy: string, sent: JsonObject): string {
  const { domain, discovery_url: discoveryUrl, issuer } = sent;
  if (strategy === 'okta' && typeof domain === 'string') return `https://${domain}`;
  if (typeof discoveryUrl === 'string') return discoveryUrl.replace(/\/\.well-known\/.*$/, '');
  return typeof issuer === 'string' ? issuer : 'https://issuer.example.invalid';
}
