import type { Sandbox } from '../auth0/server';
import { isObject, type Json, type JsonObject } from '../json';
import type { Interaction } from './recording';

/** The data that a replay collects. */
export interface Replay {
  readonly sandbox: Sandbox;
  readonly token: string;
  /** Recorded id to the id in the sandbox. */
  readonly ids: Map<string, string>;
  /** Recorded `next` to the `next` of the sandbox. */
  readonly cursors: Map<string, string>;
  /** Recorded ids of connections that the recording created or changed. Only the sandbox decides their content. */
  readonly own: Set<string>;
  /** Recorded id to the options of its last write. */
  readonly sent: Map<string, JsonObject>;
  /** Recorded id to its strategy. */
  readonly strategies: Map<string, string>;
}

/**
 * The recorded tenant was not empty, and other clients used it. Connections that a read returns and that the recording neither
 * created nor changed are copied into the sandbox. Connections that are missing in a complete listing are removed.
 */
export function followOthers(state: Replay, interaction: Interaction, id: string | undefined, query: string): void {
  const { method, status, responseBody } = interaction;
  if (status !== 200) return;
  // For a PATCH of a connection that was never read, its answer is the best known state.
  const unread = method === 'PATCH' && id !== undefined && !state.ids.has(id);
  if (method !== 'GET' && !unread) return;
  const shown = shownConnections(responseBody);
  for (const connection of shown) {
    const { id: recorded, name, strategy, options } = connection;
    if (typeof recorded !== 'string' || state.own.has(recorded)) continue;
    if (typeof name !== 'string' || typeof strategy !== 'string' || !isObject(options)) continue;
    state.ids.set(recorded, recorded);
    state.sandbox.tenant.add({ ...connection, id: recorded, name, strategy, options });
  }
  if (id === undefined && isWholeListing(responseBody, query)) {
    const present = new Set(shown.map((connection) => connection.id));
    for (const recorded of state.ids.keys()) {
      if (!present.has(recorded) && !state.own.has(recorded)) state.sandbox.tenant.remove(recorded);
    }
  }
}

function isWholeListing(body: Json, query: string): boolean {
  const asked = new URLSearchParams(query);
  const filtered = ['strategy', 'name', 'from', 'page'].some((key) => asked.has(key));
  return asked.has('take') && !filtered && isObject(body) && !('next' in body);
}

export function shownConnections(body: Json): JsonObject[] {
  const listed =
    isObject(body) && Array.isArray(body.connections) ? body.connections : Array.isArray(body) ? body : [body];
  return listed.filter(isObject).filter((connection) => typeof connection.id === 'string');
}

export function optionsOf(body: Json): JsonObject | undefined {
  return isObject(body) && isObject(body.options) ? body.options : undefined;
}
