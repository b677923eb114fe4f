import { type JsonObject, without } from '../json';
import type { SeedConnection, StoredConnection } from './stored-connection';
import { strategyFacts } from './strategy-facts';
import type { TenantKind } from './tenant-kind';

/** The top-level keys that a GET always shows, with defaults for keys that a seed or a POST omitted. */
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
 * The keys that a PATCH resets if it omits them. unconfirmed, all of it: SPEC documents that an omitted display_name is
 * overwritten with the name, show_as_button and is_domain_connection "default to false" and realms "default to the name".
 * But no recording changes a value that was not already at that default. The sandbox follows the specification literally,
 * because a client that works with this behavior also works with the less strict behavior.
 */
function resetTopLevel(stored: StoredConnection): JsonObject {
  const reset: JsonObject = { is_domain_connection: false };
  // Only databases can have realms other than the name (ISS terraform-provider-auth0#827).
  if (stored.strategy === 'auth0') reset.realms = [stored.name];
  if ('display_name' in stored) reset.display_name = stored.name;
  if ('show_as_button' in stored) reset.show_as_button = false;
  return reset;
}

/** A stored connection after a PATCH that sent these keys in addition to `options`. */
export function patchTopLevel(stored: StoredConnection, sent: JsonObject): StoredConnection {
  const before = { ...stored, ...resetTopLevel(stored) };
  const gone = Object.keys(sent).filter((key) => sent[key] === null);
  // unconfirmed: that null means no client (recorded: null is accepted, TestAccConnectionClient).
  const clients: JsonObject = gone.includes('enabled_clients') ? { enabled_clients: [] } : {};
  const { id, name, strategy, options } = stored;
  return { ...without(before, gone), ...withoutNulls(sent), ...clients, id, name, strategy, options };
}

/** recorded: TestAccConnectionCrossAppAccessResourceApp, a value that is sent as null is removed. */
export function withoutNulls(sent: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== null));
}
