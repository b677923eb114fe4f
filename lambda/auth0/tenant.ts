import type { Connection } from '../connection/connection';
import type { Tenant } from '../connection/tenant';
import { type Authorized, authorize } from './authorize';
import { readConnection, rewriteConnection } from './connection';
import { ListingNeverEndsError, RequestRefusedError } from './errors';
import { listWrites } from './tenant-log';
import type { TokenHolder } from './token';
import type { Transport } from './transport';
import { type Page, parsePage } from './wire-connection';

/** The page sizes to try: the largest the API documents, then the one that every public-cloud tenant accepts. */
const PAGE_SIZES = [100, 50] as const;
/** Pages in a row without a new connection before the listing counts as endless. */
const MAX_IDLE_PAGES = 3;

/** The Management API of one tenant, for one run. */
export function createTenant(transport: Transport, tokens: TokenHolder, now: () => number): Tenant {
  const exchange = authorize(transport, tokens);
  return {
    async access() {
      const { scopes } = await tokens.get(transport);
      return { scopes };
    },
    listConnections: () => listConnections(exchange),
    readConnection: (id) => readConnection(exchange, id),
    rewriteConnection: (id, correlationId, decide) =>
      rewriteConnection({ exchange, transport, now }, { id, correlationId, decide }),
    listWrites: (from, to, requests) => listWrites(exchange, { from, to, requests }),
  };
}

/**
 * Checkpoint paging (`take` and `from`) is the only paging beyond 1,000 connections. The order is the tenant's order.
 * A connection that two pages repeat is returned one time.
 */
async function* listConnections(exchange: Authorized): AsyncGenerator<Connection> {
  const ids = new Set<string>();
  const visited = new Set<string>();
  let { page, take } = await readFirstPage(exchange);
  for (let idle = 0; ; ) {
    const known = ids.size;
    for (const connection of page.connections) {
      if (ids.has(connection.id)) continue;
      ids.add(connection.id);
      yield connection;
    }
    const { next } = page;
    if (next === undefined) return;
    idle = ids.size === known ? idle + 1 : 0;
    if (visited.has(next) || idle >= MAX_IDLE_PAGES) {
      throw new ListingNeverEndsError(
        `Listing connections: after ${ids.size} connections the pages repeat and contain no new connection. Run again. If the problem persists, contact Auth0 support.`,
      );
    }
    visited.add(next);
    page = await readPage(exchange, take, next);
  }
}

/**
 * A tenant on the public cloud can refuse more than 50 connections a page (Management API documentation, pagination).
 */
async function readFirstPage(exchange: Authorized): Promise<{ page: Page; take: number }> {
  const [largest, accepted] = PAGE_SIZES;
  try {
    return { page: await readPage(exchange, largest), take: largest };
  } catch (error) {
    if (!(error instanceof RequestRefusedError) || error.status !== 400) throw error;
    return { page: await readPage(exchange, accepted), take: accepted };
  }
}

function readPage(exchange: Authorized, take: number, from?: string): Promise<Page> {
  const query = new URLSearchParams({ take: String(take), ...(from === undefined ? {} : { from }) });
  return exchange({
    doing: 'Listing connections',
    method: 'GET',
    path: `/api/v2/connections?${query}`,
    secrets: [],
    parse: parsePage,
  });
}
