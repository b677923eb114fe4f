import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { JsonObject } from '../json';
import { type Loopback, listenOnLoopback, readBody } from '../loopback';
import { ALL_SCOPES, AUDIT_SCOPES } from './access';
import { type Answer, failure } from './answers';
import { createAssertions } from './assertions';
import { createFaults, type Faults } from './faults';
import { answerManagement, type ReceivedRequest } from './management-api';
import { createRateLimiter, type RateLimit } from './rate-limit';
import { actBefore, goWrong, respond } from './respond';
import type { SeedConnection } from './stored-connection';
import { createTenant, type Tenant, type TenantOptions } from './tenant';
import { createTenantLog, type Editor, type LogEntry } from './tenant-log';
import { createTokens } from './tokens';

export interface SandboxOptions extends Pick<TenantOptions, 'maxTake' | 'kind'> {
  /** 0 or undefined: any free port. */
  readonly port?: number;
  readonly now?: () => number;
  /** Key and certificate for https. Default: http. */
  readonly tls?: { readonly key: string | Buffer; readonly cert: string | Buffer };
  /** The connections of the tenant (see seeds.ts). Default: none. */
  readonly seed?: Iterable<SeedConnection>;
  /** The granted scopes of the application. Default: the scopes that an audit needs. */
  readonly scopes?: readonly string[];
  /** Default `enterprise`. */
  readonly rateLimit?: RateLimit;
  readonly tokenLifetimeSeconds?: number;
  readonly omitScopeInTokenAnswer?: boolean;
  readonly jwtScopes?: readonly string[] | 'absent';
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** PEM: the application authenticates with the private key (private_key_jwt), and the secret is refused. */
  readonly publicKey?: string;
  /** The id of that key at Auth0. */
  readonly keyId?: string;
  /** As with a custom domain: the audience must then be `https://<canonicalDomain>/api/v2/`. */
  readonly canonicalDomain?: string;
  /** The delay of events in the log of the tenant. Default: 0. */
  readonly logDelaySeconds?: number;
}

export interface Sandbox extends Loopback {
  /** The value for the domain of the tenant: `http://127.0.0.1:PORT`, or `127.0.0.1:PORT` with https. */
  readonly domain: string;
  readonly origin: string;
  readonly credentials: { readonly client_id: string; readonly client_secret: string };
  readonly tenant: Tenant;
  readonly log: readonly LogEntry[];
  readonly faults: Faults;
  readonly requests: readonly ReceivedRequest[];
  rotateSecret(secret: string): void;
  /** Applies to tokens that are issued later. */
  grantScopes(scopes: readonly string[]): void;
  revokeTokens(): void;
  /** A PATCH of another person: validated, applied and written to the log of the tenant. Throws if the PATCH is refused. */
  editAs(editor: Editor, connectionId: string, patchBody: JsonObject): void;
}

