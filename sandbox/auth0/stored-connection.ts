import type { Json, JsonObject } from '../json';

/** A connection as the tenant keeps it, with the API's own key names. Replaced on each write, never changed in place. */
export interface StoredConnection extends JsonObject {
  id: string;
  name: string;
  strategy: string;
  options: JsonObject;
}

/** What a seed must say of a connection; the rest is filled as the API fills it. */
export interface SeedConnection {
  readonly id: string;
  readonly name: string;
  readonly strategy: string;
  readonly options: JsonObject;
  readonly [key: string]: Json;
}
