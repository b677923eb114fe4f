import { inStoredOrder, isObject, type Json, type JsonObject, without } from '../json';
import { type Answer, failure, noSuchConnection } from './answers';
import { inventId } from './invent-id';
import { listConnections, pickFields } from './list-connections';
import { type Cipher, createCipher } from './options/cipher';
import { normalizeOptions } from './options/normalize';
import type { SeedConnection, StoredConnection } from './stored-connection';
import { strategyFacts } from './strategy-facts';
import { type TenantKind, USUAL_TENANT } from './tenant-kind';
import { fillTopLevel, patchTopLevel, withoutNulls } from './top-level';
import { checkCreateBody, checkPatchBody } from './validate-body';

export interface TenantOptions {
  readonly seed?: Iterable<SeedConnection>;
  readonly now?: () => number;
  /** The largest `take`/`per_page`: 100, or 50 if "max 50 on public cloud" (docs v2.mdx) is enforced. */
  readonly maxTake?: number;
  /** The differences between the tenant and USUAL_TENANT. */
  readonly kind?: Partial<TenantKind>;
}

export interface Tenant {
  /** In creation order. Tests can read it. To change it, use the methods or `editAs` of the handle. */
  readonly connections: ReadonlyMap<string, StoredConnection>;
  list(query: URLSearchParams): Answer;
  get(id: string, query?: URLSearchParams): Answer;
  create(body: Json | undefined): Answer;
  patch(id: string, body: Json | undefined): Answer;
  remove(id: string): Answer;
  add(connection: SeedConnection): void;
  /** The plaintext of a ciphertext of `options.configuration`; undefined if it is not a ciphertext of this tenant. */
  decrypt(ciphertext: string): string | undefined;
}

/** An emulated tenant without its transport: the answers and the stored data of each connections endpoint. */
export function createTenant(options: TenantOptions = {}): Tenant {
  const now = options.now ?? Date.now;
  const connections = new Map<string, StoredConnection>();
  // Ids in creation order, including deleted ids. A cursor is a position, and the cost of a page depends only on its length.
  const order: string[] = [];
  const cipher: Cipher = createCipher();
  const kind: TenantKind = { ...USUAL_TENANT, ...options.kind };

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
        // unconfirmed: the text. SPEC: 409 for a name that is in use.
        return failure(409, 'Conflict', 'A connection with this name already exists', 'conflict');
      }
      const written = normalizeOptions({ strategy, sent, stored: undefined, cipher, kind });
      const named = strategyFacts(strategy).namesItself ? { display_name: name } : {};
      const id = inventId(`created ${order.length}`);
      const connection = fillTopLevel(
        { ...named, ...withoutNulls(checked.rest), id, name, strategy, options: written },
        kind,
      );
      keep({ ...connection, options: keptOptions(strategy, written) });
      // recorded: the answer to a POST shows enabled_clients, regardless of later answers.
      const shown = { enabled_clients: [], ...connection, options: shownOptions(strategy, written) };
      return { status: 201, body: shown };
    },

    patch(id, body) {
      const stored = connections.get(id);
      if (stored === undefined) return noSuchConnection();
      const checked = checkPatchBody(body, stored);
      if (!checked.ok) return checked.refusal;
      const top = patchTopLevel(stored, checked.rest);
      // SPEC: "options" is replaced completely, never merged (recorded: TestAccConnection). Omitted options stay the same
      // (recorded: TestAccConnectionCrossAppAccessResourceApp).
      const written =
        checked.options === undefined
          ? stored.options
          : normalizeOptions({
              strategy: stored.strategy,
              sent: checked.options,
              stored: stored.options,
              cipher,
              kind,
            });
      keep({ ...top, options: keptOptions(stored.strategy, written) });
      return { status: 200, body: { ...top, options: inStoredOrder(shownOptions(stored.strategy, written)) } };
    },

    remove(id) {
      connections.delete(id);
      // recorded: 202 with this body, also for a deleted connection, never 404. unconfirmed: the answer for an id that never
      // existed.
      return { status: 202, body: { deleted_at: new Date(now()).toISOString() } };
    },

    add: (connection) => keep(fillTopLevel(connection, kind)),
    decrypt: (ciphertext) => cipher.decrypt(ciphertext),
  };
  for (const connection of options.seed ?? []) tenant.add(connection);
  return tenant;
}

/** The connection in the next GET: without the nulls that are removed. */
function keptOptions(strategy: string, written: JsonObject): JsonObject {
  const { nullVanishes } = strategyFacts(strategy);
  const shown = Object.entries(shownOptions(strategy, written));
  const kept = inStoredOrder(
    Object.fromEntries(shown.filter(([key, value]) => value !== null || !nullVanishes.includes(key))),
  );
  return isObject(kept) ? kept : {};
}

/** Some options can be written but not read, for example `metadataXml` of samlp (recorded: SAML). */
function shownOptions(strategy: string, written: JsonObject): JsonObject {
  return without(written, strategyFacts(strategy).writeOnly);
}