/** Starts an emulated Auth0 tenant on loopback. */
export async function start(options: SandboxOptions = {}): Promise<Sandbox> {
  const now = options.now ?? Date.now;
  const clientId = options.clientId ?? 'made-up-client-id';
  const faults = createFaults();
  const requests: ReceivedRequest[] = [];
  const tenant = createTenant({ ...options, now });
  const log = createTenantLog(now, (options.logDelaySeconds ?? 0) * 1000);
  const limiter = createRateLimiter(options.rateLimit ?? 'enterprise');

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    exchange(request, response).catch(() => response.destroy());
  };
  const server = options.tls === undefined ? createServer(listener) : createTlsServer(options.tls, listener);
  // Longer than any pause of a client that waits for the rate limit, so that every reset is a scripted reset.
  server.keepAliveTimeout = 65_000;
  const { port, down, up, stop } = await listenOnLoopback(server, options.port);
  const host = `127.0.0.1:${port}`;
  const origin = options.tls === undefined ? `http://${host}` : `https://${host}`;

  const { publicKey, keyId = 'made-up-key-id' } = options;
  const tokens = createTokens({
    clientId,
    ...(publicKey === undefined
      ? {}
      : {
          checkAssertion: createAssertions({
            clientId,
            publicKey,
            keyId,
            audiences: [`https://${host}/`, `${origin}/`],
            now,
          }),
        }),
    clientSecret: options.clientSecret ?? 'made-up-client-secret',
    scopes: options.scopes ?? AUDIT_SCOPES,
    // A real audience is always https://<tenant>/api/v2/. On loopback with http, the origin itself is accepted too.
    foreignAudience: options.canonicalDomain === undefined ? undefined : `${origin}/api/v2/`,
    audiences:
      options.canonicalDomain === undefined
        ? [`https://${host}/api/v2/`, `${origin}/api/v2/`]
        : [`https://${options.canonicalDomain}/api/v2/`],
    issuer: `${origin}/`,
    lifetimeSeconds: options.tokenLifetimeSeconds ?? 86400,
    omitScopeInAnswer: options.omitScopeInTokenAnswer ?? false,
    ...(options.jwtScopes === undefined ? {} : { jwtScopes: options.jwtScopes }),
    now,
  });

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await readBody(request)).toString('utf8');
    const url = new URL(request.url ?? '/', origin);
    const method = request.method ?? 'GET';
    const struck = faults.strike(method, url.pathname);
    const received: ReceivedRequest = {
      method,
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
      at: now(),
      status: undefined,
      faults: struck.map((fault) => fault.name),
    };
    requests.push(received);
    const requestNumber = requests.length;

    for (const fault of struck) if (fault.name === 'before') await fault.run();
    const instead = struck.find((fault) => actBefore(fault) === 'instead');
    if (instead !== undefined) {
      const answer: Answer = { status: 200, body: undefined };
      received.status = goWrong(instead, { response, query: url.searchParams, requestNumber, answer });
      return;
    }
    const answer = handle(received);
    for (const fault of struck) if (fault.name === 'after_apply') await fault.run();
    const later = struck.find((fault) => actBefore(fault) === 'later' && fault.name !== 'after_apply');
    if (later !== undefined) {
      received.status = goWrong(later, { response, query: url.searchParams, requestNumber, answer });
      return;
    }
    received.status = answer.status;
    respond(response, answer);
  }

  function handle(request: ReceivedRequest): Answer {
    if (request.method === 'POST' && request.path === '/oauth/token') {
      return tokens.issue(request.headers['content-type'] ?? '', request.body);
    }
    if (!request.path.startsWith('/api/v2/')) return failure(404, 'Not Found', 'Not Found');
    const drawn = limiter.draw(request.method === 'GET' && request.path.startsWith('/api/v2/connections'), now());
    // ISS auth0-reset-tenant#31, deploy-cli#386. Retry-After is not documented for this API, so it is not sent.
    const answer = drawn.allowed
      ? answerManagement({ tenant, log, tokens, clientId }, request)
      : failure(429, 'Too Many Requests', 'Global limit has been reached', 'too_many_requests');
    return { ...answer, headers: { ...drawn.headers, ...answer.headers } };
  }

  return {
    domain: options.tls === undefined ? origin : host,
    origin,
    port,
    get credentials() {
      return { client_id: clientId, client_secret: tokens.secret() };
    },
    tenant,
    log: log.entries,
    faults,
    requests,
    rotateSecret: (secret) => tokens.rotateSecret(secret),
    grantScopes: (scopes) => tokens.setScopes(scopes),
    revokeTokens: () => tokens.revokeAll(),
    editAs(editor, connectionId, patchBody) {
      const answer = tenant.patch(connectionId, patchBody);
      if (answer.status !== 200) throw new Error(`edit of ${connectionId} refused: ${JSON.stringify(answer.body)}`);
      log.recordWrite(editor, {
        method: 'PATCH',
        path: `/api/v2/connections/${connectionId}`,
        query: {},
        body: patchBody,
        status: 200,
        answer: answer.body,
        scopes: ALL_SCOPES,
        userAgent: editor.kind === 'dashboard' ? 'Mozilla/5.0 (made-up browser)' : 'made-up-client/1.0',
      });
    },
    down,
    up,
    stop,
  };
}
