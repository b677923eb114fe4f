import { inStoredOrder, isObject, type Json, type JsonObject, without } from '../json';
import { type Answer, failure, noSuchConnection } from './answers';
import { inventId } from './invent-id';
import { listConnections, pickFields } from './list-connections';
import { type Cipher, createCipher } from './options/cipher';
import { normalizeOptions } from './options/normalize';
import type { PasswordScheme } from './options/write';
import type { SeedConnection, StoredConnection } from './stored-connection';
import { strategyFacts } from './strategy-facts';
import { checkCreateBody, checkPatchBody } from './validate-body';

export interface TenantOptions {
  readonly seed?: Iterable<SeedConnection>;
  readonly now?: () => number;
  /** Largest `take`/`per_page`: 100, and 50 where "max 50 on public cloud" (docs v2.mdx) is enforced. */
  readonly maxTake?: number;
  /** Which password settings a new database is given; tenants differ (recorded: both). */
  readonly passwordScheme?: PasswordScheme;
}

export interface Tenant {
  /** In creation order. Tests may read it; to change it use the methods, or `editAs` on the handle. */
  readonly connections: ReadonlyMap<string, StoredConnection>;
  list(query: URLSearchParams): Answer;
  get(id: string, query?: URLSearchParams): Answer;
  create(body: Json | undefined): Answer;
  patch(id: string, body: Json | undefined): Answer;
  remove(id: string): Answer;
  add(connection: SeedConnection): void;
  /** What a ciphertext of `options.configuration` stands for; undefined where it is none of this tenant's. */
  decrypt(ciphertext: string): string | undefined;
}

/** An emulated tenant without its transport: what each connections endpoint would answer, and what it would keep. */
export function createTenant(options: TenantOptions = {}): Tenant {
  const now = options.now ?? Date.now;
  const connections = new Map<string, StoredConnection>();
  // Ids in creation order, deleted ones included, so that a cursor is a position and a page costs only its own length.
  const order: string[] = [];
  const cipher: Cipher = createCipher();
  const passwordScheme = options.passwordScheme ?? 'passwordPolicy';

  function keep(connection: StoredConnection): void {
    if (!connections.has(connection.id)) order.push(connection.id);
    connections.set(connection.id, connection);
  }

  const tenant: Tenant = {
    connections,
    list: (query) => listConnections({ connections, order, now: now(), maxTake: options.maxTake ?? 100 }, query),

    get(id, query = new URLSearchParams()) {
      const connection = connections.get(id);
      if (connection === undefined) return noSuchConnection();
      return pickFields(connection, query, (picked) => ({ status: 200, body: picked }));
    },

    create(body) {
      const checked = checkCreateBody(body);
      if (!checked.ok) return checked.refusal;
      const { name, strategy, options: sent } = checked;
      if ([...connections.values()].some((connection) => connection.name === name)) {
        // unconfirmed: wording. SPEC: 409 for a name that is taken.
        return failure(409, 'Conflict', 'A connection with this name already exists', 'conflict');
      }
      const written = normalizeOptions({ strategy, sent, stored: undefined, cipher, passwordScheme });
      const connection = filled({
        ...checked.rest,
        id: inventId(`created ${order.length}`),
        name,
        strategy,
        options: written,
      });
      keep({ ...connection, options: keptOptions(strategy, written) });
      return { status: 201, body: { ...connection, options: shownOptions(strategy, written) } };
    },

    patch(id, body) {
      const stored = connections.get(id);
      if (stored === undefined) return noSuchConnection();
      const checked = checkPatchBody(body, stored);
      if (!checked.ok) return checked.refusal;
      const top = { ...stored, ...resetTopLevel(stored), ...checked.rest };
      // SPEC: "options" is replaced whole, never merged (recorded: TestAccConnection); left out, it stays as it is
      // (recorded: TestAccConnectionCrossAppAccessResourceApp).
      const written =
        checked.options === undefined
          ? stored.options
          : normalizeOptions({
              strategy: stored.strategy,
              sent: checked.options,
              stored: stored.options,
              cipher,
              passwordScheme,
            });
      keep({ ...top, options: keptOptions(stored.strategy, written) });
      return { status: 200, body: { ...top, options: inStoredOrder(shownOptions(stored.strategy, written)) } };
    },

    remove(id) {
      if (!connections.delete(id)) return noSuchConnection();
      // recorded: every cassette ends with 202 and this body.
      return { status: 202, body: { deleted_at: new Date(now()).toISOString() } };
    },

    add: (connection) => keep(filled(connection)),
    decrypt: (ciphertext) => cipher.decrypt(ciphertext),
  };
  for (const connection of options.seed ?? []) tenant.add(connection);
  return tenant;
}

/** The top-level keys that a GET always shows (recorded: current cassettes), for what a seed or a POST left unsaid. */
function filled(connection: SeedConnection): StoredConnection {
  const facts = strategyFacts(connection.strategy);
  const base: JsonObject = {
    is_domain_connection: false,
    authentication: { active: true },
    connected_accounts: { active: false },
    enabled_clients: [],
    realms: [connection.name],
  };
  if (facts.enterprise) base.show_as_button = false;
  if (facts.provisioningTicket) {
    base.provisioning_ticket_url = `https://sandbox.invalid/p/${connection.strategy}/${connection.id.slice(4, 12)}`;
  }
  // recorded: TestAccConnectionAzureAD, a waad connection created without a display name is given its name.
  if (connection.strategy === 'waad') base.display_name = connection.name;
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

/** What the next GET shows: without the nulls that vanish. */
function keptOptions(strategy: string, written: JsonObject): JsonObject {
  const { nullVanishes } = strategyFacts(strategy);
  const shown = Object.entries(shownOptions(strategy, written));
  const kept = inStoredOrder(
    Object.fromEntries(shown.filter(([key, value]) => value !== null || !nullVanishes.includes(key))),
  );
  return isObject(kept) ? kept : {};
}

/** Some options can be written and never read, e.g. samlp `metadataXml` (recorded: SAML). */
function shownOptions(strategy: string, written: JsonObject): JsonObject {
  return without(written, strategyFacts(strategy).writeOnly);
}
