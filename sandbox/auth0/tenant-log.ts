import type { Json, JsonObject } from '../json';
import { type Answer, badRequest, invalidQuery } from './answers';
import { parseLogQuery } from './log-query';

export interface LogEntry extends JsonObject {
  date: string;
  type: string;
  description: string;
  log_id: string;
}

/** The author of a request: a person in the Dashboard, or an application. */
export type Editor =
  | { readonly kind: 'dashboard'; readonly email: string; readonly name: string }
  | { readonly kind: 'api'; readonly clientId: string; readonly clientName: string };

export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: JsonObject;
  readonly body: Json | undefined;
  readonly status: number;
  readonly answer: Json | undefined;
  readonly scopes: readonly string[];
  readonly userAgent: string;
  readonly auth0Client?: string;
  readonly correlationId?: string;
}

export interface TenantLog {
  readonly entries: readonly LogEntry[];
  recordWrite(editor: Editor, request: LoggedRequest): void;
  recordSecretRead(editor: Editor, request: LoggedRequest, secrets: readonly string[]): void;
  search(query: URLSearchParams): Answer;
}

const DESCRIPTIONS: { readonly [method: string]: string } = {
  POST: 'Create a connection',
  PATCH: 'Update a connection',
  DELETE: 'Delete a connection',
};
const PARAMETERS = ['q', 'page', 'per_page', 'sort', 'include_totals', 'fields', 'include_fields', 'search'];

/** `delayMs`: the delay until an event is visible ("not for real-time decisions", docs customize/log-streams.mdx). */
export function createTenantLog(now: () => number, delayMs: number): TenantLog {
  const entries: LogEntry[] = [];

  function record(type: string, description: string, editor: Editor, request: LoggedRequest, extra: JsonObject): void {
    const person = editor.kind === 'dashboard' ? editor : undefined;
    // Real samples: go-auth0 TestLogManager_Search. Dashboard edits carry auth.user; applications have an empty user.
    const user: JsonObject =
      person === undefined ? {} : { user_id: 'auth0|made-up-user', name: person.name, email: person.email };
    const position = String(entries.length + 1).padStart(12, '0');
    entries.push({
      date: new Date(now()).toISOString(),
      type,
      description,
      client_id: editor.kind === 'api' ? editor.clientId : 'made-up-dashboard-client',
      client_name: editor.kind === 'api' ? editor.clientName : '',
      ip: '203.0.113.7',
      user_agent: request.userAgent,
      user_id: person === undefined ? '' : 'auth0|made-up-user',
      ...(person === undefined ? {} : { user_name: person.email }),
      details: {
        request: {
          method: request.method.toLowerCase(),
          path: request.path,
          query: request.query,
          userAgent: request.userAgent,
          body: request.body ?? {},
          channel: person === undefined ? 'api' : 'https://manage.auth0.com/',
          ip: '203.0.113.7',
          auth: {
            user,
            strategy: person === undefined ? 'jwt' : 'jwt_dashboard',
            credentials: { jti: `made-up-jti-${position}`, scopes: [...request.scopes] },
          },
        },
        response: { statusCode: request.status, body: request.answer ?? {} },
        ...extra,
      },
      log_id: `90020000000000000000${position}`,
      tenant_name: 'sandbox',
      environment_name: 'sandbox',
      $event_schema: { version: '1.0.0' },
      ...(request.auth0Client === undefined ? {} : { auth0_client: request.auth0Client }),
      // docs v2.mdx "Request Correlation": the first 64 characters of X-Correlation-ID, on writes only.
      references: {
        trace_id: `made-up-trace-${position}`,
        ...(request.correlationId === undefined ? {} : { correlation_id: request.correlationId.slice(0, 64) }),
      },
    });
  }

  return {
    entries,
    // logs-schema.json: sapi is a successful POST, PUT, PATCH or DELETE. unconfirmed: the text of the description.
    recordWrite: (editor, request) => record('sapi', DESCRIPTIONS[request.method] ?? '', editor, request, {}),
    // docs: mgmt_api_read is an event for each GET that returned a secret, with the names in details.accessedSecrets.
    recordSecretRead: (editor, request, secrets) =>
      record('mgmt_api_read', 'Management API read', editor, request, { accessedSecrets: [...secrets] }),
    search(query) {
      const visible = entries.filter((entry) => Date.parse(entry.date) <= now() - delayMs);
      return searchLog(visible, query);
    },
  };
}

/** GET /api/v2/logs by search criteria: 100 per request, 1,000 in total (docs get-logs). */
function searchLog(entries: readonly LogEntry[], query: URLSearchParams): Answer {
  for (const key of query.keys()) {
    if (!PARAMETERS.includes(key)) return invalidQuery(`Additional properties not allowed: ${key}`);
  }
  const page = Number(query.get('page') ?? 0);
  const perPage = Number(query.get('per_page') ?? 50);
  if (!Number.isInteger(page) || page < 0) return invalidQuery('Expected a page of 0 or more', 'page');
  if (!Number.isInteger(perPage) || perPage < 1) return invalidQuery('Expected a page size of 1 or more', 'per_page');
  if (perPage > 100) return invalidQuery(`Value ${perPage} is greater than maximum 100`, 'per_page');
  if ((page + 1) * perPage > 1000) {
    return badRequest('Requesting page exceeds the allowed maximum of 1000 records.', 'invalid_paging');
  }
  const matches = parseLogQuery(query.get('q') ?? '');
  if (matches === undefined) return invalidQuery('The sandbox does not understand this search', 'q');
  const found = entries.filter(matches);
  if (query.get('sort') !== 'date:1') found.reverse();
  const logs: Json[] = found.slice(page * perPage, (page + 1) * perPage);
  if (query.get('include_totals') !== 'true') return { status: 200, body: logs };
  // docs log-search-query-syntax.mdx: `total` is the number of events in this page, like `length`.
  return {
    status: 200,
    body: { start: page * perPage, limit: perPage, length: logs.length, total: logs.length, logs },
  };
}
