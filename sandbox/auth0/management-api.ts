import type { IncomingHttpHeaders } from 'node:http';
import { type Json, parseJson } from '../json';
import { hideOptions, refuseAccess, secretsIn } from './access';
import { type Answer, failure, insufficientScope, invalidBody, noSuchConnection } from './answers';
import type { Tenant } from './tenant';
import type { Editor, TenantLog } from './tenant-log';
import type { Tokens } from './tokens';

/** One request as it arrived. `status` is the sent status; undefined if no answer was sent. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** By the clock of the sandbox, in milliseconds. */
  readonly at: number;
  status: number | undefined;
  /** The names of the faults that affected the request. */
  readonly faults: readonly string[];
}

interface Parts {
  readonly tenant: Tenant;
  readonly log: TenantLog;
  readonly tokens: Tokens;
  readonly clientId: string;
}

/** `/api/v2/*` after the rate limit: authentication, scopes, effect, visible part of the answer, and log. */
export function answerManagement(parts: Parts, request: ReceivedRequest): Answer {
  const admission = parts.tokens.admit(request.headers.authorization);
  if (!admission.ok) return admission.refusal;
  const { scopes } = admission;
  if (request.path === '/api/v2/logs' && request.method === 'GET') {
    return scopes.includes('read:logs') ? parts.log.search(request.query) : insufficientScope('read:logs');
  }
  const clientsOf = /^\/api\/v2\/connections\/([^/]+)\/clients$/.exec(request.path)?.[1];
  if (clientsOf !== undefined && request.method === 'GET') return listClients(parts.tenant, clientsOf, scopes);
  const match = /^\/api\/v2\/connections(?:\/([^/]+))?$/.exec(request.path);
  if (match === null) return failure(404, 'Not Found', 'Not Found');
  const parsed = request.body === '' ? undefined : parseJson(request.body);
  if (parsed?.ok === false) return invalidBody('Unexpected token in JSON');
  const body = parsed?.value;
  const refusal = refuseAccess(request.method, body, scopes);
  if (refusal !== undefined) return refusal;
  const answer = route(parts.tenant, request, match[1], body);
  if (answer.status >= 300) return answer;
  const shown = { ...answer, body: hideOptions(answer.body, scopes) };
  remember(parts, request, body, shown, scopes);
  return shown;
}

/** The applications that use a connection: https://auth0.com/docs/api/management/v2/connections/get-connection-clients */
function listClients(tenant: Tenant, id: string, scopes: readonly string[]): Answer {
  if (!scopes.includes('read:connections')) return insufficientScope('read:connections');
  const connection = tenant.connections.get(id);
  if (connection === undefined) return noSuchConnection();
  const { enabled_clients: enabled } = connection;
  const clients = Array.isArray(enabled) ? enabled.map((client_id) => ({ client_id })) : [];
  return { status: 200, body: { clients } };
}

function route(
  tenant: Tenant,
  { method, query }: ReceivedRequest,
  id: string | undefined,
  body: Json | undefined,
): Answer {
  if (id === undefined) {
    if (method === 'GET') return tenant.list(query);
    if (method === 'POST') return tenant.create(body);
  } else {
    if (method === 'GET') return tenant.get(id, query);
    if (method === 'PATCH') return tenant.patch(id, body);
    if (method === 'DELETE') return tenant.remove(id);
  }
  return failure(404, 'Not Found', 'Not Found');
}

function remember(
  { log, clientId }: Parts,
  request: ReceivedRequest,
  body: Json | undefined,
  answer: Answer,
  scopes: readonly string[],
): void {
  const editor: Editor = { kind: 'api', clientId, clientName: '' };
  const correlationId = single(request.headers['x-correlation-id']);
  const auth0Client = single(request.headers['auth0-client']);
  const logged = {
    method: request.method,
    path: request.path,
    query: Object.fromEntries(request.query),
    body,
    status: answer.status,
    scopes,
    userAgent: request.headers['user-agent'] ?? '',
    ...(auth0Client === undefined ? {} : { auth0Client }),
  };
  if (request.method !== 'GET') {
    const correlation = correlationId === undefined ? {} : { correlationId };
    log.recordWrite(editor, { ...logged, answer: answer.body, ...correlation });
    return;
  }
  const secrets = secretsIn(answer.body);
  if (secrets.length > 0) log.recordSecretRead(editor, { ...logged, answer: undefined }, secrets);
}

function single(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0];
}
