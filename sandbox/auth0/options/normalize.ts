import type { JsonObject } from '../../json';
import { normalizeDatabase } from './database';
import { normalizeDiscovery } from './discovery';
import { normalizeAdfs, normalizePingFederate, normalizeSaml, normalizeWaad } from './federation';
import { normalizeGoogleApps, normalizeScope } from './scope';
import type { Write } from './write';

type Normalize = (write: Write) => JsonObject;

/**
 * What the server makes of the options it was sent. Everything not named here is kept as sent, at every depth, and
 * everything not sent is gone.
 */
const BY_STRATEGY: ReadonlyMap<string, Normalize> = new Map<string, Normalize>([
  ['auth0', normalizeDatabase],
  ['oidc', normalizeDiscovery],
  ['okta', normalizeDiscovery],
  ['samlp', normalizeSaml],
  ['pingfederate', normalizePingFederate],
  ['adfs', normalizeAdfs],
  ['waad', normalizeWaad],
  ['google-apps', normalizeGoogleApps],
]);

export function normalizeOptions(write: Write): JsonObject {
  const normalize = BY_STRATEGY.get(write.strategy) ?? normalizeScope;
  return normalize(write);
}
