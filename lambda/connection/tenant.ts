import type { Author } from './author';
import type { Connection } from './connection';
import type { Sealed } from './sealed';

/** One request to the tenant is given up after so many milliseconds, each attempt. */
export const REQUEST_MS = 20_000;

/** What a token may do. `undefined` when neither the token answer nor the token itself says. */
export interface Access {
  readonly scopes: ReadonlySet<string> | undefined;
}

/** One connection read right before a write: what it is judged by, and itself, sealed. */
export interface FreshConnection {
  readonly connection: Connection;
  readonly sealed: Sealed;
}

/** The API's own no to a write, in its envelope. */
export interface Refusal {
  readonly message: string;
  /** Auth0's words alone, masked, up to 300 characters. */
  readonly words: string;
  /** `connection`: a 400 about what was sent. `tenant`: a scope or the plan, so that no write will be taken. */
  readonly concerns: 'connection' | 'tenant' | 'unknown';
}

/**
 * What came of a PATCH. `refused`: the API said no. `turned_away`, for the rate limit or an expired token: it was not
 * applied, and may be asked again from the read on. `unknown`: no answer that can be trusted, a proxy's page among them,
 * so it may have been applied or not.
 */
export type WriteAnswer =
  | { readonly kind: 'answered'; readonly sealed: Sealed }
  | ({ readonly kind: 'refused' } & Refusal)
  | {
      readonly kind: 'turned_away';
      readonly message: string;
      /** The answer has the shape of the API's own errors, so nothing was written; else a proxy may have sent it. */
      readonly isOwn: boolean;
    }
  | { readonly kind: 'unknown'; readonly message: string };

/** What to do about a connection as it is now: the body to send, or `undefined` to leave it alone. */
export interface Decision {
  readonly body: Sealed | undefined;
}

/** Decides at once, without waiting for anything. `undefined`: the connection is gone. */
export type Decide<D extends Decision> = (fresh: FreshConnection | undefined) => D;

export interface Rewrite<D extends Decision> {
  readonly decided: D;
  /** `undefined` when nothing was sent. */
  readonly answer: WriteAnswer | undefined;
  /** From the read's answer to the write's, in milliseconds. */
  readonly windowMs: number;
}

/** A successful write that the tenant's own log shows. */
export interface LoggedWrite extends Author {
  readonly connectionId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** What `X-Correlation-ID` said, if anything. */
  readonly correlationId: string | undefined;
}

/** The Management API, as little of it as the core asks for. Every method throws `TenantFailure` and nothing else. */
export interface Tenant {
  /** Asks for a token and says what it may do, before the first page is read. */
  access(): Promise<Access>;
  /** Every connection, page by page, in the tenant's order, each id once; throws rather than end early. */
  listConnections(): AsyncIterable<Connection>;
  /** One connection as it is now; `undefined` when it is gone. */
  readConnection(id: string): Promise<FreshConnection | undefined>;
  /**
   * Reads a connection and, with no pause between, sends what `decide` makes of it as a PATCH, once; sends nothing where
   * that is undefined. Throws only when nothing was sent. `correlationId` goes into the tenant's log.
   */
  rewriteConnection<D extends Decision>(id: string, correlationId: string, decide: Decide<D>): Promise<Rewrite<D>>;
  /**
   * Who wrote to connections between two times (milliseconds), oldest first, as far as the tenant's log tells. Throws
   * where it would take more than so many requests.
   */
  listWrites(from: number, to: number, requests: number): AsyncIterable<LoggedWrite>;
}

/** Why the tenant could not be seen. Codes are public: the findings topic carries them. */
export type FailureReason =
  | 'setup_needed'
  | 'secret_unusable'
  | 'credentials_refused'
  /** The token endpoint knows no API under the audience that was asked for. */
  | 'audience_refused'
  | 'scope_missing'
  | 'request_refused'
  /** Nothing can answer there until somebody changes something: the name, the certificate or the proxy. */
  | 'unreachable'
  | 'no_answer'
  | 'bad_answer'
  | 'listing_never_ends'
  /** A connection of the last complete run is missing from the listing, and reading it by id does not say it is gone. */
  | 'listing_short'
  /** The listing is empty, and the last complete run listed some. */
  | 'listing_empty'
  | 'log_too_long'
  | 'out_of_time'
  /** A person ended the run. */
  | 'interrupted'
  | 'internal';

/**
 * A run could not see what it had to see. The message is made by us for people and holds no token, secret or option;
 * nothing that a library threw is ever its cause.
 */
export class TenantFailure extends Error {
  readonly reason: FailureReason;

  constructor(reason: FailureReason, message: string) {
    super(message);
    this.name = 'TenantFailure';
    this.reason = reason;
  }
}
