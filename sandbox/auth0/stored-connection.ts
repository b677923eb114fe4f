import type { Json, JsonObject } from '../json';

/** A connection of the tenant, with the key names of the API. Each write replaces the object and never changes it. */
export interface StoredConnection extends JsonObject {
  id: string;
  name: string;
  strategy: string;
  options: JsonObject;
}

/** The required fields of a connection in a seed. The other fields are filled as the API fills them. */
export interface SeedConnection {
  readonly id: string;
  readonly name: string;
  readonly strategy: string;
  readonly options: JsonObject;
  readonly [key: string]: Json;
}
