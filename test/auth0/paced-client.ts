import { setImmediate as letInputThrough } from 'node:timers/promises';
import { inspect } from 'node:util';
import { createTenant } from '../../lambda/auth0/tenant';
import { createTokenHolder, type TokenHolder } from '../../lambda/auth0/token';
import { createTransport, type Transport, type TransportOptions } from '../../lambda/auth0/transport';
import type { Connection } from '../../lambda/connection/connection';
import type { Tenant } from '../../lambda/connection/tenant';
import type { Credentials } from '../../lambda/credentials/credentials';
import type { ReceivedRequest } from '../../sandbox/auth0/management-api';
import { type Sandbox, type SandboxOptions, start } from '../../sandbox/auth0/server';

/** A clock that moves only by sleeping and by `advance`, for the client and the sandbox. */
export interface Clock {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds of each sleep, in order. */
  readonly slept: readonly number[];
  advance(milliseconds: number): void;
}

function createClock(at = Date.UTC(2026, 0, 5, 4, 30)): Clock {
  const slept: number[] = [];
  let time = at;
  return {
    now: () => time,
    async sleep(milliseconds) {
      slept.push(milliseconds);
      time += milliseconds;
      await letInputThrough();
    },
    slept,
    advance(milliseconds) {
      time += milliseconds;
    },
  };
}

export interface ClientOptions {
  readonly sandbox?: SandboxOptions;
  readonly transport?: Partial<TransportOptions>;
  readonly audience?: string;
  /** Milliseconds by which the tenant's clock is ahead of the client's clock. */
  readonly tenantClockAhead?: number;
  /** Default: the credentials that the sandbox accepts at that time. */
  readonly readCredentials?: () => Promise<Credentials>;
}

/** The real client on a separate sandbox, over HTTP. */
export interface PacedClient {
  readonly sandbox: Sandbox;
  readonly clock: Clock;
  readonly tokens: TokenHolder;
  readonly transport: Transport;
  readonly tenant: Tenant;
  /** Another run in the same instance: the same token holder, a new transport. */
  newRun(transport?: Partial<TransportOptions>): { readonly tenant: Tenant; readonly transport: Transport };
  readonly tokenRequests: () => readonly ReceivedRequest[];
  readonly pageRequests: () => readonly ReceivedRequest[];
}

const started: Sandbox[] = [];

export async function openClient(options: ClientOptions = {}): Promise<PacedClient> {
  const clock = createClock();
  const ahead = options.tenantClockAhead ?? 0;
  const sandbox = await start({ port: 0, now: () => clock.now() + ahead, ...options.sandbox });
  started.push(sandbox);
  const tokens = createTokenHolder({
    origin: sandbox.origin,
    audience: options.audience ?? `${sandbox.origin}/api/v2/`,
    readCredentials: options.readCredentials ?? (async () => credentialsOf(sandbox)),
    now: clock.now,
  });
  const newRun: PacedClient['newRun'] = (overrides = {}) => {
    const transport = createTransport({
      origin: sandbox.origin,
      deadline: Number.POSITIVE_INFINITY,
      writes: 'refused',
      reservePercent: 20,
      timeoutMs: 5_000,
      now: clock.now,
      sleep: clock.sleep,
      ...options.transport,
      ...overrides,
    });
    return { transport, tenant: createTenant(transport, tokens, clock.now) };
  };
  return {
    sandbox,
    clock,
    tokens,
    ...newRun(),
    newRun,
    tokenRequests: () => sandbox.requests.filter(({ path }) => path === '/oauth/token'),
    pageRequests: () => sandbox.requests.filter(({ path }) => path === '/api/v2/connections'),
  };
}

export async function closeClients(): Promise<void> {
  await Promise.all(started.splice(0).map((sandbox) => sandbox.stop()));
}

function credentialsOf(sandbox: Sandbox): Credentials {
  const { client_id: clientId, client_secret: clientSecret } = sandbox.credentials;
  return { clientId, clientSecret };
}

export async function listAll(tenant: Tenant): Promise<Connection[]> {
  const connections: Connection[] = [];
  for await (const connection of tenant.listConnections()) connections.push(connection);
  return connections;
}

/** The error with which a promise is rejected. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof Error) return outcome;
  throw new Error(`expected a rejection with an Error, got ${inspect(outcome)}`);
}

/** Everything that any logger could print of an error. */
export function everythingIn(error: unknown): string {
  const texts = [inspect(error, { depth: Infinity, showHidden: true, getters: true, maxStringLength: null })];
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    texts.push(JSON.stringify(at), JSON.stringify(at, Object.getOwnPropertyNames(at)), at.stack ?? '', String(at));
  }
  return texts.join('\n');
}
