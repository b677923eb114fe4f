import type { LoggedWrite } from '../connection/tenant';
import type { Authorized } from './authorize';
import { LogTooLongError } from './errors';
import { parseLogPage } from './wire-log';

/**
 * The largest page, and the number of pages that offset paging reaches (Management API reference, GET /api/v2/logs).
 */
const PAGE_SIZE = 100;
const PAGES_IN_REACH = 10;

/**
 * The successful Management API writes to connections between two times. `sapi` is the log's type for these writes. The
 * method and the path identify the write, because the text of the description varies (Auth0 log event type codes). If
 * the paging ends before the log does, the next query starts at the last entry read. Then an entry can come twice.
 */
export async function* listWrites(
  exchange: Authorized,
  { from, to, requests }: { from: number; to: number; requests: number },
): AsyncGenerator<LoggedWrite> {
  let start = from;
  for (let request = 0, page = 0; request < requests; request += 1) {
    const { entries, last, writes } = await readPage(exchange, start, to, page);
    yield* writes;
    if (entries < PAGE_SIZE) return;
    page += 1;
    if (page === PAGES_IN_REACH && last !== undefined && last > start) {
      start = last;
      page = 0;
    }
  }
  throw new LogTooLongError();
}

function readPage(exchange: Authorized, from: number, to: number, page: number) {
  const query = new URLSearchParams({
    q: `type:sapi AND date:[${new Date(from).toISOString()} TO ${new Date(to).toISOString()}]`,
    sort: 'date:1',
    page: String(page),
    per_page: String(PAGE_SIZE),
  });
  return exchange({
    doing: "Reading the tenant's log",
    method: 'GET',
    path: `/api/v2/logs?${query}`,
    secrets: [],
    parse: parseLogPage,
  });
}
