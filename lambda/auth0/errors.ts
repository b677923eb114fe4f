import { type Refusal, TenantFailure } from '../connection/tenant';
import type { Silence, TokenRefusal } from './advice';

/** The token endpoint refused the client: wrong or rotated credentials, no grant for the Management API, or its audience. */
export class CredentialsRefusedError extends TenantFailure {
  constructor(message: string, reason: TokenRefusal['reason'] = 'credentials_refused') {
    super(reason, message);
    this.name = 'CredentialsRefusedError';
  }
}

/** Used instead of a status if this auditor's transport refuses to send. */
export const NOT_SENT = 0;

/**
 * Auth0 answered with a refusal (4xx other than 408 and 429, or a redirect). Not a broken exchange: repeating does not
 * help.
 */
export class RequestRefusedError extends TenantFailure {
  readonly status: number;
  readonly errorCode: string | undefined;
  /** The message of the Management API, masked; `undefined` if the answer is not in its envelope. */
  readonly words: string | undefined;
  readonly concerns: Refusal['concerns'];

  constructor(
    message: string,
    { status, errorCode, words, concerns }: Pick<RequestRefusedError, 'status' | 'errorCode' | 'words' | 'concerns'>,
  ) {
    super('request_refused', message);
    this.name = 'RequestRefusedError';
    this.status = status;
    this.errorCode = errorCode;
    this.words = words;
    this.concerns = concerns;
  }
}

/**
 * No usable answer within the retries of a run: network, time, 408, 429 or 5xx. The request might have taken effect.
 */
export class NoAnswerError extends TenantFailure {
  /** `undefined` when nothing came back at all. */
  readonly status: number | undefined;
  /** The answer has the shape of a Management API error; otherwise a proxy or gateway might have sent the answer. */
  readonly isOwn: boolean;

  constructor(
    message: string,
    {
      status,
      isOwn = false,
      reason = 'no_answer',
    }: { readonly status: number | undefined; readonly isOwn?: boolean; readonly reason?: Silence['reason'] },
  ) {
    super(reason, message);
    this.name = 'NoAnswerError';
    this.status = status;
    this.isOwn = isOwn;
  }
}

/** A 2xx status with a body that the API does not document: half a JSON, a page of HTML, a missing field. */
export class BadAnswerError extends TenantFailure {
  constructor(message: string) {
    super('bad_answer', message);
    this.name = 'BadAnswerError';
  }
}

/** The run reached its time limit before the exchange could be made. */
export class OutOfTimeError extends TenantFailure {
  constructor(doing: string) {
    super('out_of_time', `${doing}: the run reached its time limit before this request could be sent.`);
    this.name = 'OutOfTimeError';
  }
}

/** The listing repeats a page or goes on without a new connection. */
export class ListingNeverEndsError extends TenantFailure {
  constructor(message: string) {
    super('listing_never_ends', message);
    this.name = 'ListingNeverEndsError';
  }
}

/** The tenant's log contains more writes than a look-up is allowed to read. */
export class LogTooLongError extends TenantFailure {
  constructor() {
    super(
      'log_too_long',
      "Reading the tenant's log: the log contains more writes than this look-up is allowed to read.",
    );
    this.name = 'LogTooLongError';
  }
}
