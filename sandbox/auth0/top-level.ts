import { type JsonObject, without } from '../json';
import type { SeedConnection, StoredConnection } from './stored-connection';
import { strategyFacts } from './strategy-facts';
import type { TenantKind } from './tenant-kind';

/** The top-level keys that a GET always shows, for what a seed or a POST left unsaid. */
export function fillTopLevel(
  connection: SeedConnection,
  { showsPurposes, showsClients }: TenantKind,
): StoredConnection {
  const facts = strategyFacts(connection.strategy);
  const base: JsonObject = {
    is_domain_connection: false,
    ...(showsPurposes ? { authentication: { active: true }, connected_accounts: { active: false } } : {}),
    ...(showsClients ? { enabled_clients: [] } : {}),
    realms: [connection.name],
  };
  if (facts.enterprise) base.show_as_button = false;
  if (facts.provisioningTicket(connection.options)) {
    base.provisioning_ticket_url = `https://sandbox.invalid/p/${connection.strategy}/${connection.id.slice(4, 12)}`;
  }
  const { id, name, strategy, options } = connection;
  return { ...base, ...connection, id, name, strategy, options };
}

/**
 * What a PATCH resets when it leaves it out. unconfirmed, all of it: SPEC says that an absent display_name is overwritten
 * with the name, show_as_button and is_domain_connection "default to false" and realms "default to the name", but no
 * recording changes a value that was not already at that default. The sandbox takes the specification at its word,
 * because a client that survives this survives the milder reading too.
 */
function resetTopLevel(stored: StoredConnection): JsonObject {
  const reset: JsonObject = { is_domain_connection: false };
  // Realms other than the name can be given to databases only (ISS terraform-provider-auth0#827).
  if (stored.strategy === 'auth0') reset.realms = [stored.name];
  if ('display_name' in stored) reset.display_name = stored.name;
  if ('show_as_button' in stored) reset.show_as_button = false;
  return reset;
}

/** A stored connection after a PATCH that sent these keys beside `options`. */
export function patchTopLevel(stored: StoredConnection, sent: JsonObject): StoredConnection {
  const before = { ...stored, ...resetTopLevel(stored) };
  const gone = Object.keys(sent).filter((key) => sent[key] === null);
  // unconfirmed: that null means no client (recorded: null is taken, TestAccConnectionClient).
  const clients: JsonObject = gone.includes('enabled_clients') ? { enabled_clients: [] } : {};
  const { id, name, strategy, options } = stored;
  return { ...without(before, gone), ...withoutNulls(sent), ...clients, id, name, strategy, options };
}

/** recorded: TestAccConnectionCrossAppAccessResourceApp, what is sent as null is gone. */
export function withoutNulls(sent: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== null));
}
