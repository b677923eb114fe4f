import type { Json, JsonObject } from '../json';
import { type Answer, badRequest, invalidQuery } from './answers';
import type { StoredConnection } from './stored-connection';

export interface Listing {
  readonly connections: ReadonlyMap<string, StoredConnection>;
  readonly order: readonly string[];
  readonly now: number;
  readonly maxTake: number;
}

const PARAMETERS = [
  'page',
  'per_page',
  'include_totals',
  'from',
  'take',
  'strategy',
  'name',
  'fields',
  'include_fields',
];
const PICKABLE = [
  'name',
  'display_name',
  'strategy',
  'options',
  'id',
  'provisioning_ticket_url',
  'metadata',
  'show_as_button',
  'clients',
  'authentication',
  'connected_accounts',
  'cross_app_access_requesting_app',
  'cross_app_access_resource_app',
  'enabled_clients',
];
/** recorded: TestAccConnectionClients, `fields=strategy,name` still returned these. */
const ALWAYS_SHOWN = ['id', 'is_domain_connection', 'authentication', 'connected_accounts'];
const CURSOR_LIFETIME = 24 * 60 * 60 * 1000;
const OFFSET_CEILING = 1000;

/** GET /api/v2/connections. `take` or `from` means checkpoint paging, regardless of other parameters (recorded: TF sends both). */
export function listConnections(listing: Listing, query: URLSearchParams): Answer {
  for (const key of query.keys()) {
    // SPEC: the query schema is closed.
    if (!PARAMETERS.includes(key)) return invalidQuery(`Additional properties not allowed: ${key}`);
  }
  const numbers = new Map<string, number>();
  for (const [key, maximum] of [
    ['take', listing.maxTake],
    ['per_page', listing.maxTake],
    ['page', Infinity],
  ] as const) {
    const text = query.get(key);
    if (text === null) continue;
    const minimum = key === 'page' ? 0 : 1;
    if (!/^\d+$/.test(text)) return invalidQuery(`Expected type integer but found type string`, key);
    const value = Number(text);
    if (value < minimum) return invalidQuery(`Value ${value} is less than minimum ${minimum}`, key);
    if (value > maximum) return invalidQuery(`Value ${value} is greater than maximum ${maximum}`, key);
    numbers.set(key, value);
  }
  if (query.has('take') || query.has('from')) return checkpointPage(listing, query, numbers.get('take') ?? 50);
  return offsetPage(listing, query, numbers.get('page') ?? 0, numbers.get('per_page') ?? 50);
}

/** `{connections, next}`; the last page has no `next`, and `include_totals` changes nothing (recorded: TestAccDataSourceConnection). */
function checkpointPage(listing: Listing, query: URLSearchParams, take: number): Answer {
  let position = 0;
  const from = query.get('from');
  if (from !== null) {
    const cursor = readCursor(from);
    // docs v2.mdx: `next` is valid for 24 hours. unconfirmed: the answer to an older or foreign one.
    if (cursor === undefined || listing.now - cursor.issuedAt > CURSOR_LIFETIME) {
      return badRequest('Invalid checkpoint: the "from" parameter is invalid or has expired', 'invalid_paging');
    }
    position = cursor.position;
  }
  const wanted = filter(query);
  const page: StoredConnection[] = [];
  while (position < listing.order.length && page.length < take) {
    const connection = listing.connections.get(listing.order[position] ?? '');
    if (connection !== undefined && wanted(connection)) page.push(connection);
    position += 1;
  }
  // Avoids an empty last page. Whether the API ever sends one is unconfirmed.
  while (position < listing.order.length) {
    const connection = listing.connections.get(listing.order[position] ?? '');
    if (connection !== undefined && wanted(connection)) break;
    position += 1;
  }
  const next = position < listing.order.length ? { next: writeCursor(listing.now, position) } : {};
  return pickAll(page, query, (connections) => ({ connections, ...next }));
}

/** `{total, start, limit, connections}` with totals (recorded: go-auth0 TestConnectionManager_List), otherwise a bare array (SDK v4). */
function offsetPage(listing: Listing, query: URLSearchParams, page: number, perPage: number): Answer {
  // docs deprecations-and-migrations.mdx: refused only by position, even if fewer connections exist.
  // The text comes from similar endpoints.
  if ((page + 1) * perPage > OFFSET_CEILING) {
    return badRequest('Requesting page exceeds the allowed maximum of 1000 records.', 'invalid_paging');
  }
  const wanted = filter(query);
  const all = [...listing.connections.values()].filter(wanted);
  const start = page * perPage;
  const totals = { total: all.length, start, limit: perPage };
  const withTotals = query.get('include_totals') === 'true';
  return pickAll(all.slice(start, start + perPage), query, (connections) =>
    withTotals ? { ...totals, connections } : connections,
  );
}

function filter(query: URLSearchParams): (connection: StoredConnection) => boolean {
  const strategies = query.getAll('strategy');
  const name = query.get('name');
  return (connection) =>
    (strategies.length === 0 || strategies.includes(connection.strategy)) &&
    (name === null || connection.name === name);
}

function pickAll(page: readonly StoredConnection[], query: URLSearchParams, shape: (page: Json[]) => Json): Answer {
  const picked: Json[] = [];
  for (const connection of page) {
    const answer = pickFields(connection, query, (body) => {
      picked.push(body);
      return { status: 200, body };
    });
    if (answer.status !== 200) return answer;
  }
  return { status: 200, body: shape(picked) };
}

/** `fields`/`include_fields` on one connection. */
export function pickFields(
  connection: StoredConnection,
  query: URLSearchParams,
  answer: (picked: JsonObject) => Answer,
): Answer {
  const fields = query.get('fields')?.split(',');
  if (fields === undefined) return answer(connection);
  const unknown = fields.find((field) => !PICKABLE.includes(field));
  // SPEC: a fixed list of fields; any other field is a 400. unconfirmed: the text.
  if (unknown !== undefined) return invalidQuery(`String does not match pattern, unknown field ${unknown}`, 'fields');
  const include = query.get('include_fields') !== 'false';
  const entries = Object.entries(connection).filter(([key]) =>
    include ? fields.includes(key) || ALWAYS_SHOWN.includes(key) : !fields.includes(key),
  );
  return answer(Object.fromEntries(entries));
}

function writeCursor(issuedAt: number, position: number): string {
  return Buffer.from(`${issuedAt}.${position}`).toString('base64url');
}

function readCursor(text: string): { issuedAt: number; position: number } | undefined {
  const match = /^(\d+)\.(\d+)$/.exec(Buffer.from(text, 'base64url').toString('latin1'));
  if (match === null) return undefined;
  return { issuedAt: Number(match[1]), position: Number(match[2]) };
}
