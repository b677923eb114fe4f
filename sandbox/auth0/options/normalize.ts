import type { JsonObject } from '../../json';
import { normalizeDatabase } from './database';
import { normalizeDiscovery } from './discovery';
import { normalizeAdfs, normalizePingFederate, normalizeSaml, normalizeWaad } from './federation';
import { normalizeGoogleApps, normalizeScope } from './scope';
import type { Write } from './write';

type Normalize = (write: Write) => JsonObject;

/**
 * The options that the server stores for the options of a request. Options that are not listed here are stored as sent, at
 * every depth. Options that are not sent are deleted.
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
