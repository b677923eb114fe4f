import type { JsonObject } from '../../json';
import type { Cipher } from './cipher';
import { normalizeDatabase } from './normalize-database';
import { normalizeDiscovery } from './normalize-discovery';
import { normalizeAdfs, normalizePingFederate, normalizeSaml, normalizeWaad } from './normalize-federation';
import { normalizeScope } from './normalize-scope';

export type PasswordScheme = 'passwordPolicy' | 'password_options';

/** One write of options: what was sent, and what stood there before (undefined for a new connection). */
export interface Write {
  readonly strategy: string;
  readonly sent: JsonObject;
  readonly stored: JsonObject | undefined;
  readonly cipher: Cipher;
  readonly passwordScheme: PasswordScheme;
}

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
  // recorded: go-auth0 Update GoogleApps, api_enable_users is true when it was left out.
  ['google-apps', ({ sent }) => ({ api_enable_users: true, ...sent })],
]);

export function normalizeOptions(write: Write): JsonObject {
  const normalize = BY_STRATEGY.get(write.strategy) ?? normalizeScope;
  return normalize(write);
}
