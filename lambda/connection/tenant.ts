import type { Author } from './author';
import type { Connection } from './connection';
import type { Sealed } from './sealed';

/** The time limit for each attempt of a request to the tenant, in milliseconds. */
export const REQUEST_MS = 20_000;

/** The scopes of a token. `undefined` if neither the token answer nor the token itself contains them. */
export interface Access {
  readonly scopes: ReadonlySet<string> | undefined;
}

/** One connection, read immediately before a write: the facts to judge, and the whole connection, sealed. */
export interface FreshConnection {
  readonly connection: Connection;
  readonly sealed: Sealed;
}

/** A refusal of a write by the API itself, in its envelope. */
export interface Refusal {
  readonly message: string;
  /** Auth0's message alone, masked, up to 300 characters. */
  readonly words: string;
  /** `connection`: a 400 about the sent values. `tenant`: a scope or the plan, so that Auth0 will accept no write. */
  readonly concerns: 'connection' | 'tenant' | 'unknown';
}

/**
 * The result of a PATCH. `refused`: the API refused it. `turned_away`: the PATCH was not applied, because of the rate
 * limit or an expired token; it can be repeated, starting with the read. `unknown`: no trustworthy answer (for example
 * a proxy's page), so the PATCH might have been applied or not.
 */
export type WriteAnswer =
  | { readonly kind: 'answered'; readonly sealed: Sealed }
  | ({ readonly kind: 'refused' } & Refusal)
  | {
      readonly kind: 'turned_away';
      readonly message: string;
      /**
       * The answer has the shape of an API error, so nothing was written; otherwise a proxy might have sent the answer.
       */
      readonly isOwn: boolean;
    }
  | { readonly kind: 'unknown'; readonly message: string };

/** What to do about a connection as it is now: the body to send, or `undefined` to leave it alone. */
export interface Decision {
  readonly body: Sealed | undefined;
}

/** Decides synchronously, without waiting. `undefined`: the connection is deleted. */
export type Decide<D extends Decision> = (fresh: FreshConnection | undefined) => D;

export interface Rewrite<D extends Decision> {
  readonly decided: D;
  /** `undefined` if nothing was sent. */
  readonly answer: WriteAnswer | undefined;
  /** The time from the answer of the read to the answer of the write, in milliseconds. */
  readonly windowMs: number;
}

/** A successful write that the tenant's own log shows. */
export interface LoggedWrite extends Author {
  readonly connectionId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The value of `X-Correlation-ID`, if any. */
  readonly correlationId: string | undefined;
}

/** The part of the Management API that the core needs. Every method throws `TenantFailure` and nothing else. */
export interface Tenant {
  /** Requests a token and returns its scopes, before the first page is read. */
  access(): Promise<Access>;
  /** Every connection, page by page, in the tenant's order, each id one time. Throws instead of ending early. */
  listConnections(): AsyncIterable<Connection>;
  /** One connection as it is now; `undefined` if the connection is deleted. */
  readConnection(id: string): Promise<FreshConnection | undefined>;
  /**
   * Reads a connection and, without a pause, sends the body that `decide` returns as one PATCH. Sends nothing if the
   * body is undefined. Throws only if nothing was sent. The tenant's log contains `correlationId`.
   */
  rewriteConnection<D extends Decision>(id: string, correlationId: string, decide: Decide<D>): Promise<Rewrite<D>>;
  /**
   * The writes to connections between two times (milliseconds), oldest first, from the tenant's log. Throws if more
   * than `requests` requests are necessary.
   */
  listWrites(from: number, to: number, requests: number): AsyncIterable<LoggedWrite>;
}

/** Why the tenant could not be read. Codes are public: the findings messages contain them. */
export type FailureReason =
  | 'setup_needed'
  | 'secret_unusable'
  | 'credentials_refused'
  /** The token endpoint does not know an API with the requested audience. */
  | 'audience_refused'
  | 'scope_missing'
  | 'request_refused'
  /** No answer is possible until the name, the certificate or the proxy is fixed. */
  | 'unreachable'
  | 'no_answer'
  | 'bad_answer'
  | 'listing_never_ends'
  /**
   * A connection of the last complete run is missing from the listing, and a read by id does not report it as deleted.
   */
  | 'listing_short'
  /** The listing is empty, and the last complete run listed connections. */
  | 'listing_empty'
  | 'log_too_long'
  | 'out_of_time'
  /** The operator ended the run. */
  | 'interrupted'
  | 'internal';

/**
 * A run could not read what it needed. The message is written by the auditor for operators, and contains no token,
 * secret or option. An error that a library threw is never its cause.
 */
export class TenantFailure extends Error {
  readonly reason: FailureReason;

  constructor(reason: FailureReason, message: string) {
    super(message);
    this.name = 'TenantFailure';
    this.reason = reason;
  }
}
